# SPDX-License-Identifier: Apache-2.0
"""What the tests of sspf_verify.py share: keys, plain events, and how an answer is compared."""

import os
import tempfile
import unittest

import sspf_verify
from oracle_writer import ORIGIN, Signer, event, put

LOG, OTHER = Signer(ORIGIN, 1), Signer(ORIGIN, 2)
WITNESSES = [Signer(f"vittne.example/{n}", 10 + n, 4) for n in range(3)]
# 2026-03-01 12:00 in Stockholm, in microseconds, and a second.
NOON = 1_772_362_800_000_000
SECOND = 1_000_000
DAY = 86_400 * SECOND


def plain(count):
    """So many events in order."""
    return [event(n, NOON + n * SECOND) for n in range(count)]


class Case(unittest.TestCase):
    """Runs the verifier on files of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, data):
        """A file, or with a dict a folder."""
        where = os.path.join(self.folder, name)
        put(*((where, data) if isinstance(data, dict) else (self.folder, {name: data})))
        return where

    def answer(self, what, *options, kept=()):
        """Exit status and the second word for bytes or a folder's files."""
        arguments = [self.write(f"log{len(os.listdir(self.folder))}", what)]
        arguments += options or ("--key", LOG.vkey)
        for number, data in enumerate(kept):
            arguments += ["--checkpoint", self.write(f"kept{number}", data)]
        status, line = sspf_verify.run(arguments)
        self.assertEqual(line.split()[0], ("ok", "tampered", "cannot-tell")[status])
        self.line = line
        return status, line.split()[1] if status < 2 else None

    def bad(self, place, what, *options, kept=()):
        """Tampered, with this first bad event."""
        self.assertEqual(self.answer(what, *options, kept=kept), (1, str(place)), self.line)

    def unknown(self, what, *options, kept=()):
        """Cannot tell."""
        self.assertEqual(self.answer(what, *options, kept=kept)[0], 2, self.line)

    def good(self, what, *options, kept=()):
        """Ok."""
        self.assertEqual(self.answer(what, *options, kept=kept)[0], 0, self.line)
