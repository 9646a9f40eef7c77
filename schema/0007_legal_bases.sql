-- SPDX-License-Identifier: Apache-2.0
--
-- What lifts secrecy, as dated data, and which municipality has enabled it (R1, R4, R7-R9b). The
-- rows that every installation begins with are in 0008.

-- A kind of agency that is zero is any, and an age that is zero none. Days are inclusive; a null
-- last day is until further notice.
CREATE TABLE legal_basis (
  basis_id BLOB PRIMARY KEY CHECK (length(basis_id) = 16),
  code TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  paragraph TEXT NOT NULL,
  title_swedish TEXT NOT NULL,
  title_english TEXT NOT NULL,
  form INTEGER NOT NULL,
  from_kind INTEGER NOT NULL,
  to_kind INTEGER NOT NULL,
  below_age INTEGER NOT NULL,
  enabled_by_default INTEGER NOT NULL,
  UNIQUE (code, valid_from)
) STRICT;

CREATE TABLE legal_basis_class (
  basis_id BLOB NOT NULL REFERENCES legal_basis,
  secrecy_class INTEGER NOT NULL,
  PRIMARY KEY (basis_id, secrecy_class)
) STRICT;

-- The newest decides.
CREATE TABLE legal_basis_decision (
  municipality_id BLOB NOT NULL REFERENCES municipality,
  basis_id BLOB NOT NULL REFERENCES legal_basis,
  version INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  decided_by TEXT NOT NULL,
  decision TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (municipality_id, basis_id, version)
) STRICT;

-- Each row of the catalogue as it stands in each municipality.
CREATE VIEW municipal_basis AS
SELECT m.municipality_id, b.basis_id, b.code, b.valid_from, b.valid_to, b.form, b.from_kind,
  b.to_kind, b.below_age, COALESCE(d.enabled, b.enabled_by_default) AS enabled
FROM municipality m CROSS JOIN legal_basis b
LEFT JOIN legal_basis_decision d ON d.municipality_id = m.municipality_id
  AND d.basis_id = b.basis_id
  AND d.version = (SELECT max(n.version) FROM legal_basis_decision n
    WHERE n.municipality_id = m.municipality_id AND n.basis_id = b.basis_id);
