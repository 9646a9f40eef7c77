-- SPDX-License-Identifier: Apache-2.0
--
-- Consents: which agencies may share which kinds of information about a case, for what purposes,
-- from and to (R6); and who must sign one at which age (R5).

-- Nothing here tells an age: whether the signatures suffice is computed at every read, from the
-- sealed birth date of the case.
CREATE TABLE consent (
  consent_id BLOB PRIMARY KEY CHECK (length(consent_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  sealed_content BLOB NOT NULL,
  guardians_signed INTEGER NOT NULL,
  guardians INTEGER NOT NULL,
  youth_signed INTEGER NOT NULL,
  overridden_role INTEGER NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL,
  secrecy_basis TEXT NOT NULL,
  gdpr_basis INTEGER NOT NULL,
  special_data_basis INTEGER NOT NULL,
  form_sha256 BLOB NOT NULL CHECK (length(form_sha256) = 32),
  account_id BLOB NOT NULL REFERENCES account,
  recorded_at INTEGER NOT NULL,
  revoked_at INTEGER,
  UNIQUE (case_id, ref)
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

CREATE TABLE consent_purpose (
  consent_id BLOB NOT NULL REFERENCES consent,
  purpose INTEGER NOT NULL,
  PRIMARY KEY (consent_id, purpose)
) STRICT;

-- A municipality's own table; without rows the default of access/signing.h applies.
CREATE TABLE signature_rule (
  municipality_id BLOB NOT NULL REFERENCES municipality,
  from_age INTEGER NOT NULL,
  guardians INTEGER NOT NULL,
  youth INTEGER NOT NULL,
  PRIMARY KEY (municipality_id, from_age)
) STRICT;
