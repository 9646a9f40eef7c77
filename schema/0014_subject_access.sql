-- SPDX-License-Identifier: Apache-2.0
--
-- The extract that a person is entitled to (GDPR article 15, R18): what is kept of a case, piece by
-- piece, and what the agency that owns each has decided about it.

-- Everything that is sealed of a case, in one form: source as in v1::SubjectAccessSource, row and
-- version as the value's place names them (access/sealed.h). A null owner is the coordinating
-- agency, and a null class the one that the owner's items have unless it sets another. A sealed
-- column that is missing here makes a test fail that looks through the schema.
CREATE VIEW case_content AS
SELECT case_id, 1 AS source, case_id AS row_id, 1 AS version, NULL AS owner_agency_id,
  1 AS information_kind, NULL AS secrecy_class, NULL AS written_at, sealed_subject AS sealed
  FROM case_file
UNION ALL SELECT case_id, 2, case_id, version, NULL, 1, NULL, changed_at, sealed_reason
  FROM case_state_change WHERE sealed_reason IS NOT NULL
UNION ALL SELECT n.case_id, 3, n.note_id, v.version, n.owner_agency_id, n.kind, n.secrecy_class,
  v.written_at, v.sealed_text FROM note n JOIN note_version v ON v.note_id = n.note_id
UNION ALL SELECT case_id, 4, consent_id, 1, NULL, 1, NULL, recorded_at, sealed_content FROM consent
UNION ALL SELECT i.case_id, 5, i.item_id, m.version, NULL, 4, NULL, m.written_at, m.sealed_content
  FROM agenda_item i JOIN minutes m ON m.item_id = i.item_id
UNION ALL SELECT case_id, 6, participant_id, 1, NULL, 1, NULL, NULL, sealed_name
  FROM participant WHERE sealed_name IS NOT NULL
UNION ALL SELECT case_id, 7, case_id, version, NULL, 3, NULL, written_at, sealed_content
  FROM plan_version
UNION ALL SELECT c.case_id, 8, c.commitment_id, v.version, c.agency_id, 3, c.secrecy_class,
  v.written_at, v.sealed_content
  FROM commitment c JOIN commitment_version v ON v.commitment_id = c.commitment_id
UNION ALL SELECT d.case_id, 9, d.disclosure_id, 1, d.owner_agency_id, n.kind, d.secrecy_class,
  d.recorded_at, d.sealed_assessment FROM disclosure d JOIN note n ON n.note_id = d.note_id
UNION ALL SELECT case_id, 10, duty_request_id, 1, asked_agency_id, 2, NULL, NULL, sealed_question
  FROM duty_request
UNION ALL SELECT case_id, 11, duty_request_id, 1, asked_agency_id, 2, NULL, answered_at,
  sealed_answer FROM duty_request WHERE sealed_answer IS NOT NULL
UNION ALL SELECT case_id, 12, opening_id, 1, NULL, 1, NULL, opened_at, sealed_reason
  FROM emergency_opening
UNION ALL SELECT case_id, 13, opening_id, 1, NULL, 1, NULL, reviewed_at, sealed_comment
  FROM emergency_opening WHERE sealed_comment IS NOT NULL
UNION ALL SELECT case_id, 14, account_id, version, NULL, 1, NULL, blocked_at, sealed_reason
  FROM case_block
UNION ALL SELECT case_id, 15, hold_id, 1, NULL, 1, NULL, set_at, sealed_reason FROM legal_hold
UNION ALL SELECT case_id, 16, list_id, 1, NULL, 1, NULL, reviewed_at, sealed_reason
  FROM disposal_item WHERE sealed_reason IS NOT NULL;

CREATE TABLE subject_access (
  access_id BLOB PRIMARY KEY CHECK (length(access_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  asked_on TEXT NOT NULL,
  asked_by INTEGER NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  opened_at INTEGER NOT NULL,
  closed_by_id BLOB REFERENCES account,
  closed_at INTEGER,
  UNIQUE (case_id, ref),
  CHECK ((closed_by_id IS NULL) = (closed_at IS NULL))
) STRICT;

-- What is released lies in the coordinating agency's compartment, for it gives the extract; the
-- reason to withhold lies in the owner's. Decision and version are 0 until there is one.
CREATE TABLE subject_access_entry (
  entry_id BLOB PRIMARY KEY CHECK (length(entry_id) = 16),
  access_id BLOB NOT NULL REFERENCES subject_access,
  ref TEXT NOT NULL,
  position INTEGER NOT NULL,
  source INTEGER NOT NULL,
  row_id BLOB NOT NULL CHECK (length(row_id) = 16),
  row_version INTEGER NOT NULL,
  owner_agency_id BLOB NOT NULL REFERENCES agency,
  information_kind INTEGER NOT NULL,
  secrecy_class INTEGER NOT NULL,
  written_at INTEGER,
  version INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  paragraph TEXT NOT NULL,
  sealed_reason BLOB,
  sealed_release BLOB,
  decided_by_id BLOB REFERENCES account,
  decided_at INTEGER,
  UNIQUE (access_id, position),
  UNIQUE (access_id, ref)
) STRICT;
