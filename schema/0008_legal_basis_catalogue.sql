-- SPDX-License-Identifier: Apache-2.0
--
-- The catalogue that every installation begins with. A municipality's lawyer confirms it before it
-- is used: the paragraphs were not read in their official wording (R7-R9b). An administrator
-- changes it with `sspf basis`, without a new release; what differs later is a new row there.
--
-- form: 1 by consent, 2 standing, 3 item by item. from_kind, to_kind: 0 any, 1 social services,
-- 2 school, 3 police. Secrecy classes: 1 26 kap., 2 23 kap., 3 35 kap. OSL, 4 no special cover.

INSERT INTO legal_basis (basis_id, code, valid_from, valid_to, paragraph, title_swedish,
  title_english, form, from_kind, to_kind, below_age, enabled_by_default) VALUES
(X'00000000000000000000000000000001', 'OSL-10-1', '2009-06-30', NULL,
 '10 kap. 1 § OSL',
 'Samtycke av den enskilde',
 'Consent of the individual',
 1, 0, 0, 0, 1),
(X'00000000000000000000000000000002', 'OSL-12-2', '2009-06-30', NULL,
 '12 kap. 2 § OSL',
 'Den enskilde häver sekretess till skydd för sig själv',
 'The individual waives secrecy that protects the individual',
 1, 0, 0, 0, 1),
(X'00000000000000000000000000000003', 'OSL-10-2', '2009-06-30', NULL,
 '10 kap. 2 § OSL',
 'Nödvändigt för den egna verksamheten',
 'Necessary for the own task',
 3, 0, 0, 0, 1),
(X'00000000000000000000000000000004', 'OSL-10-15A', '2025-12-01', NULL,
 '10 kap. 15 a § OSL (SFS 2025:934)',
 'Förebygga, utreda eller lagföra brott, efter intresseavvägning',
 'To prevent, investigate or prosecute crime, after balancing interests',
 3, 0, 3, 0, 0),
(X'00000000000000000000000000000005', 'OSL-10-18A', '2013-01-01', '2025-03-31',
 '10 kap. 18 a § OSL',
 'Socialtjänsten till polisen om den som är under 21 år och riskerar att begå brott',
 'Social services to the police about a person under 21 at risk of offending',
 3, 1, 3, 21, 1),
(X'00000000000000000000000000000006', 'OSL-10-18A', '2025-04-01', NULL,
 '10 kap. 18 a § OSL i lydelse från 1 april 2025',
 'Socialtjänsten till polisen för att förebygga brott',
 'Social services to the police to prevent crime',
 3, 1, 3, 21, 1),
(X'00000000000000000000000000000007', 'OSL-10-21', '2009-06-30', NULL,
 '10 kap. 21 § OSL',
 'Misstanke om vissa brott mot den som är under 18 år',
 'Suspicion of certain crimes against a person under 18',
 3, 0, 3, 0, 1),
(X'00000000000000000000000000000008', 'OSL-10-22A', '2025-04-01', NULL,
 '10 kap. 22 a § OSL',
 'Misstanke om vissa brott',
 'Suspicion of certain crimes',
 3, 0, 3, 0, 1),
(X'00000000000000000000000000000009', 'OSL-10-23', '2009-06-30', NULL,
 '10 kap. 23 § OSL',
 'Misstanke om begånget brott av visst slag',
 'Suspicion of a committed crime of a certain gravity',
 3, 0, 3, 0, 1),
(X'0000000000000000000000000000000A', 'OSL-10-24', '2009-06-30', NULL,
 '10 kap. 24 § OSL',
 'Misstanke om begånget brott',
 'Suspicion of a committed crime',
 3, 0, 3, 0, 1),
(X'0000000000000000000000000000000B', 'OSL-10-27', '2009-06-30', NULL,
 '10 kap. 27 § OSL',
 'Generalklausulen',
 'The general clause',
 3, 0, 0, 0, 1),
(X'0000000000000000000000000000000C', 'OSL-10-28', '2009-06-30', NULL,
 '10 kap. 28 § OSL',
 'Uppgiftsskyldighet enligt lag eller förordning',
 'Duty by act or ordinance to disclose',
 3, 0, 0, 0, 1),
(X'0000000000000000000000000000000D', 'L-2025-170-4', '2025-04-01', NULL,
 '4 § lagen (2025:170)',
 'Kontaktuppgifter på begäran',
 'Contact data on request',
 3, 0, 3, 0, 1),
(X'0000000000000000000000000000000E', 'L-2025-170-6', '2025-04-01', NULL,
 '6 § lagen (2025:170)',
 'Kommunens skyldighet att lämna uppgifter till brottsbekämpande myndigheter',
 'The municipality''s duty to give data to law enforcement',
 3, 0, 3, 0, 1),
(X'0000000000000000000000000000000F', 'L-2025-170-7', '2025-04-01', NULL,
 '7 § lagen (2025:170)',
 'Rektors skyldighet att lämna uppgifter till brottsbekämpande myndigheter',
 'The head teacher''s duty to give data to law enforcement',
 3, 2, 3, 0, 1),
(X'00000000000000000000000000000010', 'SOL-19-1', '2025-07-01', NULL,
 '19 kap. 1 § SoL (2025:400)',
 'Orosanmälan till socialnämnden',
 'Report of concern to the social services',
 3, 0, 1, 18, 1);

INSERT INTO legal_basis_class (basis_id, secrecy_class)
SELECT b.basis_id, c.secrecy_class FROM legal_basis b
JOIN (SELECT 1 AS secrecy_class UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) c
-- 26 kap. is outside the general clause and the duties of 2025:170 (R8, R10); 18 a is of it alone.
WHERE CASE
  WHEN b.code = 'OSL-10-18A' THEN c.secrecy_class = 1
  WHEN b.code IN ('OSL-10-24', 'OSL-10-27', 'L-2025-170-6', 'L-2025-170-7')
    THEN c.secrecy_class <> 1
  ELSE 1
END;
