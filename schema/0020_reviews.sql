-- SPDX-License-Identifier: Apache-2.0
--
-- Review of the access log (R13): campaigns, their samples, and what was judged, asked, answered
-- and reported. Texts are about staff and sealed under the month's key of audit details, which each
-- value names.

-- The newest version counts; without one, the default. A version's number is no other
-- municipality's either.
CREATE TABLE review_rule (
  municipality_id BLOB NOT NULL REFERENCES municipality,
  rule INTEGER NOT NULL,
  version INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  set_at INTEGER NOT NULL,
  PRIMARY KEY (municipality_id, rule, version)
) STRICT;

-- part is 0 for the whole month, else the number of the campaign that was drawn while it ran.
CREATE TABLE review_campaign (
  campaign_id BLOB PRIMARY KEY CHECK (length(campaign_id) = 16),
  municipality_id BLOB NOT NULL REFERENCES municipality,
  number TEXT NOT NULL UNIQUE,
  month TEXT NOT NULL,
  part INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  random_items INTEGER NOT NULL,
  opened_by_id BLOB NOT NULL REFERENCES account,
  opened_at INTEGER NOT NULL,
  drawn_by_id BLOB REFERENCES account,
  drawn_at INTEGER,
  from_us INTEGER,
  to_us INTEGER,
  period_events INTEGER NOT NULL,
  scanned_events INTEGER NOT NULL,
  case_events INTEGER NOT NULL,
  log_size INTEGER NOT NULL,
  checkpoint_note TEXT NOT NULL,
  signed_by_id BLOB REFERENCES account,
  signed_at INTEGER,
  UNIQUE (municipality_id, month, part),
  CHECK ((drawn_by_id IS NULL) = (drawn_at IS NULL)),
  CHECK ((signed_by_id IS NULL) = (signed_at IS NULL)),
  CHECK (signed_at IS NULL OR drawn_at IS NOT NULL)
) STRICT;

-- How many events each rule fitted when the sample was drawn.
CREATE TABLE review_found (
  campaign_id BLOB NOT NULL REFERENCES review_campaign,
  rule INTEGER NOT NULL,
  found INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, rule)
) STRICT;

-- One event of a sample. The verdict and its version repeat the newest of review_verdict.
CREATE TABLE review_item (
  item_id BLOB PRIMARY KEY CHECK (length(item_id) = 16),
  campaign_id BLOB NOT NULL REFERENCES review_campaign,
  ref TEXT NOT NULL UNIQUE,
  sequence INTEGER NOT NULL REFERENCES audit_event,
  account_id BLOB NOT NULL CHECK (length(account_id) = 16),
  verdict INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (campaign_id, sequence)
) STRICT;

CREATE TABLE review_item_rule (
  item_id BLOB NOT NULL REFERENCES review_item,
  rule INTEGER NOT NULL,
  PRIMARY KEY (item_id, rule)
) STRICT;

CREATE TABLE review_verdict (
  item_id BLOB NOT NULL REFERENCES review_item,
  version INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  key_id BLOB NOT NULL CHECK (length(key_id) = 16),
  sealed_comment BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  judged_at INTEGER NOT NULL,
  PRIMARY KEY (item_id, version)
) STRICT;

CREATE TABLE review_question (
  question_id BLOB PRIMARY KEY CHECK (length(question_id) = 16),
  item_id BLOB NOT NULL REFERENCES review_item,
  ref TEXT NOT NULL UNIQUE,
  key_id BLOB NOT NULL CHECK (length(key_id) = 16),
  sealed_question BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  asked_at INTEGER NOT NULL,
  asked_id BLOB NOT NULL REFERENCES account,
  answer_key_id BLOB CHECK (length(answer_key_id) = 16),
  sealed_answer BLOB,
  answered_at INTEGER,
  CHECK ((sealed_answer IS NULL) = (answered_at IS NULL)),
  CHECK ((sealed_answer IS NULL) = (answer_key_id IS NULL))
) STRICT;
CREATE INDEX review_question_item ON review_question (item_id);
CREATE INDEX review_question_asked ON review_question (asked_id, answered_at);

CREATE TABLE review_incident (
  incident_id BLOB PRIMARY KEY CHECK (length(incident_id) = 16),
  item_id BLOB NOT NULL UNIQUE REFERENCES review_item,
  ref TEXT NOT NULL UNIQUE,
  key_id BLOB NOT NULL CHECK (length(key_id) = 16),
  sealed_text BLOB NOT NULL,
  account_id BLOB NOT NULL REFERENCES account,
  reported_at INTEGER NOT NULL
) STRICT;
