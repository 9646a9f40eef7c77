-- SPDX-License-Identifier: Apache-2.0
--
-- Who is kept out of which case above every role: by a block, or by a protected identity of which
-- the account is no handler. Said once, for every list that has to leave such cases out.

CREATE VIEW kept_out AS
SELECT case_id, account_id FROM case_block WHERE lifted_at IS NULL
UNION ALL
SELECT p.case_id, a.account_id FROM case_protection p CROSS JOIN account a
WHERE NOT EXISTS (SELECT 1 FROM case_handler h
  WHERE h.case_id = p.case_id AND h.account_id = a.account_id);
