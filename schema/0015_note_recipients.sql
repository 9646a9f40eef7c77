-- SPDX-License-Identifier: Apache-2.0
--
-- For which agencies the author has meant a version of a note (R3). Without any, it is for those
-- that access/visibility.h says.

CREATE TABLE note_recipient (
  note_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  agency_id BLOB NOT NULL REFERENCES agency,
  PRIMARY KEY (note_id, version, agency_id),
  FOREIGN KEY (note_id, version) REFERENCES note_version
) STRICT;
