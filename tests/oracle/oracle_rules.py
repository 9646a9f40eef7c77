# SPDX-License-Identifier: Apache-2.0
"""Policies, and which basis lets somebody see."""

import os

import sspf_events
import sspf_notes
from oracle_case import DAY, LOG, NOON, OTHER, SECOND, WITNESSES, Case, plain
from oracle_writer import (ORIGIN, checkpoint_text, event, export, field, note, receipt,
                           signature_line)


class NewEpochs(Case):
    """The first event after a restore ("A new epoch")."""

    def begun(self, last):
        """A log whose second event begins an epoch with this as its last checkpoint."""
        tail = field(28, field(1, "logg.example/prov/6") + field(2, last) + field(3, b"a" * 16))
        events = plain(1) + [event(1, NOON + SECOND, rpc="server/new_epoch", tail=tail)]
        return export(note([LOG], events), events)

    def test_epoch(self):
        last = note([OTHER], plain(7))
        self.good(self.begun(last))
        self.assertTrue(self.line.endswith(" new-epoch 1 last-known 7"), self.line)
        for wrong in (b"", last[:-1], last.replace(b"\n7\n", b"\n07\n"), last + b"x"):
            self.bad(1, self.begun(wrong))
        self.good(export(note([LOG], plain(2)), plain(2)))
        self.assertNotIn("new-epoch", self.line)


class Policies(Case):
    """A policy in the place of a key."""

    def setUp(self):
        super().setUp()
        self.events = plain(3)

    def policy(self, text):
        """The options for a policy's text, in which W0 to W2 and LOG stand for keys."""
        for number, witness in enumerate(WITNESSES):
            text = text.replace(f"W{number}", f"w{number} {witness.vkey}")
        text = text.replace("OTHER", OTHER.vkey).replace("LOG", LOG.vkey)
        name = f"policy{len(os.listdir(self.folder))}"
        return "--policy", self.write(name, text.encode())

    def log(self, *signers, more=b""):
        """An export whose note these signed."""
        return export(note([LOG, *signers], self.events) + more, self.events)

    def test_quorum(self):
        w = WITNESSES
        self.good(self.log(), *self.policy("log LOG\nquorum none\n"))
        self.good(self.log(), *self.policy("log OTHER\nlog LOG http://a\nquorum none\n"))
        one = self.policy("# a\n\n \tlog LOG\nwitness W0 http://b\nquorum w0\n")
        self.unknown(self.log(), *one)
        self.unknown(self.log(w[1]), *one)
        self.good(self.log(w[0]), *one)
        self.good(self.log(w[0]), *one, kept=[note([LOG], self.events[:1])])
        self.bad(2, export(note([LOG, w[0]], self.events), self.events[:2]), *one)
        self.unknown(export(note([LOG], self.events), self.events[:2]), *one)
        text = checkpoint_text(self.events)
        for wrong in (w[0].line(text + b"x"), w[0].line(text, time=2**63),
                      signature_line(w[0].name, w[0].id + bytes(72))):
            self.unknown(self.log(more=wrong), *one)
            self.unknown(self.log(w[0], more=wrong), *one)
        self.good(self.log(more=w[0].line(text, time=0)), *one)
        three = "log LOG\nwitness W0\nwitness W1\nwitness W2\n"
        two = self.policy(three + "group g 2 w0 w1 w2\nquorum g\n")
        failing = signature_line(w[0].name, w[0].id + bytes(72))
        self.good(self.log(w[1], w[2], more=failing), *two)
        self.unknown(self.log(w[1], more=failing), *two)
        nested = self.policy(three + "group a any w0 w1\ngroup b all a w2\nquorum b\n")
        self.good(self.log(w[1], w[2]), *nested)
        self.unknown(self.log(w[0], w[1]), *nested)
        self.good(receipt(note([LOG, w[0]], self.events), self.events, 1), *one)
        self.unknown(receipt(note([LOG], self.events), self.events, 1), *one)
        twisted = text + b"\n" + signature_line(ORIGIN, LOG.id + bytes(64))
        self.bad("-", export(twisted, self.events), *one)

    def test_wrong(self):
        self.unknown(self.log(), *self.policy("log OTHER\nquorum none\n"))
        self.unknown(self.log(), *self.policy("quorum none\n"))
        start = "log LOG\nwitness W0\nwitness W1\n"
        for text in ("log LOG\n", "log LOG\nquorum none", "log LOG\nquorum w0\nwitness W0\n",
                     start + "quorum none\nquorum none\n", start + "log LOG\nquorum none\n",
                     start + "witness a " + WITNESSES[0].vkey + "\nquorum none\n",
                     start + "group w0 any w1\nquorum none\n", start + "group g 0 w0\nquorum g\n",
                     start + "group none any w1\nquorum none\n", start + "word\nquorum none\n",
                     start + "group g 3 w0 w1\nquorum g\n", start + "group g any\nquorum none\n",
                     start + "group g all w0 w0\nquorum g\n", start + "quorum none\r\n",
                     start + "group g any w0\ngroup h any w0\nquorum g\n",
                     start + "group g any none\nquorum none\n", "log " + WITNESSES[0].vkey + "\n",
                     "log LOG\nwitness a LOG\nquorum a\n", "log LOG a b\nquorum none\n"):
            with self.subTest(text), self.assertRaises(sspf_notes.Malformed):
                self.answer(self.log(), *self.policy(text))


A, B = b"A" * 16, b"B" * 16
BASIS = b"basis"
TERM = {"basis": BASIS, "first": "2026-03-01", "last": "2026-03-03"}
OPENING = {"basis": BASIS, "until": NOON + 3 * SECOND}


class Bases(Case):
    """Step 3: what was shown has a basis. Rows are (time, fields of the event)."""

    def table(self, place, *rows):
        """The log of these rows is bad at this place, or ok where that is None."""
        events = [event(n, time, **more) for n, (time, more) in enumerate(rows)]
        log = export(note([LOG], events), events)
        if place is None:
            self.good(log)
        else:
            self.bad(place, log)
            self.assertIn("basis", self.line)

    def given(self, municipality=A, at=NOON, **change):
        """A row that changes the basis."""
        return at, {"municipality": municipality, "change": TERM | change}

    def test_known(self):
        shown = {"shown": [BASIS]}
        self.table(None, self.given(), (NOON, shown))
        self.table(0, (NOON, shown))
        self.table(1, self.given(), (NOON, {"shown": [b"", BASIS, b"other"]}))
        self.table(None, (NOON, {"shown": [b"", b""]}))
        self.table(0, (NOON, {"shown": [BASIS], "municipality": A, "change": TERM}))
        for outcome, place in ((0, None), (2, None), (3, None), (4, 0), (5, None),
                               (2**32 + 1, 0), (-1, None)):
            self.table(place, (NOON, {"shown": [BASIS], "outcome": outcome}))
        for outcome in (0, 2, 3, 4, 5):
            self.table(1, (NOON, self.given()[1] | {"outcome": outcome}), (NOON, shown))

    def test_term(self):
        shown = {"shown": [BASIS]}
        midnight = NOON + 12 * 3600 * SECOND
        self.table(None, self.given(), (midnight + 2 * DAY - 1, shown))
        self.table(1, self.given(), (midnight + 2 * DAY, shown))
        self.table(1, self.given(first="2026-03-02"), (midnight - 1, shown))
        self.table(None, self.given(first="2026-03-02"), (midnight, shown))
        self.table(None, self.given(last=""), (NOON + 4000 * DAY, shown))
        self.table(2, self.given(), self.given(last="2026-03-01"), (midnight, shown))
        summer = 1_783_375_200_000_000
        self.table(1, self.given(last="2026-07-06"), (summer, shown))
        self.table(None, self.given(last="2026-07-06"), (summer - 1, shown))
        self.table(1, self.given(), (2**63 - 1, shown))

    def test_emergency(self):
        opened = (NOON, {"municipality": A, "change": OPENING})
        self.table(None, opened, (NOON + 3 * SECOND - 1, {"shown": [BASIS]}))
        self.table(1, opened, (NOON + 3 * SECOND, {"shown": [BASIS]}))

    def test_clock(self):
        midnight = NOON + 12 * 3600 * SECOND
        given = self.given(last="2026-03-01")
        self.table(1, given, (midnight, {"shown": [BASIS]}))
        self.table(None, given, (midnight, {"shown": [BASIS], "clock": midnight - 1}))
        self.table(1, given, (midnight - 1, {"shown": [BASIS], "clock": midnight}))
        self.table(1, given, (midnight, {"shown": [BASIS], "clock": 0}))

    def test_withdrawn(self):
        shown = (NOON, {"shown": [BASIS], "municipality": A})
        gone = self.given(withdrawn=True, first="", last="")
        self.table(2, self.given(), gone, shown)
        self.table(None, self.given(), gone, self.given(), shown)
        self.table(None, self.given(), self.given(B), gone, shown)
        self.table(4, self.given(), self.given(B), gone, self.given(B, withdrawn=True), shown)
        self.table(1, gone, shown)
        self.table(1, self.given(b""), shown)
        self.table(None, self.given(b""), self.given(B), shown)
        self.table(3, self.given(), gone, self.given(b""), shown)
        self.table(None, self.given(), self.given(b"", withdrawn=True), shown)
        self.table(None, self.given(), self.given(B, withdrawn=True, last="2000-01-01"), shown)

    def test_merged(self):
        begin = field(1, 0) + field(2, NOON) + field(5, A) + field(14, 1)
        parts = [field(1, BASIS) + field(2, "2030-01-01"), field(2, "2026-03-01")]
        merged = begin + b"".join(field(24, part) for part in parts)
        events = [merged, event(1, NOON, shown=[BASIS])]
        self.good(export(note([LOG], events), events))
        self.assertEqual(sspf_events.parse_event(merged)["basis_change"],
                         {"basis_id": BASIS, "from_date": "2026-03-01"})
