# SPDX-License-Identifier: Apache-2.0
"""A table of tamperings of exports, folders and receipts, each with its first bad event."""

import base64

import sspf_notes
from oracle_case import LOG, NOON, OTHER, SECOND, WITNESSES, Case, plain
from oracle_writer import (ORIGIN, Signer, checkpoint_text, event, export, field, leaf_hashes, mth,
                           note, receipt, signature_line, tiles)


class Tampering(Case):
    """One change each; the first bad event is where the document says."""

    def setUp(self):
        super().setUp()
        self.events = plain(300)
        self.signed = note([LOG], self.events)
        self.whole = export(self.signed, self.events)

    def changed(self, events, signed=None):
        """An export of other events under the same checkpoint."""
        return export(signed or self.signed, events)

    def test_events(self):
        e = self.events
        edited = event(100, NOON + 100 * SECOND, rpc="x")
        table = [
            ("edited, parses", 0, e[:100] + [edited] + e[101:], ()),
            ("edited, narrowed", 80, e[:100] + [edited] + e[101:], (80, 200)),
            ("edited, kept after", 0, e[:100] + [edited] + e[101:], (200,)),
            ("edited, malformed", 100, e[:100] + [e[100] + b"\xff"] + e[101:], ()),
            ("deleted", 100, e[:100] + e[101:], ()),
            ("last deleted", 299, e[:-1], ()),
            ("all deleted", 0, [], ()),
            ("inserted", 101, e[:100] + [e[100]] + e[100:], ()),
            ("one more", 300, e + [event(300, NOON + 300 * SECOND)], ()),
            ("swapped", 7, e[:7] + [e[8], e[7]] + e[9:], ()),
            ("time goes back", 9, e[:9] + [event(9, NOON)] + e[10:], ()),
            ("no sequence", 9, e[:9] + [field(2, NOON + 9 * SECOND)] + e[10:], ()),
            ("empty", 5, e[:5] + [b""] + e[6:], ()),
            ("too long", 5, e[:5] + [e[5] + field(50, bytes(65536))] + e[6:], ()),
        ]
        for name, place, events, sizes in table:
            with self.subTest(name):
                kept = [note([LOG], e[:n]) for n in sizes]
                self.bad(place, self.changed(events), kept=kept)

    def test_bytes(self):
        for cut in (1, 3, len(self.events[-1]), len(self.events[-1]) + 1):
            self.bad(299, self.whole[:-cut])
        for more in (b"\0", bytes(4), b"\0\0\0\1", b"\0\0\0\1a"):
            self.bad(300, self.whole + more)
        head = 21 + 4 + len(self.signed)
        self.bad(0, self.whole[:head])
        for cut in (0, 5, 20, 21, 24, 25, head - 1):
            self.unknown(self.whole[:cut])
        self.unknown(b"X" + self.whole[1:])
        self.unknown(self.whole[:21] + bytes(4) + self.whole[25:])

    def test_wire(self):
        start = field(1, 0) + field(2, NOON)
        fine = [field(99, 5), b"\x99\6" + bytes(8), b"\x9d\6" + bytes(4), b"\x9b\6\x08\1\x9c\6",
                field(1, 7) + field(1, 0), field(1, b"x"), field(8, "å"), field(24, b"\x0a\1a"),
                b"\x08" + b"\x80" * 9 + b"\0"]
        wrong = [b"\0\0", b"\x08", b"\x08\x80", b"\x0f", b"\x0e\0", b"\x9c\6", b"\x9b\6\x08\1",
                 b"\x9b\6\x94\6", b"\x99\6" + bytes(7), b"\x9d\6" + bytes(3), field(8, b"\xff"),
                 field(13, b"\x08"), field(24, b"\x12\1"), field(24, field(2, b"\xff")),
                 b"\x42\5abcd", b"\x08" + b"\x80" * 10 + b"\0", field(1, 1),
                 b"\xff\xff\xff\xff\x7f\0"]
        for tail in fine:
            events = [start + tail]
            self.good(export(note([LOG], events), events))
        for tail in wrong:
            events = [start + tail]
            self.bad(0, export(note([LOG], events), events))
        negative = [field(2, -5), field(1, 1) + field(2, -4)]
        self.good(export(note([LOG], negative), negative))
        risen = [field(2, -5), field(1, 1) + field(2, 3)]
        self.good(export(note([LOG], risen), risen))
        self.bad(1, export(note([LOG], risen), [risen[1][2:], field(1, 1) + field(2, -5)]))

    def test_checkpoint(self):
        e = self.events
        self.bad(300, self.changed(e, note([LOG], e, size=301)))
        self.bad(299, self.changed(e, note([LOG], e, size=299)))
        self.bad(0, self.changed(e, note([LOG], e, root=bytes(32))))
        self.bad(200, self.changed(e, note([LOG], e, root=bytes(32))),
                 kept=[note([LOG], e[:n]) for n in (200, 100)])
        self.bad("-", self.changed(e, note([LOG], e, root=bytes(32))), kept=[self.signed])
        self.bad("-", self.changed([], note([LOG], [], root=bytes(32))))
        text = checkpoint_text(e)
        twisted = LOG.id + bytes(64)
        line = signature_line(ORIGIN, twisted)
        self.bad("-", self.changed(e, text + b"\n" + line))
        self.bad("-", self.changed(e, self.signed + line))
        self.bad("-", self.changed(e, text + b"\n" + signature_line(ORIGIN, LOG.id + b"x")))
        self.good(self.changed(e, self.signed + signature_line("other", twisted)))
        self.good(self.changed(e, self.signed + signature_line(ORIGIN, b"abcdefgh")))
        flipped = bytearray(base64.b64decode(LOG.line(text).split()[-1]))
        flipped[20] ^= 1
        self.bad("-", self.changed(e, text + b"\n" + signature_line(ORIGIN, bytes(flipped))))

    def test_notes(self):
        e, text = self.events, checkpoint_text(self.events)
        line = LOG.line(text)
        for wrong in (text, text + line, text + b"\n" + line[:-1], text + b"\n" + line + b"\n",
                      text + b"\n" + line * 17, text + b"\n" + line + b"x\n",
                      text + b"\n" + line.replace(b" ", b"  "), text + b"\n" + line + b"\t\n",
                      self.signed + signature_line("a\u00a0b", b"abcdef"),
                      self.signed + signature_line("a+b", b"abcdef"),
                      self.signed + signature_line("a", b"abcd"), self.signed + b"\xff\n",
                      self.signed + b"\xe2\x80\x94 a YWJjZGU\n",
                      self.signed + b"\xe2\x80\x94 a YWJjZGV=\n"):
            self.unknown(self.changed(e, wrong))
        self.good(self.changed(e, text + b"\n" + line * 16))
        root = base64.b64encode(mth(leaf_hashes(e)))
        start = ORIGIN.encode() + b"\n"
        for wrong in (start + b"0300\n" + root + b"\n", start + b"+300\n" + root + b"\n",
                      start + b"300\n" + root + b"\nmore\n", start + b"300\n", b"\n" + text,
                      start + b"300\n" + root[:-1] + b"\n", start + b"300\n" + root[:-4] + b"\n",
                      start + b"%d\n" % 2**64 + root + b"\n",
                      start + b"300\n" + root[:-2] + b"B=\n", b"other\n300\n" + root + b"\n"):
            self.unknown(self.changed(e, wrong + b"\n" + LOG.line(wrong)))

    def test_keys(self):
        self.unknown(self.whole, "--key", OTHER.vkey)
        self.good(self.whole, "--key", OTHER.vkey, "--key", LOG.vkey)
        self.good(self.whole, "--key", LOG.vkey, "--key", OTHER.vkey)
        other = Signer("other.example/1", 1)
        text = checkpoint_text(self.events)
        self.unknown(self.changed(self.events, text + b"\n" + other.line(text)),
                     "--key", other.vkey)
        name, key_id, data = LOG.vkey.split("+", 2)
        for wrong in (f"{name}+{key_id.upper()}+{data}", f"{name}+00000000+{data}", name,
                      f"{name}+{key_id}+{data}=", WITNESSES[0].vkey, f"{name} +{key_id}+{data}"):
            with self.assertRaises(sspf_notes.Malformed):
                self.answer(self.whole, "--key", wrong)

    def test_earlier(self):
        e = self.events
        self.bad(300, self.whole, kept=[note([LOG], plain(301))])
        self.bad(0, self.whole, kept=[note([LOG], e[:50], root=bytes(32))])
        self.bad(40, self.whole, kept=[note([LOG], e[:n], root=r) for n, r in (
            (50, bytes(32)), (40, None), (60, None))])
        self.bad(50, self.whole, kept=[note([LOG], e, root=bytes(32)), note([LOG], e[:50])])
        self.unknown(self.whole, kept=[note([OTHER], e[:50])])
        self.unknown(self.whole, kept=[b"nothing"])
        text = checkpoint_text(e[:50])
        line = signature_line(ORIGIN, LOG.id + bytes(64))
        self.unknown(self.whole, kept=[text + b"\n" + line])
        self.unknown(self.whole, kept=[note([LOG], e[:50], origin="other")])


class Folders(Case):
    """Changes of a folder of 513 events."""

    def setUp(self):
        super().setUp()
        self.events = plain(513)
        self.signed = note([LOG], self.events)
        self.files = tiles(self.signed, self.events)

    def test_tiles_of_hashes(self):
        names = {"tile/0/000": 0, "tile/0/001": 256, "tile/0/002.p/1": 512, "tile/1/000.p/2": 0}
        self.assertEqual({n for n in self.files if n.startswith("tile/") and "ent" not in n},
                         set(names))
        for name, place in names.items():
            data = self.files[name]
            for wrong in (bytes([data[0] ^ 1]) + data[1:], data[:-1], data + b"\0", b""):
                self.bad(place, self.files | {name: wrong})
            self.bad(place, {n: d for n, d in self.files.items() if n != name})
        two = {"tile/0/002.p/1": b"", "tile/0/001": b"", "tile/1/000.p/3": b"", "x": b""}
        self.bad(256, self.files | two)

    def test_entries(self):
        name, last = "tile/entries/001", "tile/entries/002.p/1"
        data = self.files[name]
        length = len(data) // 256
        self.bad(256, self.files | {name: b""})
        self.bad(257, self.files | {name: data[:length + 1]})
        self.bad(511, self.files | {name: data[:-1]})
        self.bad(512, self.files | {name: data + b"\0"})
        self.bad(513, self.files | {last: self.files[last] + b"\0"})
        self.bad(258, self.files | {name: data[:2 * length] + b"\0\0" + data[2 * length:]})
        self.bad(256, {n: d for n, d in self.files.items() if n != name})
        self.bad(512, {n: d for n, d in self.files.items() if n != last})
        edited = self.events[:300] + [event(300, NOON + 300 * SECOND, rpc="x")] + self.events[301:]
        self.bad(0, tiles(self.signed, edited))
        self.bad(256, tiles(self.signed, edited, [(256, note([LOG], self.events[:256]))]))

    def test_beside(self):
        for name in ("extra", "tile/extra", "tile/0/003", "tile/0/002.p/2", "tile/0/002",
                     "tile/2/000.p/1", "tile/entries/003.p/1", "tile/0/x000/000", "tile/00/000",
                     "tile/0/001.p/200", "checkpoints/x", "checkpoints/01", "checkpoint.tmp",
                     "tile/1/000.p/1", "checkpoints/1/2", "tile/0/000.p/256"):
            if name.startswith("tile/0/002.p/") or name.startswith("tile/1/000.p/"):
                self.assertIn(name.rpartition("/")[0], {n.rpartition("/")[0] for n in self.files})
            self.bad("-", self.files | {name: b"x"})

    def test_checkpoints(self):
        early = note([LOG], self.events[:300])
        self.good(self.files | {"checkpoints/300": early})
        self.bad("-", self.files | {"checkpoints/301": early})
        self.unknown(self.files | {"checkpoints/300": b"x"})
        self.bad(0, self.files | {"checkpoints/9": note([LOG], self.events[:9], root=bytes(32))})
        self.bad(513, self.files | {"checkpoints/514": note([LOG], plain(514))})
        self.unknown({n: d for n, d in self.files.items() if n != "checkpoint"})


class Receipts(Case):
    """Changes of a receipt."""

    def test_receipts(self):
        events = plain(13)
        signed = note([LOG], events)
        text = receipt(signed, events, 5)
        lines = text.split(b"\n")
        join = b"\n".join
        self.good(text)
        self.bad(5, join(lines[:3] + lines[4:]))
        self.bad(5, join(lines[:3] + [lines[4], lines[3]] + lines[5:]))
        self.bad(6, text.replace(b"index 5", b"index 6"))
        self.bad(13, text.replace(b"index 5", b"index 13"))
        for name, change in (("other event", events[6]), ("malformed", events[5] + b"\xff"),
                             ("unknown field", events[5] + field(99, 1))):
            with self.subTest(name):
                line = b"extra " + base64.b64encode(change)
                self.bad(5, join(lines[:1] + [line] + lines[2:]))
        self.bad(5, text.replace(signed, note([LOG], events, root=bytes(32))))
        twisted = checkpoint_text(events) + b"\n" + signature_line(ORIGIN, LOG.id + bytes(64))
        self.bad("-", text.replace(signed, twisted))
        for wrong in (join(lines[:1] + lines[2:]), text.replace(b"index 5", b"index 05"),
                      text.replace(b"@v1", b"@v2"), join(lines[:3] + [b"YQ=="] + lines[3:]),
                      text[:text.index(b"\n\n")], text.replace(b"\n\n", b"\n"),
                      text.replace(lines[1], b"extra "), text.replace(lines[1], lines[1] + b"="),
                      join(lines[:3] + [lines[3]] * 64 + lines[3:]), text[:-1], text[:10]):
            self.unknown(wrong)
        self.unknown(text, "--key", OTHER.vkey)
        self.unknown(text, kept=[b"x"])
        self.good(text, kept=[note([LOG], plain(14))])
        short = note([LOG], events[:1], size=2)
        self.bad(0, receipt(short, events[:1], 0))
        moved = [events[1], events[0]]
        self.bad(1, receipt(note([LOG], moved), moved, 1))
