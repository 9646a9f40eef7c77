-- SPDX-License-Identifier: Apache-2.0
--
-- Consents: which agencies may share which kinds of information about a case, from and to (R6).

-- effective_from and effective_to are the days of the term on which everybody has signed whose
-- signature the young person's age requires then (R5). Null when there is no such day. They are
-- fixed when the consent is recorded, so a consent by a guardian alone ends by itself at
-- fifteen.
CREATE TABLE consent (
  consent_id BLOB PRIMARY KEY CHECK (length(consent_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  sealed_signatories BLOB NOT NULL,
  guardian_signed INTEGER NOT NULL,
  youth_signed INTEGER NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL,
  effective_from TEXT,
  effective_to TEXT,
  account_id BLOB NOT NULL REFERENCES account,
  recorded_at INTEGER NOT NULL,
  revoked_at INTEGER,
  UNIQUE (case_id, ref),
  CHECK ((effective_from IS NULL) = (effective_to IS NULL))
) STRICT;

CREATE TABLE consent_agency (
  consent_id BLOB NOT NULL REFERENCES consent,
  agency_id BLOB NOT NULL REFERENCES agency,
  PRIMARY KEY (consent_id, agency_id)
) STRICT;

CREATE TABLE consent_kind (
  consent_id BLOB NOT NULL REFERENCES consent,
  kind INTEGER NOT NULL,
  PRIMARY KEY (consent_id, kind)
) STRICT;
