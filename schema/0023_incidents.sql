-- SPDX-License-Identifier: Apache-2.0
--
-- Bundles of events that were exported for the authorities: the sum of each, and when the incident
-- became known. The bundles themselves are not here.

CREATE TABLE incident_export (
  incident_id BLOB PRIMARY KEY CHECK (length(incident_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  year TEXT NOT NULL,
  number TEXT NOT NULL UNIQUE,
  known_us INTEGER NOT NULL,
  from_us INTEGER,
  to_us INTEGER,
  events INTEGER NOT NULL,
  bundle_digest BLOB NOT NULL CHECK (length(bundle_digest) = 32),
  account_id BLOB NOT NULL REFERENCES account,
  exported_at INTEGER NOT NULL
) STRICT;
