-- SPDX-License-Identifier: Apache-2.0
--
-- Retention and disposal (R17-R19): rules, legal holds, and lists of cases to dispose of. What a
-- list says of a case outlives the case: its number, the day, and who judged.

-- Dated decisions of the municipality. The rule in force on a day is the newest of those that were
-- valid by then; all are kept, for a list names the rule it was made by. In preserved_birth_days
-- bit d stands for the day d of a month: whoever is born on such a day is preserved.
CREATE TABLE retention_rule (
  rule_id BLOB PRIMARY KEY CHECK (length(rule_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  ref TEXT NOT NULL,
  category INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  years INTEGER NOT NULL,
  preserves_everything INTEGER NOT NULL,
  preserved_birth_days INTEGER NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  set_at INTEGER NOT NULL,
  UNIQUE (municipality_id, ref)
) STRICT;

CREATE TABLE legal_hold (
  hold_id BLOB PRIMARY KEY CHECK (length(hold_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  sealed_reason BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  set_at INTEGER NOT NULL,
  lifted_by_id BLOB REFERENCES account,
  lifted_at INTEGER,
  UNIQUE (case_id, ref),
  CHECK ((lifted_by_id IS NULL) = (lifted_at IS NULL))
) STRICT;

CREATE TABLE disposal_list (
  list_id BLOB PRIMARY KEY CHECK (length(list_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  ref TEXT NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  created_at INTEGER NOT NULL,
  executed_by_id BLOB REFERENCES account,
  executed_at INTEGER,
  UNIQUE (municipality_id, ref),
  CHECK ((executed_by_id IS NULL) = (executed_at IS NULL))
) STRICT;

-- A null rule is the default of a municipality that has not decided. Verdict and outcome are null
-- until there is one.
CREATE TABLE disposal_item (
  list_id BLOB NOT NULL REFERENCES disposal_list,
  case_id BLOB NOT NULL REFERENCES case_file,
  rule_id BLOB REFERENCES retention_rule,
  due_on TEXT NOT NULL,
  verdict INTEGER,
  sealed_reason BLOB,
  reviewed_by_id BLOB REFERENCES account,
  reviewed_at INTEGER,
  outcome INTEGER,
  PRIMARY KEY (list_id, case_id),
  CHECK ((verdict IS NULL) = (reviewed_by_id IS NULL))
) STRICT;
CREATE INDEX disposal_item_case ON disposal_item (case_id);
