#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Verifies a cosigned checkpoint with nothing of ours: verify_cosigned.py NOTE KEY..., the log's and
# the witnesses' verifier keys. Prints the name of each key whose signature holds.
import base64
import hashlib
import struct
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

text, lines = open(sys.argv[1], encoding="utf-8").read().rsplit("\n\n", 1)
text += "\n"
signatures = {}
for line in lines.splitlines():
    dash, name, value = line.split(" ")
    assert dash == "\u2014"
    raw = base64.b64decode(value, validate=True)
    signatures[(name, raw[:4])] = raw[4:]

for key in sys.argv[2:]:
    name, key_id, typed = key.split("+", 2)
    typed = base64.b64decode(typed, validate=True)
    full_id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
    assert full_id.hex() == key_id, "wrong key id"
    signature = signatures.get((name, full_id))
    if signature is None:
        continue
    message = text.encode()
    if typed[0] == 4:
        (time,) = struct.unpack(">Q", signature[:8])
        signature = signature[8:]
        message = b"cosignature/v1\ntime %d\n" % time + message
    try:
        Ed25519PublicKey.from_public_bytes(typed[1:]).verify(signature, message)
    except InvalidSignature:
        continue
    print(name)
