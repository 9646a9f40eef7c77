# SPDX-License-Identifier: Apache-2.0
"""Verifies an exported audit log or a receipt, from proto/sspf/v1/checkpoint.md alone.

  sspf_verify.py PATH (--key VKEY | --policy FILE)... [--checkpoint FILE]...

PATH is an export file, a folder of tiles or a receipt. Exit 0 ok, 1 tampered, 2 cannot tell.
"""

import argparse
import base64
import os
import sys

from sspf_events import Judge, parse_event
from sspf_layouts import MAX_EVENT, Export, Folder, Tree, hash_inner, hash_leaf, read_small
from sspf_notes import (MAX_NOTE, CannotTell, Malformed, Tampered, decode_base64, has_quorum,
                        parse_key, parse_number, parse_policy, read_checkpoint)

EXPORT = b"sspf-audit-export/v1\n"
RECEIPT = b"c2sp.org/tlog-proof@v1\n"
MAX_HASHES = 63
MAX_POLICY = 1 << 20


def verify_log(log, key, policy, kept):
    """Steps 1 to 6 of "Offline verification"; checkpoint and epochs when all of it holds."""
    note, checkpoint = read_checkpoint(log.note, key)
    need_quorum(policy, note)
    roots = {}
    for data in kept:
        earlier = read_earlier(data, key)
        roots.setdefault(earlier.size, set()).add(earlier.root)
    for size, data in log.earlier:
        earlier = read_earlier(data, key)
        if earlier.size != size:
            raise Tampered(None, "a file of checkpoints/ is of another size than it says")
        roots.setdefault(earlier.size, set()).add(earlier.root)
    if roots and max(roots) > checkpoint.size:
        raise Tampered(checkpoint.size, "an earlier checkpoint has more events")
    tree, judge = Tree(log.take_tile), Judge()
    agreed = check_roots(tree, roots, 0)
    for event in log.events(checkpoint.size):
        if tree.size == checkpoint.size:
            raise Tampered(tree.size, "more events than the checkpoint says")
        try:
            judge.judge(event)
        except Malformed as error:
            raise Tampered(tree.size, str(error)) from error
        tree.add(hash_leaf(event))
        if tree.size in roots:
            agreed = check_roots(tree, roots, agreed)
    if tree.size < checkpoint.size:
        raise Tampered(tree.size, "fewer events than the checkpoint says")
    if tree.root() != checkpoint.root:
        raise Tampered(agreed if agreed < tree.size else None, "the root differs")
    log.finish(tree, checkpoint.size)
    return checkpoint, judge.epochs


def need_quorum(policy, note):
    """The file's own checkpoint needs the policy's quorum ("Offline verification")."""
    if policy and not has_quorum(policy, note):
        raise CannotTell("the quorum of the policy is missing")


def read_earlier(data, key):
    """Step 1 for an earlier checkpoint: whatever fails, there is nothing to compare with."""
    try:
        return read_checkpoint(data, key)[1]
    except Tampered as error:
        raise CannotTell(f"earlier checkpoint: {error}") from error


def check_roots(tree, roots, agreed):
    """Step 4 of "Offline verification"; the size up to which the log is known to agree."""
    if tree.size not in roots:
        return agreed
    if roots[tree.size] != {tree.root()}:
        raise Tampered(agreed if agreed < tree.size else None,
                       "the root at an earlier checkpoint differs")
    return tree.size


def parse_receipt(data):
    """Event, its number, hashes and note ("Receipts")."""
    head, _, note = data[len(RECEIPT):].partition(b"\n\n")
    lines = head.split(b"\n")
    if len(lines) < 2 or not lines[0].startswith(b"extra ") or not lines[1].startswith(b"index "):
        raise Malformed("receipt without extra and index")
    event, index = decode_base64(lines[0][6:]), parse_number(lines[1][6:])
    hashes = [decode_base64(line) for line in lines[2:]]
    if not 1 <= len(event) <= MAX_EVENT or len(hashes) > MAX_HASHES:
        raise Malformed("receipt with a bad event or too many hashes")
    if any(len(each) != 32 for each in hashes):
        raise Malformed("hash is not 32 bytes")
    return event, index, hashes, note


def proves(index, size, leaf, hashes, root):
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = hash_inner(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hash_inner(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def verify_receipt(data, key, policy, kept):
    """A receipt is judged by 1, by 3 without order and basis, and by its proof."""
    try:
        event, index, hashes, note = parse_receipt(data)
    except Malformed as error:
        raise CannotTell(str(error)) from error
    note, checkpoint = read_checkpoint(note, key)
    need_quorum(policy, note)
    for each in kept:
        read_earlier(each, key)
    try:
        if parse_event(event).get("sequence", 0) != index:
            raise Malformed("sequence number is not its place")
    except Malformed as error:
        raise Tampered(index, str(error)) from error
    if not proves(index, checkpoint.size, hash_leaf(event), hashes, checkpoint.root):
        raise Tampered(index, "the proof does not lead to the root")
    return checkpoint, ()


def verify(path, key, policy, kept):
    """One file or folder with one key; checkpoint and epochs, or Tampered, or CannotTell."""
    if os.path.isdir(path):
        return verify_log(Folder(path), key, policy, kept)
    with open(path, "rb", buffering=1 << 20) as file:
        head = file.read(len(EXPORT))
        if head == EXPORT:
            return verify_log(Export(file), key, policy, kept)
        if not RECEIPT.startswith(head) or not head:
            raise CannotTell("neither an export nor a receipt")
    data = read_small(path, 2 * MAX_EVENT + MAX_NOTE + 4096)
    if not data.startswith(RECEIPT):
        raise CannotTell("neither an export nor a receipt")
    return verify_receipt(data, key, policy, kept)


class Candidates(argparse.Action):
    """Collects keys, and each log of each policy, in their order."""

    def __call__(self, parser, space, value, option=None):
        keys = getattr(space, self.dest) or []
        if option == "--key":
            keys.append((parse_key(os.fsencode(value)), None))
        else:
            policy = parse_policy(read_small(value, MAX_POLICY))
            keys.extend((key, policy) for key in policy.logs)
        setattr(space, self.dest, keys)


def run(arguments, judge=verify):
    """Exit status and line of the answer; a key is tried until one tells."""
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False)
    parser.add_argument("path")
    for option in ("--key", "--policy"):
        parser.add_argument(option, action=Candidates, dest="keys")
    parser.add_argument("--checkpoint", action="append", default=[])
    space = parser.parse_args(arguments)
    kept = [read_small(name, MAX_NOTE) for name in space.checkpoint]
    why = "no key of a log"
    for key, policy in space.keys or ():
        try:
            found, epochs = judge(space.path, key, policy, kept)
            line = f"ok {found.size} {base64.b64encode(found.root).decode()}"
            return 0, line + "".join(
                f" new-epoch {place} last-known {last.size}" for place, last in epochs)
        except Tampered as error:
            place = "-" if error.event is None else error.event
            return 1, f"tampered {place} {error}"
        except (CannotTell, OSError) as error:
            why = str(error)
    return 2, f"cannot-tell {why}"


def main(arguments, judge=verify):
    """Prints one line; whatever is not expected is exit 2."""
    try:
        status, line = run(arguments, judge)
    except SystemExit:
        status, line = 2, "cannot-tell usage"
    except Exception as error:  # pylint: disable=broad-except
        status, line = 2, f"cannot-tell {type(error).__name__}: {error}"
    print(" ".join(line.split()).encode("ascii", "backslashreplace").decode())
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
