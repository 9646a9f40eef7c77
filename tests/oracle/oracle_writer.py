# SPDX-License-Identifier: Apache-2.0
"""A tiny writer of events, notes, exports, tiles and receipts, for the tests of sspf_verify.py.

It knows the tree by the recursion of RFC 6962 section 2.1, not as the verifier builds it."""

import base64
import hashlib
import os
import struct
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "logg.example/prov/7"


def varint(value):
    """A varint; negative numbers take ten bytes."""
    value &= 2**64 - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out + bytes([value]))


def field(number, value):
    """One field: an int as varint, bytes or str with its length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def event(sequence, time_us, rpc="sspf.v1.CaseService/GetCase", **more):
    """An AuditEvent; more may hold municipality, outcome, shown, change, clock and tail."""
    out = field(1, sequence) + field(2, time_us)
    if "municipality" in more:
        out += field(5, more["municipality"])
    out += field(8, rpc)
    for basis in more.get("shown", ()):
        out += field(13, field(1, b"case") + field(2, basis) + field(3, 1))
    out += field(14, more.get("outcome", 1))
    if "change" in more:
        out += field(24, basis_change(**more["change"]))
    if "clock" in more:
        out += field(25, more["clock"])
    return out + more.get("tail", b"")


def basis_change(basis, first="", last="", until=0, withdrawn=False):
    """A BasisChange without the fields that have their default."""
    parts = (basis, first, last, until, int(withdrawn))
    return b"".join(field(n, value) for n, value in enumerate(parts, 1) if value)


def mth(leaves):
    """The hash of RFC 6962 section 2.1 over a tuple of leaf hashes."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + cached(leaves[:split]) + cached(leaves[split:])).digest()


cached = lru_cache(4096)(mth)


def leaf_hashes(events):
    """The leaves of RFC 6962 section 2.1."""
    return tuple(hashlib.sha256(b"\0" + each).digest() for each in events)


def path(index, leaves):
    """The audit path of RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return path(index, leaves[:split]) + [mth(leaves[split:])]
    return path(index - split, leaves[split:]) + [mth(leaves[:split])]


class Signer:
    """A log's key, or a witness's with kind 4."""

    def __init__(self, name, seed, kind=1):
        self.name, self.kind = name, kind
        self.secret = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        public = self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        material = bytes([kind]) + public
        self.id = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
        self.vkey = f"{name}+{self.id.hex()}+{base64.b64encode(material).decode()}"

    def line(self, text, time=1_790_000_000):
        """The signature line for a note's text."""
        if self.kind == 4:
            message = b"cosignature/v1\ntime %d\n" % time + text
            signature = struct.pack(">Q", time) + self.secret.sign(message)
        else:
            signature = self.secret.sign(text)
        return signature_line(self.name, self.id + signature)


def signature_line(name, data):
    """A line of any bytes."""
    return f"\u2014 {name} {base64.b64encode(data).decode()}\n".encode()


def checkpoint_text(events, size=None, root=None, origin=ORIGIN):
    """The three lines for these events, or for what else is said."""
    root = mth(leaf_hashes(events)) if root is None else root
    size = len(events) if size is None else size
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def note(signers, events, **more):
    """A signed checkpoint."""
    text = checkpoint_text(events, **more)
    return text + b"\n" + b"".join(each.line(text) for each in signers)


def export(signed, events):
    """The bytes of sspf-audit-export/v1."""
    out = b"sspf-audit-export/v1\n" + struct.pack(">I", len(signed)) + signed
    return out + b"".join(struct.pack(">I", len(each)) + each for each in events)


def tile_name(level, index, width):
    """The name of a tile below 10^6."""
    number = f"x{index // 1000:03}/{index % 1000:03}" if index >= 1000 else f"{index:03}"
    return f"tile/{level}/{number}" + ("" if width == 256 else f".p/{width}")


def tiles(signed, events, earlier=()):
    """The files of a folder: name to bytes; earlier holds (size, note)."""
    files = {"checkpoint": signed} | {f"checkpoints/{size}": data for size, data in earlier}
    for at in range(0, len(events), 256):
        part = events[at:at + 256]
        data = b"".join(struct.pack(">H", len(each)) + each for each in part)
        files[tile_name("entries", at // 256, len(part))] = data
    hashes, level = leaf_hashes(events), 0
    while hashes:
        rows = [hashes[at:at + 256] for at in range(0, len(hashes), 256)]
        for index, row in enumerate(rows):
            files[tile_name(level, index, len(row))] = b"".join(row)
        hashes, level = tuple(mth(row) for row in rows if len(row) == 256), level + 1
    return files


def receipt(signed, events, index):
    """The text of a tlog-proof@v1."""
    lines = ["c2sp.org/tlog-proof@v1", "extra " + base64.b64encode(events[index]).decode(),
             f"index {index}"]
    hashes = path(index, leaf_hashes(events))
    lines += [base64.b64encode(each).decode() for each in hashes]
    return "\n".join(lines).encode() + b"\n\n" + signed


def put(folder, files):
    """Writes files into a folder."""
    for name, data in files.items():
        where = os.path.join(folder, name)
        os.makedirs(os.path.dirname(where), exist_ok=True)
        with open(where, "wb") as file:
            file.write(data)
