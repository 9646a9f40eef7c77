-- SPDX-License-Identifier: Apache-2.0
--
-- The epochs of the log. Each after the first begins after a restore: it goes on from the events
-- that were there, under an origin and a key of its own. Its first event is "server/new_epoch".
-- Which origin the log has is said here alone, and no longer among the settings.

CREATE TABLE log_epoch (
  number INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  first_sequence INTEGER NOT NULL UNIQUE
) STRICT;

INSERT INTO log_epoch (number, origin, first_sequence)
SELECT 1, value, 0 FROM setting WHERE name = 'log_origin';
DELETE FROM setting WHERE name = 'log_origin';

CREATE TRIGGER log_epoch_is_final_1 BEFORE UPDATE ON log_epoch
BEGIN SELECT RAISE(ABORT, 'log_epoch is append-only'); END;
CREATE TRIGGER log_epoch_is_final_2 BEFORE DELETE ON log_epoch
BEGIN SELECT RAISE(ABORT, 'log_epoch is append-only'); END;
