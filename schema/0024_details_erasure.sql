-- SPDX-License-Identifier: Apache-2.0
--
-- Two auditors together destroy the key of a month's audit details. Without a municipality: of the
-- events that have none. The key is named once it is to be gone, so that a start can finish that.

CREATE TABLE details_erasure (
  erasure_id BLOB PRIMARY KEY CHECK (length(erasure_id) = 16),
  municipality_id BLOB REFERENCES municipality,
  ref TEXT NOT NULL UNIQUE,
  month TEXT NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  asked_at INTEGER NOT NULL,
  approved_by_id BLOB REFERENCES account,
  approved_at INTEGER,
  key_id BLOB CHECK (length(key_id) = 16),
  CHECK ((approved_by_id IS NULL) = (approved_at IS NULL)),
  CHECK ((approved_by_id IS NULL) = (key_id IS NULL)),
  CHECK (approved_by_id IS NULL OR approved_by_id <> account_id)
) STRICT;
