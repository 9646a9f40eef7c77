// SPDX-License-Identifier: Apache-2.0
//
// Reasons of cases, meetings, plans, law and the audit log: part of the table in reason.h.
#pragma once

#define SSPF_REASONS_OF_WORK(X)                                                                    \
  /* Cases and consents. */                                                                        \
  X(110, case_exists, already_exists, "Personen har redan ett pågående ärende i kommunen.",        \
    "The person has an open case in the municipality already.")                                    \
  X(111, group_needs_no_consent, failed_precondition,                                              \
    "Ett ärende om en grupp eller plats har inget samtycke.",                                      \
    "A case about a group or a place has no consent.")                                             \
  X(112, in_future, invalid_argument, "{} ligger i framtiden.", "{} is a date in the future.")     \
  X(113, consent_in_force, failed_precondition,                                                    \
    "Ett samtycke gäller fortfarande. Återkalla det först.",                                       \
    "A consent is still in force. Revoke it first.")                                               \
  X(114, case_full, failed_precondition, "Ärendet rymmer inte fler poster av det slaget.",         \
    "The case holds no more records of that kind.")                                                \
  /* Meetings. */                                                                                  \
  X(140, meeting_open_already, failed_precondition, "Mötet är redan öppnat.",                      \
    "The meeting is open already.")                                                                \
  X(141, item_has_records, failed_precondition,                                                    \
    "Punkten har minnesanteckningar eller närvaro och kan inte tas bort.",                         \
    "The item has minutes or attendance and cannot be removed.")                                   \
  X(142, outside_consent, failed_precondition,                                                     \
    "Deltagarens part omfattas inte av samtycket och får inte höra punkten.",                      \
    "The consent does not name the participant's agency, which must not hear the item.")           \
  X(143, meeting_full, failed_precondition, "Mötet har redan så många poster som får plats.",      \
    "The meeting holds as many entries as there is room for.")                                     \
  X(144, meeting_ends_before_start, invalid_argument, "{} ligger inte efter mötets början.",       \
    "{} is not after the start of the meeting.")                                                   \
  X(145, meeting_too_long, invalid_argument, "{} ligger mer än 24 timmar efter mötets början.",    \
    "{} is more than 24 hours after the start of the meeting.")                                    \
  /* Plans and commitments. */                                                                     \
  X(170, case_not_in_planning, failed_precondition,                                                \
    "Plan och åtaganden kan skrivas när ärendet är i kartläggning, plan eller uppföljning.",       \
    "Plan and commitments can be written while the case is in mapping, plan or follow-up.")        \
  X(171, commitment_ended, failed_precondition, "Åtagandet är avslutat och kan inte ändras.",      \
    "The commitment has ended and cannot be changed.")                                             \
  X(172, red_means_not_started, invalid_argument,                                                  \
    "Röd betyder ej påbörjat och anges bara med läget ej påbörjat eller ej genomfört.",            \
    "Red means not started and is given only with the status not started or not done.")            \
  X(173, yellow_means_started, invalid_argument,                                                   \
    "Gul betyder påbörjat: ett åtagande som inte är påbörjat är grönt eller rött.",                \
    "Yellow means started: a commitment that is not started is green or red.")                     \
  X(174, green_means_on_plan, failed_precondition,                                                 \
    "Grön betyder enligt plan och i tid: ange en annan färg när ett datum har passerats.",         \
    "Green means on plan and on time: give another colour once a date has passed.")                \
  X(175, done_means_green, invalid_argument, "Ett genomfört åtagande är grönt.",                   \
    "A commitment that is done is green.")                                                         \
  X(176, too_many_commitments, failed_precondition,                                                \
    "Ärendet har redan så många åtaganden som tillåts.",                                           \
    "The case already has as many commitments as are allowed.")                                    \
  X(177, too_many_versions, failed_precondition, "Det har ändrats så många gånger som tillåts.",   \
    "It has been changed as many times as is allowed.")                                            \
  X(180, started_already, failed_precondition,                                                     \
    "Åtagandet är påbörjat och kan inte bli ej påbörjat igen.",                                    \
    "The commitment is started and cannot become not started again.")                              \
  X(181, red_before_start, failed_precondition,                                                    \
    "Röd betyder ej påbörjat och kan inte anges före startdatumet.",                               \
    "Red means not started and cannot be given before the start date.")                            \
  X(182, not_done_means_off_plan, invalid_argument,                                                \
    "Ett åtagande som inte eller bara delvis är genomfört är inte grönt.",                         \
    "A commitment that is not done, or only partly done, is not green.")                           \
  /* Law. */                                                                                       \
  X(200, basis_not_in_force, failed_precondition,                                                  \
    "{} är inte en grund som gäller i kommunen i dag.",                                            \
    "{} is not a basis that is in force in the municipality today.")                               \
  X(201, more_than_guardians, invalid_argument, "{} har fler vårdnadshavare än den unge har.",     \
    "{} has more guardians than the young person has.")                                            \
  X(202, wrong_sha256, invalid_argument, "{} ska vara en SHA-256-summa: 64 tecken 0-9, a-f.",      \
    "{} must be a SHA-256 sum: 64 characters 0-9, a-f.")                                           \
  X(203, rules_not_in_order, invalid_argument,                                                     \
    "{} ska börja vid födelsen och följa i åldersordning.",                                        \
    "{} must begin at birth and follow in the order of their ages.")                               \
  X(204, adult_signs_alone, invalid_argument,                                                      \
    "{} ska låta den som har fyllt 18 år skriva under ensam, och ingen yngre.",                    \
    "{} must let a person of 18 sign alone, and nobody younger.")                                  \
  X(205, emergency_only_reads, permission_denied,                                                  \
    "En nödöppning ger rätt att läsa, inte att ändra.",                                            \
    "An emergency opening lets you read and not change.")                                          \
  X(206, emergency_not_reviewed, failed_precondition, "Din förra nödöppning är inte granskad än.", \
    "Your last emergency opening is not reviewed yet.")                                            \
  X(207, reviewed_already, failed_precondition, "Det är redan granskat.",                          \
    "It is reviewed already.")                                                                     \
  X(208, own_act, failed_precondition, "Det egna handlandet granskas av någon annan.",             \
    "Your own act is reviewed by somebody else.")                                                  \
  X(209, not_a_handler, not_found, "Det du söker finns inte.",                                     \
    "What you look for does not exist.")                                                           \
  X(210, blocked, not_found, "Det du söker finns inte.", "What you look for does not exist.")      \
  X(211, last_handler, failed_precondition,                                                        \
    "Ett ärende med skyddade personuppgifter ska ha en handläggare som samordnar.",                \
    "A case with a protected identity must have a handler who coordinates.")                       \
  X(212, secrecy_class_not_covered, failed_precondition,                                           \
    "Grunden {} omfattar inte uppgiftens sekretess.",                                              \
    "The basis {} does not cover the item's secrecy.")                                             \
  X(213, wrong_recipient, failed_precondition,                                                     \
    "Grunden omfattar inte utlämnande till den mottagaren.",                                       \
    "The basis does not cover disclosure to that recipient.")                                      \
  X(214, too_old_for_basis, failed_precondition,                                                   \
    "Grunden {} omfattar inte en person i den åldern.",                                            \
    "The basis {} does not cover a person of that age.")                                           \
  X(215, answered_already, failed_precondition, "Begäran är redan besvarad.",                      \
    "The request is answered already.")                                                            \
  X(216, protected_already, failed_precondition, "Personuppgifterna är redan skyddade.",           \
    "The identity is protected already.")                                                          \
  X(217, not_protected, failed_precondition, "Personuppgifterna är inte skyddade.",                \
    "The identity is not protected.")                                                              \
  X(218, recipient_outside_consent, failed_precondition, "{} omfattas inte av något samtycke.",    \
    "{} is named by no consent in force.")                                                         \
  /* Retention and disposal. */                                                                    \
  X(250, in_past, invalid_argument, "{} är ett datum som har passerat.",                           \
    "{} is a date in the past.")                                                                   \
  X(251, too_many_rules, failed_precondition,                                                      \
    "Kommunen har redan så många gallringsregler som tillåts.",                                    \
    "The municipality already has as many rules of retention as are allowed.")                     \
  X(252, hold_lifted, failed_precondition, "Gallringsspärren är redan hävd.",                      \
    "The legal hold is lifted already.")                                                           \
  X(253, case_on_hold, failed_precondition, "Ärendet har en gallringsspärr.",                      \
    "The case is on legal hold.")                                                                  \
  X(254, list_made_by_caller, failed_precondition,                                                 \
    "Den som har upprättat gallringslistan kan varken granska eller verkställa den.",              \
    "Whoever has made the disposal list can neither review nor execute it.")                       \
  X(255, list_reviewed_by_caller, failed_precondition,                                             \
    "Den som har granskat något på gallringslistan kan inte verkställa den.",                      \
    "Whoever has reviewed any of the disposal list cannot execute it.")                            \
  X(257, not_reviewed, failed_precondition,                                                        \
    "Det finns ärenden på gallringslistan som inte är granskade.",                                 \
    "Not every case on the disposal list is reviewed.")                                            \
  X(258, executed_already, failed_precondition, "Gallringslistan är redan verkställd.",            \
    "The disposal list is executed already.")                                                      \
  X(259, nothing_due, failed_precondition, "Inget ärende kan gallras nu.",                         \
    "No case can be disposed of now.")                                                             \
  /* Subject access. */                                                                            \
  X(260, subject_access_open, failed_precondition,                                                 \
    "Ett registerutdrag handläggs redan i ärendet.",                                               \
    "A subject access extract is being prepared in the case already.")                             \
  X(261, subject_access_closed, failed_precondition, "Registerutdraget är redan avslutat.",        \
    "The subject access extract is closed already.")                                               \
  X(262, subject_access_not_closed, failed_precondition, "Registerutdraget är inte avslutat än.",  \
    "The subject access extract is not closed yet.")                                               \
  X(263, subject_access_undecided, failed_precondition,                                            \
    "Det finns uppgifter i registerutdraget som inte är prövade.",                                 \
    "Not everything in the subject access extract is decided.")                                    \
  X(280, period_not_over, failed_precondition, "{} är inte slut än.", "{} is not over yet.")       \
  X(286, plan_exists, already_exists, "Ärendet har redan en åtagandeplan. Ändra den i stället.",   \
    "The case has a plan already. Revise it instead.")                                             \
  X(287, assigned_already, already_exists, "Kontot är redan tilldelat ärendet under de dagarna.",  \
    "The account is assigned to the case on those days already.")                                  \
  /* Audit log. */                                                                                 \
  X(178, wrong_reference, invalid_argument, "{} är inte en referens ur åtkomstloggen.",            \
    "{} is not a reference from the audit log.")                                                   \
  X(179, sizes_not_in_order, invalid_argument, "{} är mindre än den första storleken.",            \
    "{} is smaller than the first size.")
