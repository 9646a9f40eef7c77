-- SPDX-License-Identifier: Apache-2.0
--
-- Municipalities, agencies, accounts, their roles, enrolment codes and certificates.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE municipality (
  municipality_id BLOB PRIMARY KEY CHECK (length(municipality_id) = 16),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE agency (
  agency_id BLOB PRIMARY KEY CHECK (length(agency_id) = 16),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE agency_municipality (
  agency_id BLOB NOT NULL REFERENCES agency,
  municipality_id BLOB NOT NULL REFERENCES municipality,
  PRIMARY KEY (agency_id, municipality_id)
) STRICT;

CREATE TABLE account (
  account_id BLOB PRIMARY KEY CHECK (length(account_id) = 16),
  handle TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  agency_id BLOB NOT NULL REFERENCES agency,
  suspended INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

-- A null municipality is the whole installation.
CREATE TABLE role_grant (
  account_id BLOB NOT NULL REFERENCES account,
  role INTEGER NOT NULL,
  municipality_id BLOB REFERENCES municipality
) STRICT;
CREATE INDEX role_grant_account ON role_grant (account_id);

-- Codes are stored as SHA-256: 128 random bits need no slow hash.
CREATE TABLE enrolment_code (
  code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
  account_id BLOB NOT NULL REFERENCES account,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE TABLE certificate (
  fingerprint BLOB PRIMARY KEY CHECK (length(fingerprint) = 32),
  serial TEXT NOT NULL UNIQUE,
  account_id BLOB NOT NULL REFERENCES account,
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  revoked_at INTEGER,
  -- The certificate that a renewal was asked for with: it is revoked together with that one.
  renewed_from BLOB REFERENCES certificate
) STRICT;
CREATE INDEX certificate_renewed_from ON certificate (renewed_from);
CREATE INDEX certificate_account ON certificate (account_id);
