# SPDX-License-Identifier: Apache-2.0
"""Tests of sspf_incident.py: a bundle as it should be, and with one thing wrong."""

import hashlib
import json
import os

import sspf_incident
import sspf_verify
from oracle_case import LOG, NOON, OTHER, SECOND, Case, plain
from oracle_writer import event, field, note, receipt


def manifest(files):
    """What sums up these files."""
    rows = [{"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())]
    return json.dumps({"files": rows}).encode()


def seal(data, rpc=sspf_incident.CALL, outcome=1):
    """The receipt of the event that carries a manifest's sum."""
    tail = field(26, hashlib.sha256(data).digest())
    events = plain(7) + [event(7, NOON + 8 * SECOND, rpc, outcome=outcome, tail=tail)]
    return receipt(note([LOG], events), events, 7)


def parts(numbers=(2, 4, 5), told=None):
    """What lies in a bundle beside manifest and seal."""
    events = plain(7)
    signed = note([LOG], events)
    files = {f"events/{n}.tlog-proof": receipt(signed, events, n) for n in numbers}
    rows = [{"event": {"event": {"sequence": n, "action": "sspf.v1.CaseService/GetCase"}}}
            for n in (numbers if told is None else told)]
    files.update({"checkpoint": signed, "timeline.txt": b"Tid\n",
                  "timeline.json": json.dumps({"events": rows}).encode()})
    return files


def sealed(files):
    """A bundle."""
    data = manifest(files)
    return {**files, "manifest.json": data, "seal.tlog-proof": seal(data)}


class Incidents(Case):
    """Bundles as files."""

    def judge(self, files, *options):
        """Exit status and the file that is named."""
        where = self.write(f"bundle{len(os.listdir(self.folder))}", files)
        arguments = [where, *(options or ("--key", LOG.vkey))]
        status, self.line = sspf_verify.run(arguments, sspf_incident.verify_bundle)
        return status, self.line.split()[1] if status == 1 else None

    def test_whole(self):
        self.assertEqual(self.judge(sealed(parts())), (0, None), self.line)
        self.assertEqual(self.judge(sealed(parts()), "--key", OTHER.vkey)[0], 2)

    def test_each_file(self):
        whole = sealed(parts())
        for name in whole:
            if name == "seal.tlog-proof":
                continue
            self.assertEqual(self.judge({**whole, name: whole[name] + b" "}), (1, name))
            fewer = {each: whole[each] for each in whole if each != name}
            self.assertEqual(self.judge(fewer), (1, name))
        self.assertEqual(self.judge({**whole, "more": b"x"}), (1, "more"))

    def test_seal(self):
        whole = sealed(parts())
        data = whole["manifest.json"]
        for wrong in (seal(data, "sspf.v1.IncidentService/ListIncidentExports"),
                      seal(data, outcome=2)):
            self.assertEqual(self.judge({**whole, "seal.tlog-proof": wrong}),
                             (1, "seal.tlog-proof"))
        fewer = {each: whole[each] for each in whole if each != "seal.tlog-proof"}
        self.assertEqual(self.judge(fewer)[0], 2)

    def test_sealed_lies(self):
        self.assertEqual(self.judge(sealed(parts(told=(2, 4)))), (1, "timeline.json"))
        self.assertEqual(self.judge(sealed(parts(told=(4, 2, 5)))), (1, "timeline.json"))
        files = parts()
        files["events/2.tlog-proof"] = files["events/4.tlog-proof"]
        self.assertEqual(self.judge(sealed(files)), (1, "events/2.tlog-proof"))
        files = parts()
        files["checkpoint"] = note([LOG], plain(5))
        self.assertEqual(self.judge(sealed(files)), (1, "checkpoint"))

    def test_links(self):
        where = self.write("linked", sealed(parts()))
        os.rename(os.path.join(where, "timeline.txt"), os.path.join(self.folder, "elsewhere"))
        os.symlink(os.path.join(self.folder, "elsewhere"), os.path.join(where, "timeline.txt"))
        arguments = [where, "--key", LOG.vkey]
        status, line = sspf_verify.run(arguments, sspf_incident.verify_bundle)
        self.assertEqual((status, line.split()[1]), (1, "timeline.txt"))
