-- SPDX-License-Identifier: Apache-2.0
--
-- Meetings, their agenda, participants, attendance and minutes. What is said of a case is sealed
-- under the case's key, the rest under the meeting's own.

CREATE TABLE agenda_template (
  municipality_id BLOB PRIMARY KEY REFERENCES municipality,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE agenda_template_item (
  municipality_id BLOB NOT NULL REFERENCES agenda_template,
  position INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (municipality_id, position)
) STRICT;

CREATE TABLE meeting (
  meeting_id BLOB PRIMARY KEY CHECK (length(meeting_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  number TEXT NOT NULL UNIQUE,
  state INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  sealed_place BLOB NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_municipality ON meeting (municipality_id, number);

CREATE TABLE meeting_counter (
  municipality_id BLOB NOT NULL REFERENCES municipality,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (municipality_id, year)
) STRICT;

CREATE TABLE agenda_item (
  item_id BLOB PRIMARY KEY CHECK (length(item_id) = 16),
  meeting_id BLOB NOT NULL REFERENCES meeting,
  ref TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  case_id BLOB REFERENCES case_file,
  sealed_title BLOB,
  version INTEGER NOT NULL,
  UNIQUE (meeting_id, ref)
) STRICT;
CREATE INDEX agenda_item_case ON agenda_item (case_id);

CREATE TABLE minutes (
  item_id BLOB NOT NULL REFERENCES agenda_item,
  version INTEGER NOT NULL,
  sealed_content BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (item_id, version)
) STRICT;

-- Either an account or a guest with a name. A guest's name who comes for a case is sealed under
-- the case's key.
CREATE TABLE participant (
  participant_id BLOB PRIMARY KEY CHECK (length(participant_id) = 16),
  meeting_id BLOB NOT NULL REFERENCES meeting,
  ref TEXT NOT NULL,
  account_id BLOB REFERENCES account,
  case_id BLOB REFERENCES case_file,
  sealed_name BLOB,
  deputy_for_id BLOB REFERENCES participant,
  UNIQUE (meeting_id, ref),
  UNIQUE (meeting_id, account_id),
  CHECK ((account_id IS NULL) <> (sealed_name IS NULL)),
  CHECK (account_id IS NULL OR case_id IS NULL)
) STRICT;
CREATE INDEX participant_account ON participant (account_id, meeting_id);

-- scope_id is the agenda item, or the meeting for attendance at the meeting as a whole. Every
-- version is kept, for it proves who could hear what.
CREATE TABLE attendance (
  participant_id BLOB NOT NULL REFERENCES participant,
  scope_id BLOB NOT NULL CHECK (length(scope_id) = 16),
  version INTEGER NOT NULL,
  status INTEGER NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (participant_id, scope_id, version)
) STRICT;
CREATE INDEX attendance_scope ON attendance (scope_id);
