-- SPDX-License-Identifier: Apache-2.0
--
-- What keeps people out of a case above every role, and the emergency opening that lets one in.

CREATE TABLE case_block (
  case_id BLOB NOT NULL REFERENCES case_file,
  account_id BLOB NOT NULL REFERENCES account,
  version INTEGER NOT NULL,
  sealed_reason BLOB NOT NULL,
  author_id BLOB NOT NULL REFERENCES account,
  blocked_at INTEGER NOT NULL,
  lifted_at INTEGER,
  PRIMARY KEY (case_id, account_id, version)
) STRICT;

CREATE TABLE case_protection (
  case_id BLOB PRIMARY KEY REFERENCES case_file,
  level INTEGER NOT NULL,
  protected_at INTEGER NOT NULL
) STRICT;

CREATE TABLE case_handler (
  case_id BLOB NOT NULL REFERENCES case_protection,
  account_id BLOB NOT NULL REFERENCES account,
  named_at INTEGER NOT NULL,
  PRIMARY KEY (case_id, account_id)
) STRICT;

CREATE TABLE emergency_opening (
  opening_id BLOB PRIMARY KEY CHECK (length(opening_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  opened_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  sealed_reason BLOB NOT NULL,
  verdict INTEGER NOT NULL,
  reviewer_id BLOB REFERENCES account,
  reviewed_at INTEGER,
  sealed_comment BLOB,
  UNIQUE (case_id, ref)
) STRICT;
CREATE INDEX emergency_opening_account ON emergency_opening (account_id, case_id);
