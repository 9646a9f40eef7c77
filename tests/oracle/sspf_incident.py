# SPDX-License-Identifier: Apache-2.0
"""Verifies a bundle of evidence about an incident: proto/sspf/v1/checkpoint.md, "Incident bundles".

  sspf_incident.py FOLDER (--key VKEY | --policy FILE)... [--checkpoint FILE]...

Exit 0 ok, 1 tampered (names the first bad file), 2 cannot tell.
"""

import hashlib
import json
import os
import stat
import sys

from sspf_events import parse_event
from sspf_layouts import read_small
from sspf_notes import CannotTell, Malformed, Tampered, read_checkpoint
from sspf_verify import main, parse_receipt, verify_receipt

CALL = "sspf.v1.IncidentService/RecordIncidentExport"
SEAL, MANIFEST, CHECKPOINT, TIMELINE = (
    "seal.tlog-proof", "manifest.json", "checkpoint", "timeline.json")
MAX_FILE = 64 << 20


def read_folder(path):
    """Every file by its name in the folder; a link or the like is none."""
    files = {}
    if not os.path.isdir(path):
        raise CannotTell("no folder")
    for folder, names, leaves in os.walk(path):
        for leaf in leaves + names:
            where = os.path.join(folder, leaf)
            name = os.path.relpath(where, path)
            mode = os.lstat(where).st_mode
            if stat.S_ISDIR(mode):
                continue
            if not stat.S_ISREG(mode):
                raise Tampered(name, "no regular file")
            files[name] = read_small(where, MAX_FILE)
    return files


def proved(files, name, key, policy, kept):
    """The event of a receipt that holds, and the checkpoint over it."""
    try:
        checkpoint, _ = verify_receipt(files[name], key, policy, kept)
    except Tampered as error:
        raise Tampered(name, str(error)) from error
    return parse_event(parse_receipt(files[name])[0]), checkpoint


def digest(files, name):
    """SHA-256 of a file, which must be there."""
    if name not in files:
        raise Tampered(name, "missing")
    return hashlib.sha256(files[name])


def check_manifest(files):
    """Step 3."""
    try:
        sums = {each["name"]: each["sha256"] for each in json.loads(files[MANIFEST])["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise Tampered(MANIFEST, "no manifest") from error
    for name in sorted(set(sums) | set(files) - {SEAL, MANIFEST}):
        if digest(files, name).hexdigest() != sums.get(name):
            raise Tampered(name, "another sum than the manifest's")


def check_events(files, key):
    """Step 4; the events in order."""
    events = []
    for name in sorted(each for each in files if each.startswith("events/")):
        try:
            event = proved(files, name, key, None, ())[0]
        except CannotTell as error:
            raise Tampered(name, str(error)) from error
        if name != f"events/{event.get('sequence', 0)}.tlog-proof":
            raise Tampered(name, "of another event")
        events.append((event.get("sequence", 0), event.get("rpc", "")))
    return sorted(events)


def check_cover(files, key, events):
    """Step 5."""
    try:
        checkpoint = read_checkpoint(files.get(CHECKPOINT, b""), key)[1]
    except (CannotTell, Malformed, Tampered) as error:
        raise Tampered(CHECKPOINT, str(error)) from error
    if events and events[-1][0] >= checkpoint.size:
        raise Tampered(CHECKPOINT, "does not cover the events")


def check_timeline(files, events):
    """Step 6."""
    try:
        told = [(each["event"]["event"]["sequence"], each["event"]["event"]["action"])
                for each in json.loads(files[TIMELINE])["events"]]
    except (ValueError, KeyError, TypeError) as error:
        raise Tampered(TIMELINE, "no timeline") from error
    if told != events:
        raise Tampered(TIMELINE, "other events than the receipts'")


def verify_bundle(path, key, policy, kept):
    """The seal's checkpoint when all of it holds, and no epochs."""
    files = read_folder(path)
    if SEAL not in files:
        raise CannotTell(f"{SEAL} is missing")
    seal, checkpoint = proved(files, SEAL, key, policy, kept)
    if seal.get("rpc") != CALL or seal.get("outcome") != 1:
        raise Tampered(SEAL, "no seal")
    if digest(files, MANIFEST).digest() != seal.get("bundle_digest"):
        raise Tampered(MANIFEST, "another sum than the seal's")
    check_manifest(files)
    events = check_events(files, key)
    check_cover(files, key, events)
    check_timeline(files, events)
    return checkpoint, ()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], verify_bundle))
