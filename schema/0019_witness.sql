-- SPDX-License-Identifier: Apache-2.0
--
-- The newest checkpoint that witnesses have cosigned: its note with their signature lines. One row,
-- since it says all that the earlier ones did. Nothing in it is secret.

CREATE TABLE cosigned_checkpoint (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  size INTEGER NOT NULL REFERENCES audit_checkpoint,
  note TEXT NOT NULL
) STRICT;

CREATE TRIGGER cosigned_checkpoint_goes_forward_1 BEFORE UPDATE ON cosigned_checkpoint
WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT, 'cosigned_checkpoint goes forward only'); END;
CREATE TRIGGER cosigned_checkpoint_goes_forward_2 BEFORE DELETE ON cosigned_checkpoint
BEGIN SELECT RAISE(ABORT, 'cosigned_checkpoint goes forward only'); END;
