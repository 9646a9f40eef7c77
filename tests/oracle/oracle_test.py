# SPDX-License-Identifier: Apache-2.0
"""Tests of sspf_verify.py: published examples and vectors, and logs in which nothing is wrong.

Run as a program it runs those of oracle_tampering.py, oracle_rules.py and oracle_incident.py, too."""

import base64
import hashlib
import os
import subprocess
import sys
import unittest

import sspf_notes
import sspf_verify
from oracle_case import LOG, Case, plain
from oracle_incident import Incidents  # noqa: F401  pylint: disable=unused-import
from oracle_rules import Bases, NewEpochs, Policies  # noqa: F401  pylint: disable=unused-import
from oracle_tampering import (  # noqa: F401  pylint: disable=unused-import
    Folders, Receipts, Tampering)
from oracle_writer import (ORIGIN, checkpoint_text, export, leaf_hashes, mth, note, receipt,
                           signature_line, tiles)
from sspf_layouts import Tree, belongs, hash_leaf, tile_path

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.join(HERE, "..", "vectors")
DOCUMENT = os.path.join(HERE, "..", "..", "proto", "sspf", "v1", "checkpoint.md")


class Published(Case):
    """What others published."""

    def test_example_of_the_document(self):
        with open(DOCUMENT, "rb") as file:
            blocks = file.read().split(b"```\n")
        vkey = next(b for b in blocks if b.startswith(b"sspf.example/audit/1+")).strip()
        signed = next(b for b in blocks if b"\n\n\xe2\x80\x94 sspf" in b)
        _, checkpoint = sspf_notes.read_checkpoint(signed, sspf_notes.parse_key(vkey))
        tree = Tree()
        for letter in (b"a", b"b", b"c"):
            tree.add(hash_leaf(letter))
        self.assertEqual((checkpoint.size, checkpoint.root), (3, tree.root()))
        self.bad(0, export(signed, [b"a", b"b", b"c"]), "--key", vkey.decode())

    def test_rfc6962_vectors(self):
        leaves, roots, proofs = [], {}, 0
        with open(os.path.join(VECTORS, "merkle_rfc6962.txt"), encoding="utf-8") as file:
            rows = [line.split() for line in file if line.strip() and line[0] != "#"]
        for kind, *words in rows:
            if kind == "leaf":
                leaves.append(bytes.fromhex(words[0].replace("-", "")))
            elif kind == "root":
                tree = Tree()
                for leaf in leaves[:int(words[0])]:
                    tree.add(hash_leaf(leaf))
                roots[tree.size] = tree.root()
                self.assertEqual(tree.root().hex(), words[1])
                self.assertEqual(mth(leaf_hashes(leaves[:tree.size])).hex(), words[1])
            elif kind == "inclusion":
                index, size, hashes = int(words[0]), int(words[1]), words[2:]
                hashes, leaf = [bytes.fromhex(each) for each in hashes], hash_leaf(leaves[index])
                self.assertTrue(sspf_verify.proves(index, size, leaf, hashes, roots[size]))
                for other in (hashes[:-1], hashes + [leaf]):
                    if other != hashes:
                        self.assertFalse(
                            sspf_verify.proves(index, size, leaf, other, roots[size]))
                self.assertFalse(sspf_verify.proves(index + size, size, leaf, hashes, roots[size]))
                proofs += 1
        self.assertEqual((len(roots), proofs >= 4), (9, True))

    def test_cosignatures(self):
        with open(os.path.join(VECTORS, "checkpoint_c2sp_example.txt"), "rb") as file:
            data = file.read()
        text = data[data.index(b"example.com/behind"):].split(b"\n\n")[0] + b"\n"
        with open(os.path.join(VECTORS, "cosignatures_python.txt"), "rb") as file:
            rows = [line.split() for line in file if line.strip() and not line.startswith(b"#")]
        for vkey, _, _, name, line in rows:
            key = sspf_notes.parse_key(vkey, 4)
            signed = sspf_notes.parse_note(text + b"\n\xe2\x80\x94 " + name + b" " + line + b"\n")
            self.assertTrue(sspf_notes.judge_lines(signed, key, sspf_notes.verify_cosignature))
            self.assertFalse(sspf_notes.judge_lines(signed, key))

    def test_small_order(self):
        points = (1, 2**255 - 20, 0, 2**255 - 19, 2**255 - 18, 2**255 + 1, int.from_bytes(
            bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            "little"))
        for y in points:
            self.assertTrue(sspf_notes.has_small_order(y.to_bytes(32, "little")), y)
        for y in (3, 4, 9, *range(100, 140)):
            self.assertFalse(sspf_notes.has_small_order(y.to_bytes(32, "little")), y)
        material = b"\1" + (1).to_bytes(32, "little")
        key_id = hashlib.sha256(ORIGIN.encode() + b"\n" + material).digest()[:4]
        vkey = f"{ORIGIN}+{key_id.hex()}+{base64.b64encode(material).decode()}"
        forged = (1).to_bytes(32, "little") + bytes(32)
        signed = checkpoint_text([]) + b"\n" + signature_line(ORIGIN, key_id + forged)
        self.bad("-", export(signed, []), "--key", vkey)


class Layouts(Case):
    """Logs in which nothing is wrong."""

    def test_sizes(self):
        for size in (0, 1, 2, 3, 255, 256, 257, 513):
            events = plain(size)
            signed = note([LOG], events)
            kept = [note([LOG], events[:n]) for n in {0, 1, size // 2, size} if n <= size]
            folder = tiles(signed, events, [(size // 2, note([LOG], events[:size // 2]))])
            folder["policy"] = b"whatever"
            with self.subTest(size=size):
                self.good(export(signed, events), kept=kept)
                root = base64.b64encode(mth(leaf_hashes(events))).decode()
                self.assertEqual(self.line, f"ok {size} {root}")
                self.good(folder, kept=kept)
                for index in {0, size // 2, size - 1} if size else ():
                    self.good(receipt(signed, events, index), kept=kept)

    def test_tile_names(self):
        self.assertEqual(tile_path(2, 1234067, 256), "tile/2/x001/x234/067")
        self.assertEqual(tile_path("entries", 1000, 7), "tile/entries/x001/000.p/7")
        self.assertTrue(belongs("tile/0/x001/000.p/7", 256007))
        self.assertFalse(belongs("tile/0/x001/001", 256007))
        self.assertFalse(belongs("tile/0/x000/001", 256007))

    def test_third_level(self):
        leaves = tuple(n.to_bytes(32, "big") for n in range(65536 + 257))
        seen = {}
        tree = Tree(lambda level, index, row: seen.__setitem__((level, index), list(row)))
        for leaf in leaves:
            tree.add(leaf)
        tree.finish()
        self.assertEqual(seen[2, 0], [mth(leaves[:65536])])
        self.assertEqual(seen[1, 1], [mth(leaves[65536:65792])])
        self.assertEqual(seen[0, 257], [leaves[-1]])
        self.assertEqual(tree.root(), mth(leaves))

    def test_command(self):
        events = plain(3)
        where = self.write("log", export(note([LOG], events), events))
        for options, status, begin in ((["--key", LOG.vkey], 0, "ok 3 "), ([], 2, "cannot-tell "),
                                       (["--wrong"], 2, "cannot-tell "),
                                       (["--key", "x"], 2, "cannot-tell ")):
            done = subprocess.run([sys.executable, os.path.join(HERE, "sspf_verify.py"), where,
                                   *options], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, status)
            self.assertTrue(done.stdout.startswith(begin) and done.stdout.count("\n") == 1)


if __name__ == "__main__":
    unittest.main()
