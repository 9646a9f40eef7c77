# SPDX-License-Identifier: Apache-2.0
"""What a verifier knows of events: proto/sspf/v1/audit.proto, and the rule "Which basis lets
somebody see" of proto/sspf/v1/checkpoint.md."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from sspf_notes import Malformed, parse_checkpoint, parse_note

VARINT, FIXED64, BYTES, START, END, FIXED32 = range(6)
MAX_DEPTH = 100
ALLOWED, DRY_RUN = 1, 4
STOCKHOLM = ZoneInfo("Europe/Stockholm")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

# Kinds of fields, and the numbers of the messages' fields (audit.proto).
UINT64, INT64, UINT32, BOOL, DATA, TEXT, MESSAGE, MANY = range(8)
CASE_SHOWN = {1: ("case_id", DATA), 2: ("basis_id", DATA), 3: ("items", UINT32)}
BASIS_CHANGE = {1: ("basis_id", DATA), 2: ("from_date", TEXT), 3: ("to_date", TEXT),
                4: ("until_us", INT64), 5: ("withdrawn", BOOL)}
NEW_EPOCH = {1: ("previous_origin", TEXT), 2: ("last_checkpoint", TEXT),
             3: ("approver_ids", DATA)}
AUDIT_EVENT = {
    1: ("sequence", UINT64), 2: ("time_us", INT64), 3: ("account_id", DATA),
    4: ("agency_id", DATA), 5: ("municipality_id", DATA), 6: ("role", UINT32),
    7: ("purpose", TEXT), 8: ("rpc", TEXT), 9: ("case_id", DATA), 10: ("meeting_id", DATA),
    11: ("item_id", DATA), 12: ("subject_account_id", DATA),
    13: ("cases_shown", MANY, CASE_SHOWN), 14: ("outcome", UINT32), 15: ("told_reason", UINT32),
    16: ("cause_reason", UINT32), 17: ("item_version", UINT64), 18: ("ciphertext_digest", DATA),
    19: ("items_shown", UINT32), 20: ("certificate_ref", DATA), 21: ("details_commitment", DATA),
    22: ("disposed_case_ids", DATA), 23: ("key_epoch", UINT32),
    24: ("basis_change", MESSAGE, BASIS_CHANGE), 25: ("clock_us", INT64),
    26: ("bundle_digest", DATA), 27: ("erased_month", TEXT),
    28: ("new_epoch", MESSAGE, NEW_EPOCH),
}


def read_varint(data, at):
    """Value and next place of a varint of at most ten bytes (protobuf's wire format)."""
    value = shift = 0
    while shift < 70:
        if at >= len(data):
            raise Malformed("varint breaks off")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, at
        shift += 7
    raise Malformed("varint too long")


def read_tag(data, at):
    """Field number, wire type and next place; numbers begin at 1 (protobuf's wire format)."""
    tag, at = (data[at], at + 1) if data[at] < 0x80 else read_varint(data, at)
    if not 8 <= tag < 2**32:
        raise Malformed("bad field number")
    return tag >> 3, tag & 7, at


def read_value(data, at, number, wire, depth=0):
    """Value and next place of a field (protobuf's wire format); a group has no value."""
    if wire == VARINT:
        return read_varint(data, at)
    if wire == BYTES:
        size, at = read_varint(data, at)
    elif wire in (FIXED64, FIXED32):
        size = 8 if wire == FIXED64 else 4
    elif wire == START:
        return None, skip_group(data, at, number, depth + 1)
    else:
        raise Malformed("bad wire type")
    if size > len(data) - at:
        raise Malformed("field breaks off")
    return data[at:at + size], at + size


def skip_group(data, at, group, depth):
    """The place after the end of an unknown group (protobuf's wire format)."""
    while depth <= MAX_DEPTH and at < len(data):
        number, wire, at = read_tag(data, at)
        if wire == END:
            if number != group:
                break
            return at
        _, at = read_value(data, at, number, wire, depth)
    raise Malformed("bad group")


def parse_message(data, form, into=None):
    """Fields by name: the last of a scalar wins, a message is merged, others are skipped."""
    message = {} if into is None else into
    at, end = 0, len(data)
    while at < end:
        number, wire, at = read_tag(data, at)
        value, at = read_value(data, at, number, wire)
        field = form.get(number)
        if field is None or wire != (VARINT if field[1] <= BOOL else BYTES):
            continue
        kind = field[1]
        if kind == UINT32:
            value &= 0xFFFFFFFF
        elif kind == INT64:
            value -= (value >> 63) << 64
        elif kind == TEXT:
            value = decode_text(value)
        elif kind == MESSAGE:
            value = parse_message(value, field[2], message.get(field[0]))
        elif kind == MANY:
            message.setdefault(field[0], []).append(parse_message(value, field[2]))
            continue
        message[field[0]] = value
    return message


def decode_text(value):
    """A proto3 string, which must be UTF-8."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("string is not UTF-8") from error


def parse_event(data):
    """One AuditEvent (audit.proto), as a dict of the fields that are there."""
    return parse_message(data, AUDIT_EVENT)


def day_of(moment):
    """The calendar day in Europe/Stockholm of microseconds since 1970 ("Which basis ...")."""
    try:
        return (EPOCH + timedelta(microseconds=moment)).astimezone(STOCKHOLM).date().isoformat()
    except OverflowError:
        return "" if moment < 0 else "~"


class Basis:
    """Term of a basis, and for each municipality whether it is withdrawn there."""

    def __init__(self):
        self.term = None
        self.withdrawn = {}

    def change(self, municipality, change):
        """Rule 2 of "Which basis lets somebody see"."""
        if change.get("withdrawn"):
            self.withdrawn[municipality] = True
            return
        self.term = (change.get("from_date", ""), change.get("to_date", ""),
                     change.get("until_us", 0))
        if municipality:
            self.withdrawn[municipality] = False

    def holds(self, moment):
        """Whether the term holds the moment, rule 1 of "Which basis lets somebody see"."""
        if self.term is None:
            return False
        first, last, until = self.term
        if until:
            return moment < until
        day = day_of(moment)
        return first <= day and (not last or day <= last)


class Judge:
    """Step 3 of "Offline verification": events in their order, held against the bases."""

    def __init__(self):
        self.place = 0
        self.time = None
        self.bases = {}
        self.epochs = []

    def judge(self, data):
        """Raises Malformed with the reason when the next event is bad."""
        event = parse_event(data)
        if event.get("sequence", 0) != self.place:
            raise Malformed("sequence number is not its place")
        time = event.get("time_us", 0)
        if self.time is not None and time < self.time:
            raise Malformed("time goes back")
        if "new_epoch" in event:
            last = event["new_epoch"].get("last_checkpoint", "").encode()
            self.epochs.append((self.place, parse_checkpoint(parse_note(last).text)))
        self.judge_bases(event, event.get("clock_us") or time)
        self.time = time
        self.place += 1

    def judge_bases(self, event, moment):
        """Rules 1 and 2 of "Which basis lets somebody see"."""
        outcome = event.get("outcome", 0)
        if outcome not in (ALLOWED, DRY_RUN):
            return
        for shown in event.get("cases_shown", ()):
            basis_id = shown.get("basis_id")
            if not basis_id:
                continue
            basis = self.bases.get(basis_id)
            if basis is None:
                raise Malformed("shown by an unknown basis")
            if not basis.holds(moment):
                raise Malformed("shown by a basis whose term does not hold")
            if all(basis.withdrawn.values()):
                raise Malformed("shown by a withdrawn basis")
        change = event.get("basis_change")
        if outcome == ALLOWED and change is not None:
            basis = self.bases.setdefault(change.get("basis_id", b""), Basis())
            basis.change(event.get("municipality_id", b""), change)
