-- SPDX-License-Identifier: Apache-2.0
--
-- The audit log: events as stored bytes, the nodes of their RFC 6962 tree, signed checkpoints,
-- and the erasable details beside the tree. The columns next to an event's bytes repeat what
-- lists filter by; the bytes alone are what is hashed and believed.

CREATE TABLE audit_event (
  sequence INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  rpc TEXT NOT NULL,
  event BLOB NOT NULL
) STRICT;

-- Which accounts an event is of (who called, and to whom it was done), which cases it showed or was
-- about, and which municipalities it concerns, for lists alone.
CREATE TABLE audit_event_account (
  account_id BLOB NOT NULL CHECK (length(account_id) = 16),
  sequence INTEGER NOT NULL REFERENCES audit_event,
  PRIMARY KEY (account_id, sequence)
) STRICT;

CREATE TABLE audit_event_case (
  case_id BLOB NOT NULL CHECK (length(case_id) = 16),
  sequence INTEGER NOT NULL REFERENCES audit_event,
  PRIMARY KEY (case_id, sequence)
) STRICT;

CREATE TABLE audit_event_municipality (
  municipality_id BLOB NOT NULL CHECK (length(municipality_id) = 16),
  sequence INTEGER NOT NULL REFERENCES audit_event,
  PRIMARY KEY (municipality_id, sequence)
) STRICT;

-- Roots of complete subtrees: level 0 is the leaf hash.
CREATE TABLE audit_node (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, idx)
) STRICT;

CREATE TABLE audit_checkpoint (
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE audit_detail (
  sequence INTEGER PRIMARY KEY REFERENCES audit_event,
  key_id BLOB NOT NULL CHECK (length(key_id) = 16),
  sealed BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_event_is_final_1 BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_is_final_2 BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_node_is_final_1 BEFORE UPDATE ON audit_node
BEGIN SELECT RAISE(ABORT, 'audit_node is append-only'); END;
CREATE TRIGGER audit_node_is_final_2 BEFORE DELETE ON audit_node
BEGIN SELECT RAISE(ABORT, 'audit_node is append-only'); END;
CREATE TRIGGER audit_checkpoint_is_final_1 BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
CREATE TRIGGER audit_checkpoint_is_final_2 BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
CREATE TRIGGER audit_event_account_is_final_1 BEFORE UPDATE ON audit_event_account
BEGIN SELECT RAISE(ABORT, 'audit_event_account is append-only'); END;
CREATE TRIGGER audit_event_account_is_final_2 BEFORE DELETE ON audit_event_account
BEGIN SELECT RAISE(ABORT, 'audit_event_account is append-only'); END;
CREATE TRIGGER audit_event_case_is_final_1 BEFORE UPDATE ON audit_event_case
BEGIN SELECT RAISE(ABORT, 'audit_event_case is append-only'); END;
CREATE TRIGGER audit_event_case_is_final_2 BEFORE DELETE ON audit_event_case
BEGIN SELECT RAISE(ABORT, 'audit_event_case is append-only'); END;
CREATE TRIGGER audit_event_municipality_is_final_1 BEFORE UPDATE ON audit_event_municipality
BEGIN SELECT RAISE(ABORT, 'audit_event_municipality is append-only'); END;
CREATE TRIGGER audit_event_municipality_is_final_2 BEFORE DELETE ON audit_event_municipality
BEGIN SELECT RAISE(ABORT, 'audit_event_municipality is append-only'); END;
