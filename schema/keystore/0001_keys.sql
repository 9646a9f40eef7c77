-- SPDX-License-Identifier: Apache-2.0
--
-- The keystore, a file of its own that is backed up apart from the data (trust.md 3): one
-- wrapped key for each case, meeting and month of audit details, and the server's own wrapped
-- secrets.

CREATE TABLE wrapped_key (
  key_id BLOB PRIMARY KEY CHECK (length(key_id) = 16),
  kind INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  wrapped BLOB NOT NULL,
  key_check_value BLOB NOT NULL CHECK (length(key_check_value) = 16)
) STRICT;

-- Which key seals the audit details of a month; a null municipality is the installation.
CREATE TABLE detail_key (
  municipality_id BLOB,
  month TEXT NOT NULL,
  key_id BLOB NOT NULL REFERENCES wrapped_key
) STRICT;

CREATE TABLE server_secret (
  name TEXT PRIMARY KEY,
  wrapped BLOB NOT NULL
) STRICT;
