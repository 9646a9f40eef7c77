-- SPDX-License-Identifier: Apache-2.0
--
-- When the youth signed, for a signature from before a birthday that asks for a new one does not
-- count (R6); and what a municipality's rules of signing and the last day of a basis were before.

ALTER TABLE consent ADD COLUMN youth_signed_on TEXT;
UPDATE consent SET youth_signed_on = from_date WHERE youth_signed <> 0;
ALTER TABLE consent DROP COLUMN youth_signed;

-- The newest version decides.
CREATE TABLE signature_rule_version (
  municipality_id BLOB NOT NULL REFERENCES municipality,
  version INTEGER NOT NULL,
  from_age INTEGER NOT NULL,
  guardians INTEGER NOT NULL,
  youth INTEGER NOT NULL,
  account_id BLOB REFERENCES account,
  set_at INTEGER,
  PRIMARY KEY (municipality_id, version, from_age)
) STRICT;
INSERT INTO signature_rule_version (municipality_id, version, from_age, guardians, youth)
SELECT municipality_id, 1, from_age, guardians, youth FROM signature_rule;
DROP TABLE signature_rule;

CREATE TABLE legal_basis_end (
  basis_id BLOB NOT NULL REFERENCES legal_basis,
  version INTEGER NOT NULL,
  valid_to TEXT NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  set_at INTEGER NOT NULL,
  PRIMARY KEY (basis_id, version)
) STRICT;
