// SPDX-License-Identifier: Apache-2.0
//
// Every reason for which a call can be refused: one row gives its wire name, its code and its text
// in Swedish and English. The numbers are stored in the audit log, so a number is never used again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/base/code.h"

namespace sspf {

// SSPF_REASONS(X) lists X(number, name, code, swedish, english). In a text, {} is the field's name.
#define SSPF_REASONS(X)                                                                            \
  /* Protocol. */                                                                                  \
  X(1, no_such_method, unimplemented, "Anropet finns inte.", "There is no such method.")           \
  X(2, wrong_encoding, unimplemented,                                                              \
    "Komprimerat innehåll stöds inte; skicka med kodningen identity.",                             \
    "Compressed content is not supported; send it with the encoding identity.")                    \
  X(3, malformed_message, invalid_argument,                                                        \
    "Meddelandet går inte att läsa: fel format, eller text som inte är giltig UTF-8.",             \
    "The message cannot be read: wrong format, or text that is not valid UTF-8.")                  \
  X(4, wrong_protocol_version, invalid_argument, "Connect-Protocol-Version ska vara 1.",           \
    "Connect-Protocol-Version must be 1.")                                                         \
  X(5, wrong_timeout, invalid_argument, "Connect-Timeout-Ms ska vara högst tio siffror.",          \
    "Connect-Timeout-Ms must be at most ten digits.")                                              \
  X(6, deadline_passed, deadline_exceeded, "Tiden för anropet gick ut innan det började.",         \
    "The time for the call ran out before it began.")                                              \
  X(7, fault, internal, "Ett fel uppstod i servern. Ingenting har sparats.",                       \
    "The server failed. Nothing was stored.")                                                      \
  X(8, overloaded, unavailable, "Servern är upptagen. Försök igen om en stund.",                   \
    "The server is busy. Try again in a while.")                                                   \
  X(9, audit_unavailable, unavailable, "Åtkomstloggen kan inte skrivas, så inga anrop besvaras.",  \
    "The audit log cannot be written, so no call is answered.")                                    \
  X(10, too_many_calls, resource_exhausted, "För många anrop på kort tid. Vänta en stund.",        \
    "Too many calls in a short time. Wait a while.")                                               \
  X(11, wrong_content_type, invalid_argument,                                                      \
    "Innehållstypen ska vara application/proto eller application/json.",                           \
    "The content type must be application/proto or application/json.")                             \
  X(12, wrong_envelope, unimplemented,                                                             \
    "En ström ska börja med exakt ett meddelande i ett kuvert.",                                   \
    "A stream must begin with exactly one enveloped message.")                                     \
  X(13, storage_full, unavailable, "Serverns lagring är nästan full, så inga anrop besvaras.",     \
    "The server's storage is almost full, so no call is answered.")                                \
  /* Identity. */                                                                                  \
  X(20, no_certificate, unauthenticated, "Du är inte inloggad: klientcertifikat saknas.",          \
    "You are not signed in: there is no client certificate.")                                      \
  X(21, unknown_certificate, unauthenticated, "Klientcertifikatet gäller inte.",                   \
    "The client certificate is not valid here.")                                                   \
  X(22, certificate_revoked, unauthenticated, "Klientcertifikatet gäller inte.",                   \
    "The client certificate is not valid here.")                                                   \
  X(23, certificate_expired, unauthenticated, "Klientcertifikatet gäller inte.",                   \
    "The client certificate is not valid here.")                                                   \
  X(24, account_suspended, unauthenticated, "Klientcertifikatet gäller inte.",                     \
    "The client certificate is not valid here.")                                                   \
  X(25, wrong_enrolment_code, unauthenticated,                                                     \
    "Aktiveringskoden gäller inte: den är fel, använd eller för gammal.",                          \
    "The enrolment code is not valid: it is wrong, used or too old.")                              \
  X(26, enrolment_code_used, unauthenticated,                                                      \
    "Aktiveringskoden gäller inte: den är fel, använd eller för gammal.",                          \
    "The enrolment code is not valid: it is wrong, used or too old.")                              \
  X(27, enrolment_code_expired, unauthenticated,                                                   \
    "Aktiveringskoden gäller inte: den är fel, använd eller för gammal.",                          \
    "The enrolment code is not valid: it is wrong, used or too old.")                              \
  X(28, wrong_signing_request, invalid_argument,                                                   \
    "{} ska vara en certifikatbegäran (CSR) med en P-256-nyckel.",                                 \
    "{} must be a certificate signing request (CSR) with a P-256 key.")                            \
  /* Leave. */                                                                                     \
  X(40, not_found, not_found, "Det du söker finns inte.", "What you look for does not exist.")     \
  X(41, role_missing, permission_denied, "Din roll ger inte rätt att göra detta.",                 \
    "Your role does not permit this.")                                                             \
  X(42, other_municipality, not_found, "Det du söker finns inte.",                                 \
    "What you look for does not exist.")                                                           \
  X(43, not_assigned, not_found, "Det du söker finns inte.", "What you look for does not exist.")  \
  X(44, no_basis, not_found, "Det du söker finns inte.", "What you look for does not exist.")      \
  X(45, not_invited, not_found, "Det du söker finns inte.", "What you look for does not exist.")   \
  X(46, other_agency, permission_denied, "Du kan bara ändra det som din egen part ansvarar för.",  \
    "You can change only what your own agency is responsible for.")                                \
  /* Fields. */                                                                                    \
  X(60, missing, invalid_argument, "{} saknas.", "{} is missing.")                                 \
  X(61, too_long, invalid_argument, "{} är för lång.", "{} is too long.")                          \
  X(62, control_character, invalid_argument, "{} innehåller otillåtna styrtecken.",                \
    "{} contains control characters that are not allowed.")                                        \
  X(63, too_many_items, invalid_argument, "{} har för många poster.", "{} has too many items.")    \
  X(64, unknown_value, invalid_argument, "{} har ett värde som inte finns.",                       \
    "{} has a value that does not exist.")                                                         \
  X(65, wrong_date, invalid_argument, "{} är inte ett datum som finns, på formen ÅÅÅÅ-MM-DD.",     \
    "{} is not a date that exists, in the form YYYY-MM-DD.")                                       \
  X(66, wrong_time, invalid_argument, "{} är inte en tid på formen ÅÅÅÅ-MM-DDTHH:MM.",             \
    "{} is not a time in the form YYYY-MM-DDTHH:MM.")                                              \
  X(67, ends_before_start, invalid_argument, "{} ligger före startdatumet.",                       \
    "{} is before the start date.")                                                                \
  X(68, wrong_request_id, invalid_argument, "{} ska vara 16 till 64 tecken a-z, 0-9 eller -.",     \
    "{} must be 16 to 64 characters a-z, 0-9 or -.")                                               \
  X(69, wrong_code_form, invalid_argument, "{} ska vara 2 till 20 tecken A-Z, 0-9 eller -.",       \
    "{} must be 2 to 20 characters A-Z, 0-9 or -.")                                                \
  X(70, wrong_handle_form, invalid_argument,                                                       \
    "{} ska vara 2 till 40 tecken a-z, 0-9, punkt eller -.",                                       \
    "{} must be 2 to 40 characters a-z, 0-9, dot or -.")                                           \
  X(71, wrong_number_form, invalid_argument,                                                       \
    "{} är inte ett personnummer eller samordningsnummer: skriv ÅÅÅÅMMDDNNNN.",                    \
    "{} is not a personal or coordination number: write YYYYMMDDNNNN.")                            \
  X(72, wrong_check_digit, invalid_argument, "{} har fel kontrollsiffra.",                         \
    "{} has a wrong check digit.")                                                                 \
  X(73, impossible_birth_date, invalid_argument, "{} har ett födelsedatum som inte finns.",        \
    "{} has a birth date that does not exist.")                                                    \
  X(74, born_in_future, invalid_argument, "{} har ett födelsedatum som inte har varit.",           \
    "{} has a birth date in the future.")                                                          \
  X(75, unexpected, invalid_argument, "{} ska inte anges här.", "{} must not be given here.")      \
  X(76, wrong_page_token, invalid_argument, "{} är inte en sida ur samma lista.",                  \
    "{} is not a page of the same list.")                                                          \
  X(77, too_large, invalid_argument, "{} är större än tillåtet.", "{} is larger than allowed.")    \
  /* State. */                                                                                     \
  X(90, stale_version, aborted, "Någon annan har ändrat detta. Läs om och försök igen.",           \
    "Somebody else has changed this. Read it again and retry.")                                    \
  X(91, request_id_reused, already_exists, "{} har redan använts för ett annat anrop.",            \
    "{} was already used for another call.")                                                       \
  X(92, already_there, already_exists, "{} finns redan.", "{} exists already.")                    \
  X(93, state_does_not_follow, failed_precondition, "Ärendet kan inte gå till det läget nu.",      \
    "The case cannot move to that state now.")                                                     \
  X(94, case_closed, failed_precondition, "Ärendet är avslutat.", "The case is closed.")           \
  X(95, meeting_closed, failed_precondition, "Mötet är stängt och kan inte ändras.",               \
    "The meeting is closed and cannot be changed.")                                                \
  X(96, meeting_not_open, failed_precondition, "Mötet är inte öppnat.",                            \
    "The meeting is not open.")                                                                    \
  X(97, no_consent_in_force, failed_precondition, "Det finns inget samtycke som gäller.",          \
    "There is no consent in force.")                                                               \
  X(98, revoked_already, failed_precondition, "Det är redan återkallat.",                          \
    "It is revoked already.")                                                                      \
  X(99, roles_conflict, failed_precondition,                                                       \
    "Administratör, granskare och den som arbetar med ärenden ska vara olika konton.",             \
    "Administrator, auditor and whoever works with cases must be different accounts.")             \
  X(100, own_account, failed_precondition,                                                         \
    "Det egna kontot kan inte ändras så; be en annan administratör.",                              \
    "Your own account cannot be changed like this; ask another administrator.")                    \
  X(101, too_many_certificates, failed_precondition,                                               \
    "Kontot har redan så många giltiga certifikat som tillåts: ett måste återkallas först.",       \
    "The account already has as many valid certificates as allowed: one must be revoked first.")   \
  /* Cases and consents. */                                                                        \
  X(110, case_exists, already_exists, "Personen har redan ett pågående ärende i kommunen.",        \
    "The person has an open case in the municipality already.")                                    \
  X(111, group_needs_no_consent, failed_precondition,                                              \
    "Ett ärende om en grupp eller plats har inget samtycke.",                                      \
    "A case about a group or a place has no consent.")                                             \
  X(112, in_future, invalid_argument, "{} är ett datum som inte har varit.",                       \
    "{} is a date in the future.")                                                                 \
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
  X(257, not_reviewed, failed_precondition, "Alla ärenden på gallringslistan är inte granskade.",  \
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
    "Alla uppgifter i registerutdraget är inte prövade.",                                          \
    "Not everything in the subject access extract is decided.")                                    \
  X(280, period_not_over, failed_precondition, "{} är inte slut än.", "{} is not over yet.")       \
  /* Audit log. */                                                                                 \
  X(178, wrong_reference, invalid_argument, "{} är inte en referens ur åtkomstloggen.",            \
    "{} is not a reference from the audit log.")

enum class Reason : std::uint16_t {
#define X(number, name, code, swedish, english) name = (number),
  SSPF_REASONS(X)
#undef X
};

// The name in the audit log and in error details, "stale_version".
std::string_view name_of(Reason reason);
Code code_of(Reason reason);
std::string swedish(Reason reason, std::string_view field);
std::string english(Reason reason, std::string_view field);

// For a number read back from the log; false when no reason has it.
bool is_reason(std::uint32_t number);

}  // namespace sspf
