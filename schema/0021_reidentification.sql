-- SPDX-License-Identifier: Apache-2.0
--
-- Two auditors together turn a case's reference in the log into its number, once.

CREATE TABLE reidentification (
  request_id BLOB PRIMARY KEY CHECK (length(request_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  ref TEXT NOT NULL UNIQUE,
  log_case_id BLOB NOT NULL CHECK (length(log_case_id) = 16),
  key_id BLOB NOT NULL CHECK (length(key_id) = 16),
  sealed_reason BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  asked_at INTEGER NOT NULL,
  approved_by_id BLOB REFERENCES account,
  approved_at INTEGER,
  shown_at INTEGER,
  CHECK ((approved_by_id IS NULL) = (approved_at IS NULL)),
  CHECK (approved_by_id IS NULL OR approved_by_id <> account_id),
  CHECK (shown_at IS NULL OR approved_at IS NOT NULL)
) STRICT;
