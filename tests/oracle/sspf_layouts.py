# SPDX-License-Identifier: Apache-2.0
"""The tree and the two layouts of an exported log, from proto/sspf/v1/checkpoint.md alone."""

import os
import re
from hashlib import sha256

from sspf_notes import MAX_NOTE, CannotTell, Malformed, Tampered, parse_number

MAX_EVENT = 65535
WIDTH = 256
ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
TILE = re.compile(r"tile/(entries|0|[1-9]\d?)/((?:x\d{3}/)*)(\d{3})(?:\.p/([1-9]\d{0,2}))?",
                  re.ASCII)


def hash_leaf(event):
    """A leaf of the table in "The tree"."""
    return sha256(b"\0" + event).digest()


def hash_inner(left, right):
    """An inner node of the table in "The tree"."""
    return sha256(b"\1" + left + right).digest()


class Tree:
    """The root over growing lists of leaves ("The tree"): one node for each bit of the size.

    With a take_tile, it is given (level, index, hashes) of each tile when that is full."""

    def __init__(self, take_tile=None):
        self.size = 0
        self.nodes = []
        self.take_tile = take_tile
        self.tiles = {}

    def add(self, leaf):
        """Appends one leaf and joins the nodes of equal size."""
        node, rest, height = leaf, self.size, 0
        self.size += 1
        if self.take_tile:
            self.fill(0, node)
        while rest & 1:
            node = hash_inner(self.nodes.pop(), node)
            rest >>= 1
            height += 1
            if self.take_tile and height % 8 == 0:
                self.fill(height // 8, node)
        self.nodes.append(node)

    def fill(self, level, node):
        """One more hash of a level ("The exported log as tiles")."""
        index, hashes = self.tiles.setdefault(level, (0, []))
        hashes.append(node)
        if len(hashes) == WIDTH:
            self.take_tile(level, index, hashes)
            self.tiles[level] = (index + 1, [])

    def finish(self):
        """Gives the last tile of each level that is not full."""
        for level, (index, hashes) in self.tiles.items():
            if hashes:
                self.take_tile(level, index, hashes)

    def root(self):
        """The root over what was added ("The tree")."""
        if not self.nodes:
            return sha256().digest()
        node = self.nodes[-1]
        for left in self.nodes[-2::-1]:
            node = hash_inner(left, node)
        return node


def read_small(path, limit):
    """A file that may have at most so many bytes."""
    with open(path, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise CannotTell("file too long")
    return data


class Export:
    """A file sspf-audit-export/v1 ("The exported log")."""
    take_tile = None
    earlier = ()

    def __init__(self, file):
        self.file = file
        size = int.from_bytes(self.exactly(4), "big")
        if not 1 <= size <= MAX_NOTE:
            raise CannotTell("length of the note")
        self.note = self.exactly(size)

    def exactly(self, count):
        """So many bytes of the file's head, without which there is no export."""
        data = self.file.read(count)
        if len(data) != count:
            raise CannotTell("the head of the file breaks off")
        return data

    def events(self, _size):
        """The events in order, until the end of the file."""
        read, place = self.file.read, 0
        while head := read(4):
            length = int.from_bytes(head, "big")
            event = read(length) if len(head) == 4 and 1 <= length <= MAX_EVENT else b""
            if not event or len(event) != length:
                raise Tampered(place, "the file breaks off in an event, or its length is wrong")
            yield event
            place += 1

    def finish(self, _tree, _size):
        """Nothing lies beside one file."""


class Folder:
    """A folder of tiles ("The exported log as tiles")."""

    def __init__(self, path):
        self.path = path
        self.bad_tile = None
        try:
            self.note = read_small(os.path.join(path, "checkpoint"), MAX_NOTE)
        except ABSENT as error:
            raise CannotTell("no checkpoint in the folder") from error
        self.earlier = list(self.read_earlier())

    def read_earlier(self):
        """The checkpoints in the folder: (size that the file's name tells, note)."""
        folder = os.path.join(self.path, "checkpoints")
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            file = os.path.join(folder, name)
            if is_number(name) and os.path.isfile(file):
                yield int(name), read_small(file, MAX_NOTE)

    def events(self, size):
        """The events in order, one file of at most 256 in memory."""
        for index in range((size + WIDTH - 1) // WIDTH):
            first, width = index * WIDTH, min(WIDTH, size - index * WIDTH)
            data = self.read_tile("entries", index, width, WIDTH * (MAX_EVENT + 2))
            if data is None:
                raise Tampered(first, "a file of events is missing")
            at = 0
            for place in range(first, first + width):
                start = at + 2
                at = start + int.from_bytes(data[at:start], "big")
                if not start < at <= len(data):
                    raise Tampered(place, "the file breaks off in an event, or it is empty")
                yield data[start:at]
            if at != len(data):
                raise Tampered(first + width, "a file of events goes on too long")

    def read_tile(self, level, index, width, limit):
        """The bytes of a tile and at most one more than the limit; None where there is none."""
        path = os.path.join(self.path, tile_path(level, index, width))
        try:
            with open(path, "rb") as file:
                return file.read(limit + 1)
        except ABSENT:
            return None

    def take_tile(self, level, index, hashes):
        """Step 6 of "Offline verification": keeps the smallest event of a tile that differs."""
        want = b"".join(hashes)
        if self.read_tile(level, index, len(hashes), len(want)) != want:
            first = index * WIDTH**(level + 1)
            self.bad_tile = first if self.bad_tile is None else min(self.bad_tile, first)

    def finish(self, tree, size):
        """The rest of step 6: the last tiles, and that nothing lies beside these files."""
        tree.finish()
        if self.bad_tile is not None:
            raise Tampered(self.bad_tile, "a tile of hashes differs or is missing")
        for name in self.walk(""):
            if not belongs(name, size):
                raise Tampered(None, "a file lies beside the tiles")

    def walk(self, inside):
        """Names of all files; a folder that holds nothing is none."""
        with os.scandir(os.path.join(self.path, inside)) as entries:
            for entry in entries:
                name = f"{inside}/{entry.name}" if inside else entry.name
                if entry.is_dir(follow_symlinks=False):
                    yield from self.walk(name)
                else:
                    yield name


def is_number(name):
    """Whether a file's name is decimal as in "The checkpoint"."""
    try:
        parse_number(os.fsencode(name))
    except Malformed:
        return False
    return True


def tile_path(level, index, width):
    """The name of a tile ("The exported log as tiles")."""
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    name = "/".join(["tile", str(level), *groups])
    return name if width == WIDTH else f"{name}.p/{width}"


def belongs(name, size):
    """Whether a folder of so many events has a file of this name, step 6 and its table."""
    if name in ("checkpoint", "policy"):
        return True
    folder, _, base = name.partition("/")
    if folder == "checkpoints":
        return is_number(base)
    match = TILE.fullmatch(name)
    if not match:
        return False
    level, high, low, _ = match.groups()
    index = int(re.sub("[x/]", "", high) + low)
    hashes = size if level == "entries" else size >> 8 * int(level)
    width = min(WIDTH, hashes - index * WIDTH)
    return width > 0 and name == tile_path(level, index, width)
