# SPDX-License-Identifier: Apache-2.0
"""Notes, keys, checkpoints, cosignatures and policies, from proto/sspf/v1/checkpoint.md alone."""

import base64
import binascii
import hashlib
import re
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_NOTE = 16384
MAX_SIGNATURES = 16
LOG_KEY = 0x01
WITNESS_KEY = 0x04
DASH = b"\xe2\x80\x94 "
# The code points that Unicode gives the property White_Space.
SPACES = frozenset(map(chr, [*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
                             0x2028, 0x2029, 0x202F, 0x205F, 0x3000]))
NUMBER = re.compile(rb"0|[1-9][0-9]{0,19}")
# The field of edwards25519 and the constant of its curve, RFC 8032 section 5.1.
P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P


class Malformed(Exception):
    """Text that does not have the form that the document gives it."""


class Tampered(Exception):
    """Answer 1 of "Offline verification"; event is None where no event is bad."""

    def __init__(self, event, why):
        super().__init__(why)
        self.event = event


class CannotTell(Exception):
    """Answer 2 of "Offline verification"."""


class Key(NamedTuple):
    """What a verifier key holds ("The signed note")."""
    name: bytes
    id: bytes
    public: bytes


class Note(NamedTuple):
    """A signed note: its text, and (name, key id, signature) of each line."""
    text: bytes
    lines: list


class Checkpoint(NamedTuple):
    """The three lines of a checkpoint ("The checkpoint")."""
    origin: bytes
    size: int
    root: bytes


class Policy(NamedTuple):
    """c2sp.org/tlog-policy; groups holds (threshold, members).

    The quorum is None when it asks nothing."""
    logs: list
    witnesses: dict
    groups: dict
    quorum: bytes | None


def decode_base64(text):
    """RFC 4648 section 4 with padding, canonical ("Checkpoints and the exported audit log")."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("not base64") from error
    if base64.b64encode(data) != text:
        raise Malformed("not canonical base64")
    return data


def parse_number(text):
    """Decimal without a leading zero, below 2^64 ("The checkpoint", line 2)."""
    if not NUMBER.fullmatch(text) or int(text) >= 2**64:
        raise Malformed("not a number below 2^64")
    return int(text)


def check_name(name):
    """A key's name: not empty, no Unicode space, no plus ("The signed note")."""
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("key name is not UTF-8") from error
    if not text or "+" in text or any(c in SPACES or c < " " for c in text):
        raise Malformed("bad key name")


def parse_key(text, kind=LOG_KEY):
    """A verifier key, refused unless its id is the one computed ("The signed note")."""
    parts = text.split(b"+", 2)
    if len(parts) != 3 or not re.fullmatch(rb"[0-9a-f]{8}", parts[1]):
        raise Malformed("not a verifier key")
    name, key_id, data = parts[0], bytes.fromhex(parts[1].decode()), decode_base64(parts[2])
    check_name(name)
    if len(data) != 33 or data[0] != kind:
        raise Malformed("verifier key of another kind")
    if hashlib.sha256(name + b"\n" + data).digest()[:4] != key_id:
        raise Malformed("verifier key with another id")
    return Key(name, key_id, data[1:])


def parse_note(data):
    """Text, empty line and 1 to 16 signature lines; strict as "The signed note" says."""
    if len(data) > MAX_NOTE:
        raise Malformed("note too long")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("note is not UTF-8") from error
    if re.search(rb"[\x00-\x09\x0b-\x1f]", data):
        raise Malformed("control character in note")
    end = data.rfind(b"\n\n")
    if end < 0 or not data.endswith(b"\n"):
        raise Malformed("note without signatures")
    lines = data[end + 2:].split(b"\n")[:-1]
    if not 1 <= len(lines) <= MAX_SIGNATURES:
        raise Malformed("number of signatures")
    return Note(data[:end + 1], [parse_signature(line) for line in lines])


def parse_signature(line):
    """Em dash, name, base64 of key id and signature ("The signed note")."""
    parts = line[len(DASH):].split(b" ")
    if not line.startswith(DASH) or len(parts) != 2:
        raise Malformed("not a signature line")
    check_name(parts[0])
    data = decode_base64(parts[1])
    if len(data) < 5:
        raise Malformed("signature line without signature")
    return parts[0], data[:4], data[4:]


def parse_checkpoint(text):
    """Exactly three lines ("The checkpoint")."""
    lines = text.split(b"\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise Malformed("not a checkpoint of three lines")
    root = decode_base64(lines[2])
    if len(root) != 32:
        raise Malformed("root is not 32 bytes")
    return Checkpoint(lines[0], parse_number(lines[1]), root)


def has_small_order(public):
    """Whether eight times the point is neutral: doubles y three times (RFC 8032 section 5.1)."""
    y = int.from_bytes(public, "little") % 2**255 % P
    for _ in range(3):
        yy = y * y % P
        xx = (yy - 1) * pow(D * yy + 1, P - 2, P) % P
        y = (yy + xx) * pow(2 - yy + xx, P - 2, P) % P
    return y == 1


def verify_ed25519(public, signature, message):
    """RFC 8032; a key of small order verifies nothing ("The signed note")."""
    if len(signature) != 64 or has_small_order(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def verify_cosignature(public, signature, text):
    """A timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature, "Ed25519 signed message")."""
    if len(signature) != 72:
        return False
    time = int.from_bytes(signature[:8], "big")
    message = b"cosignature/v1\ntime %d\n" % time + text
    return time < 2**63 and verify_ed25519(public, signature[8:], message)


def judge_lines(note, key, verify=verify_ed25519):
    """None without a line of the key, else whether all of its lines verify ("The signed note")."""
    mine = [signature for name, key_id, signature in note.lines
            if name == key.name and key_id == key.id]
    return all(verify(key.public, each, note.text) for each in mine) if mine else None


def read_checkpoint(data, key):
    """Step 1 of "Offline verification" for one note; Tampered where a line of the key fails."""
    try:
        note = parse_note(data)
        verdict = judge_lines(note, key)
        if verdict is False:
            raise Tampered(None, "a signature of the key does not verify")
        if verdict is None:
            raise CannotTell("no signature of the key")
        checkpoint = parse_checkpoint(note.text)
    except Malformed as error:
        raise CannotTell(f"checkpoint: {error}") from error
    if checkpoint.origin != key.name:
        raise CannotTell("the origin is not the key's name")
    return note, checkpoint


def parse_policy(data):
    """A policy file (c2sp.org/tlog-policy, "Policy file syntax and structure")."""
    if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", data) or (data and not data.endswith(b"\n")):
        raise Malformed("policy: control character or unended line")
    logs, witnesses, groups, quorums, used = [], {}, {}, [], set()
    for line in data.split(b"\n"):
        words = line.split()
        if not words or words[0].startswith(b"#"):
            continue
        known = witnesses.keys() | groups.keys()
        if words[0] == b"log" and len(words) in (2, 3):
            add_key(logs, parse_key(words[1]))
        elif words[0] == b"witness" and len(words) in (3, 4):
            key = parse_key(words[2], WITNESS_KEY)
            add_key(list(witnesses.values()), key)
            witnesses[new_name(words[1], known)] = key
        elif words[0] == b"group" and len(words) >= 4:
            groups[new_name(words[1], known)] = parse_group(words[2], words[3:], known, used)
        elif words[0] == b"quorum" and len(words) == 2 and words[1] in known | {b"none"}:
            quorums.append(words[1])
        else:
            raise Malformed("policy: bad line")
    if len(quorums) != 1:
        raise Malformed("policy: not exactly one quorum")
    return Policy(logs, witnesses, groups, None if quorums[0] == b"none" else quorums[0])


def add_key(keys, key):
    """No public key twice among logs, nor among witnesses (c2sp.org/tlog-policy)."""
    if any(each.public == key.public for each in keys):
        raise Malformed("policy: duplicate key")
    keys.append(key)


def new_name(name, known):
    """Witnesses and groups share one namespace, where none is taken (c2sp.org/tlog-policy)."""
    if name in known or name == b"none":
        raise Malformed("policy: name is taken")
    return name


def parse_group(rule, members, known, used):
    """Threshold and members, each in one group only (c2sp.org/tlog-policy, "witness group")."""
    for member in members:
        if member not in known or member in used:
            raise Malformed("policy: bad group member")
        used.add(member)
    count = len(members)
    threshold = {b"all": count, b"any": 1}.get(rule) or parse_number(rule)
    if not 1 <= threshold <= count:
        raise Malformed("policy: bad threshold")
    return threshold, members


def has_quorum(policy, note):
    """Whether enough witnesses cosigned (c2sp.org/tlog-policy, "Defining the quorum")."""
    if policy.quorum is None:
        return True
    seen = {name: judge_lines(note, key, verify_cosignature) is True
            for name, key in policy.witnesses.items()}
    for name, (threshold, members) in policy.groups.items():
        seen[name] = sum(seen[member] for member in members) >= threshold
    return seen[policy.quorum]
