-- Consents: which agencies may share which kinds of information about a case, from and to (R6).

CREATE TABLE consent (
  consent_id BLOB PRIMARY KEY CHECK (length(consent_id) = 16),
  case_id BLOB NOT NULL REFERENCES case_file,
  ref TEXT NOT NULL,
  sealed_signatories BLOB NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL,
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
