-- SPDX-License-Identifier: Apache-2.0
--
-- Alerts of the audit log: what raises them, which cases are decoys, and how far each alert has
-- gone. Nothing here names a person; a decoy is known by its reference in the log.

-- The newest version counts; without one, the default (handlers/alert_rules.cc). Versions are
-- numbered through all municipalities.
CREATE TABLE alert_rule (
  version INTEGER PRIMARY KEY,
  municipality_id BLOB NOT NULL REFERENCES municipality,
  kind INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  window_minutes INTEGER NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  set_at INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_rule_municipality ON alert_rule (municipality_id, kind, version);

CREATE TABLE alert_decoy (
  decoy_id BLOB PRIMARY KEY CHECK (length(decoy_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  log_case_id BLOB NOT NULL CHECK (length(log_case_id) = 16),
  account_id BLOB NOT NULL REFERENCES account,
  added_at INTEGER NOT NULL,
  removed_by_id BLOB REFERENCES account,
  removed_at INTEGER,
  CHECK ((removed_by_id IS NULL) = (removed_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX alert_decoy_case ON alert_decoy (log_case_id) WHERE removed_at IS NULL;
CREATE INDEX alert_decoy_municipality ON alert_decoy (municipality_id) WHERE removed_at IS NULL;

-- last_time_us is that of the last event counted: until a window after it, the same is not raised
-- again.
CREATE TABLE alert (
  alert_id BLOB PRIMARY KEY CHECK (length(alert_id) = 16),
  ref TEXT NOT NULL UNIQUE,
  municipality_id BLOB REFERENCES municipality,
  kind INTEGER NOT NULL,
  account_id BLOB CHECK (length(account_id) = 16),
  first_sequence INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  last_time_us INTEGER NOT NULL,
  count INTEGER NOT NULL,
  raised_at INTEGER NOT NULL,
  acknowledged_by_id BLOB REFERENCES account,
  acknowledged_at INTEGER,
  CHECK ((acknowledged_by_id IS NULL) = (acknowledged_at IS NULL))
) STRICT;
CREATE INDEX alert_last_sequence ON alert (last_sequence);

-- One row for each way that an alert goes out.
CREATE TABLE alert_delivery (
  alert_id BLOB NOT NULL REFERENCES alert,
  channel INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  delivered_at INTEGER,
  PRIMARY KEY (alert_id, channel)
) STRICT;
CREATE INDEX alert_delivery_waiting ON alert_delivery (attempts, next_at)
  WHERE delivered_at IS NULL;

-- The first event that has not been looked at. An older number costs time and nothing else.
CREATE TABLE alert_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  next_sequence INTEGER NOT NULL
) STRICT;
