-- SPDX-License-Identifier: Apache-2.0
--
-- The åtagandeplan of a case with every version, its commitments and their follow-ups.

CREATE TABLE plan (
  case_id BLOB PRIMARY KEY REFERENCES case_file,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_version (
  case_id BLOB NOT NULL REFERENCES plan,
  version INTEGER NOT NULL,
  review_date TEXT NOT NULL,
  sealed_content BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (case_id, version)
) STRICT;

CREATE TABLE commitment (
  commitment_id BLOB PRIMARY KEY CHECK (length(commitment_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  agency_id BLOB NOT NULL REFERENCES agency,
  secrecy_class INTEGER NOT NULL,
  due_date TEXT NOT NULL,
  status INTEGER NOT NULL,
  rag INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (case_id, ref)
) STRICT;

-- One row for each version of the whole commitment: a change of its terms, or a follow-up.
CREATE TABLE commitment_version (
  commitment_id BLOB NOT NULL REFERENCES commitment,
  version INTEGER NOT NULL,
  start_date TEXT NOT NULL,
  due_date TEXT NOT NULL,
  status INTEGER NOT NULL,
  rag INTEGER NOT NULL,
  is_progress INTEGER NOT NULL,
  sealed_content BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (commitment_id, version)
) STRICT;

-- Replies of writes, so that a repeated request_id gives the first answer again. Replies of
-- writes hold references and versions only, no content.
CREATE TABLE request (
  account_id BLOB NOT NULL REFERENCES account,
  request_id TEXT NOT NULL,
  rpc TEXT NOT NULL,
  body_digest BLOB NOT NULL CHECK (length(body_digest) = 32),
  reply BLOB NOT NULL,
  stored_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, request_id)
) STRICT;
CREATE INDEX request_stored_at ON request (stored_at);
