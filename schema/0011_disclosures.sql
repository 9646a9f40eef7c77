-- SPDX-License-Identifier: Apache-2.0
--
-- What has gone from one agency to another. Every column named sealed_* lies in the compartment of
-- the owner, or of the agency that was asked.

-- Filled with the event that showed the item, never by a handler.
CREATE TABLE shown_item (
  case_id BLOB NOT NULL REFERENCES case_file,
  item_id BLOB NOT NULL CHECK (length(item_id) = 16),
  item_version INTEGER NOT NULL,
  owner_agency_id BLOB NOT NULL REFERENCES agency,
  recipient_agency_id BLOB NOT NULL REFERENCES agency,
  basis_id BLOB NOT NULL CHECK (length(basis_id) = 16),
  sequence INTEGER NOT NULL REFERENCES audit_event,
  PRIMARY KEY (case_id, item_id, item_version, recipient_agency_id, basis_id)
) STRICT;
CREATE INDEX shown_item_sequence ON shown_item (case_id, sequence);

CREATE TABLE disclosure (
  disclosure_id BLOB PRIMARY KEY CHECK (length(disclosure_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  note_id BLOB NOT NULL REFERENCES note,
  note_version INTEGER NOT NULL,
  owner_agency_id BLOB NOT NULL REFERENCES agency,
  recipient_agency_id BLOB NOT NULL REFERENCES agency,
  basis_id BLOB NOT NULL REFERENCES legal_basis,
  secrecy_class INTEGER NOT NULL,
  disclosed_on TEXT NOT NULL,
  sealed_assessment BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  recorded_at INTEGER NOT NULL,
  UNIQUE (case_id, ref)
) STRICT;

CREATE TABLE duty_request (
  duty_request_id BLOB PRIMARY KEY CHECK (length(duty_request_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  asked_agency_id BLOB NOT NULL REFERENCES agency,
  asking_agency_id BLOB NOT NULL REFERENCES agency,
  basis_id BLOB NOT NULL REFERENCES legal_basis,
  received_on TEXT NOT NULL,
  sealed_question BLOB NOT NULL,
  answer INTEGER NOT NULL,
  sealed_answer BLOB,
  answered_by BLOB REFERENCES account,
  answered_at INTEGER,
  UNIQUE (case_id, ref)
) STRICT;
