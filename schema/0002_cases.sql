-- SPDX-License-Identifier: Apache-2.0
--
-- Cases, who is assigned to them, and notes. Every column named sealed_* holds a value sealed
-- under a compartment key of the case (trust.md 3).

CREATE TABLE case_file (
  case_id BLOB PRIMARY KEY CHECK (length(case_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  number TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  coordinating_agency_id BLOB NOT NULL REFERENCES agency,
  referring_agency_id BLOB NOT NULL REFERENCES agency,
  referred_on TEXT NOT NULL,
  sealed_subject BLOB NOT NULL,
  -- For decisions by age alone; null when it is not known.
  sealed_birth_date BLOB,
  number_index BLOB CHECK (length(number_index) = 3),
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX case_file_municipality ON case_file (municipality_id, number);
CREATE INDEX case_file_number_index ON case_file (municipality_id, number_index);

CREATE TABLE case_counter (
  municipality_id BLOB NOT NULL REFERENCES municipality,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (municipality_id, year)
) STRICT;

CREATE TABLE case_state_change (
  case_id BLOB NOT NULL REFERENCES case_file,
  version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  sealed_reason BLOB,
  account_id BLOB NOT NULL REFERENCES account,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (case_id, version)
) STRICT;

CREATE TABLE assignment (
  assignment_id BLOB PRIMARY KEY CHECK (length(assignment_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  account_id BLOB NOT NULL REFERENCES account,
  from_date TEXT NOT NULL,
  to_date TEXT,
  ended_at INTEGER
) STRICT;
CREATE INDEX assignment_case ON assignment (case_id);
CREATE INDEX assignment_account ON assignment (account_id, case_id);

CREATE TABLE note (
  note_id BLOB PRIMARY KEY CHECK (length(note_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  owner_agency_id BLOB NOT NULL REFERENCES agency,
  kind INTEGER NOT NULL,
  secrecy_class INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (case_id, ref)
) STRICT;

CREATE TABLE note_version (
  note_id BLOB NOT NULL REFERENCES note,
  version INTEGER NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  written_at INTEGER NOT NULL,
  sealed_text BLOB NOT NULL,
  PRIMARY KEY (note_id, version)
) STRICT;
