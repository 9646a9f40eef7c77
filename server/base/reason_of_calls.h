// SPDX-License-Identifier: Apache-2.0
//
// Reasons of protocol, identity, leave, fields and states: part of the table in reason.h.
#pragma once

#define SSPF_REASONS_OF_CALLS(X)                                                                  \
  /* Protocol. */                                                                                 \
  X(1, no_such_method, unimplemented, "Anropet finns inte.", "There is no such method.")          \
  X(2, wrong_encoding, unimplemented,                                                             \
    "Komprimerat innehåll stöds inte; skicka med kodningen identity.",                            \
    "Compressed content is not supported; send it with the encoding identity.")                   \
  X(3, malformed_message, invalid_argument,                                                       \
    "Meddelandet går inte att läsa: fel format, eller text som inte är giltig UTF-8.",            \
    "The message cannot be read: wrong format, or text that is not valid UTF-8.")                 \
  X(4, wrong_protocol_version, invalid_argument, "Connect-Protocol-Version ska vara 1.",          \
    "Connect-Protocol-Version must be 1.")                                                        \
  X(5, wrong_timeout, invalid_argument, "Connect-Timeout-Ms ska vara högst tio siffror.",         \
    "Connect-Timeout-Ms must be at most ten digits.")                                             \
  X(6, deadline_passed, deadline_exceeded, "Tiden för anropet gick ut innan det började.",        \
    "The time for the call ran out before it began.")                                             \
  X(7, fault, internal, "Ett fel uppstod i servern. Ingenting har sparats.",                      \
    "The server failed. Nothing was stored.")                                                     \
  X(8, overloaded, unavailable, "Servern är upptagen. Försök igen om en stund.",                  \
    "The server is busy. Try again in a while.")                                                  \
  X(9, audit_unavailable, unavailable, "Åtkomstloggen kan inte skrivas, så inga anrop besvaras.", \
    "The audit log cannot be written, so no call is answered.")                                   \
  X(10, too_many_calls, resource_exhausted, "För många anrop på kort tid. Vänta en stund.",       \
    "Too many calls in a short time. Wait a while.")                                              \
  X(15, too_many_lookups, resource_exhausted,                                                     \
    "Antalet sökningar på personnummer per timme är begränsat. Vänta några minuter.",             \
    "Look-ups by identity number are limited for each hour. Wait a few minutes.")                 \
  X(11, wrong_content_type, invalid_argument,                                                     \
    "Innehållstypen ska vara application/proto eller application/json.",                          \
    "The content type must be application/proto or application/json.")                            \
  X(12, wrong_envelope, unimplemented,                                                            \
    "En ström ska börja med exakt ett meddelande i ett kuvert.",                                  \
    "A stream must begin with exactly one enveloped message.")                                    \
  X(13, storage_full, unavailable, "Serverns lagring är nästan full, så inga anrop besvaras.",    \
    "The server's storage is almost full, so no call is answered.")                               \
  X(14, not_witnessed, unavailable, "Vittnena bekräftar inte åtkomstloggen just nu.",             \
    "The witnesses do not confirm the audit log right now.")                                      \
  /* Identity. */                                                                                 \
  X(20, no_certificate, unauthenticated, "Du är inte inloggad: klientcertifikat saknas.",         \
    "You are not signed in: there is no client certificate.")                                     \
  X(21, unknown_certificate, unauthenticated, "Klientcertifikatet gäller inte.",                  \
    "The client certificate is not valid here.")                                                  \
  X(22, certificate_revoked, unauthenticated, "Klientcertifikatet gäller inte.",                  \
    "The client certificate is not valid here.")                                                  \
  X(23, certificate_expired, unauthenticated, "Klientcertifikatet gäller inte.",                  \
    "The client certificate is not valid here.")                                                  \
  X(24, account_suspended, unauthenticated, "Klientcertifikatet gäller inte.",                    \
    "The client certificate is not valid here.")                                                  \
  X(25, wrong_enrolment_code, unauthenticated,                                                    \
    "Aktiveringskoden gäller inte: den är fel, använd eller för gammal.",                         \
    "The enrolment code is not valid: it is wrong, used or too old.")                             \
  X(26, enrolment_code_used, unauthenticated,                                                     \
    "Aktiveringskoden gäller inte: den är fel, använd eller för gammal.",                         \
    "The enrolment code is not valid: it is wrong, used or too old.")                             \
  X(27, enrolment_code_expired, unauthenticated,                                                  \
    "Aktiveringskoden gäller inte: den är fel, använd eller för gammal.",                         \
    "The enrolment code is not valid: it is wrong, used or too old.")                             \
  X(28, wrong_signing_request, invalid_argument,                                                  \
    "{} ska vara en certifikatbegäran (CSR) med en P-256-nyckel.",                                \
    "{} must be a certificate signing request (CSR) with a P-256 key.")                           \
  /* Leave. */                                                                                    \
  X(40, not_found, not_found, "Det du söker finns inte.", "What you look for does not exist.")    \
  X(41, role_missing, permission_denied, "Din roll ger inte rätt att göra detta.",                \
    "Your role does not permit this.")                                                            \
  X(42, other_municipality, not_found, "Det du söker finns inte.",                                \
    "What you look for does not exist.")                                                          \
  X(43, not_assigned, not_found, "Det du söker finns inte.", "What you look for does not exist.") \
  X(44, no_basis, not_found, "Det du söker finns inte.", "What you look for does not exist.")     \
  X(45, not_invited, not_found, "Det du söker finns inte.", "What you look for does not exist.")  \
  X(46, other_agency, permission_denied, "Du kan bara ändra det som din egen part ansvarar för.", \
    "You can change only what your own agency is responsible for.")                               \
  /* Fields. */                                                                                   \
  X(60, missing, invalid_argument, "{} saknas.", "{} is missing.")                                \
  X(61, too_long, invalid_argument, "{} är för lång: högst {max} tecken.",                        \
    "{} is too long: at most {max} characters.")                                                  \
  X(62, control_character, invalid_argument, "{} innehåller otillåtna styrtecken.",               \
    "{} contains control characters that are not allowed.")                                       \
  X(63, too_many_items, invalid_argument, "{} har för många poster: högst {max}.",                \
    "{} has too many items: at most {max}.")                                                      \
  X(64, unknown_value, invalid_argument, "{} har ett värde som inte finns.",                      \
    "{} has a value that does not exist.")                                                        \
  X(65, wrong_date, invalid_argument, "{} är inte ett datum som finns, på formen ÅÅÅÅ-MM-DD.",    \
    "{} is not a date that exists, in the form YYYY-MM-DD.")                                      \
  X(66, wrong_time, invalid_argument, "{} är inte en tid på formen ÅÅÅÅ-MM-DDTHH:MM.",            \
    "{} is not a time in the form YYYY-MM-DDTHH:MM.")                                             \
  X(67, ends_before_start, invalid_argument, "{} ligger före startdatumet.",                      \
    "{} is before the start date.")                                                               \
  X(68, wrong_request_id, invalid_argument, "{} ska vara 16 till 64 tecken a-z, 0-9 eller -.",    \
    "{} must be 16 to 64 characters a-z, 0-9 or -.")                                              \
  X(69, wrong_code_form, invalid_argument, "{} ska vara 2 till 20 tecken A-Z, 0-9 eller -.",      \
    "{} must be 2 to 20 characters A-Z, 0-9 or -.")                                               \
  X(70, wrong_handle_form, invalid_argument,                                                      \
    "{} ska vara 2 till 40 tecken a-z, 0-9, punkt eller -.",                                      \
    "{} must be 2 to 40 characters a-z, 0-9, dot or -.")                                          \
  X(71, wrong_number_form, invalid_argument,                                                      \
    "{} är inte ett personnummer eller samordningsnummer: skriv ÅÅÅÅMMDDNNNN.",                   \
    "{} is not a personal or coordination number: write YYYYMMDDNNNN.")                           \
  X(72, wrong_check_digit, invalid_argument, "{} har fel kontrollsiffra.",                        \
    "{} has a wrong check digit.")                                                                \
  X(73, impossible_birth_date, invalid_argument, "{} har ett födelsedatum som inte finns.",       \
    "{} has a birth date that does not exist.")                                                   \
  X(74, born_in_future, invalid_argument, "{} har ett födelsedatum som ligger i framtiden.",      \
    "{} has a birth date in the future.")                                                         \
  X(75, unexpected, invalid_argument, "{} ska inte anges här.", "{} must not be given here.")     \
  X(76, wrong_page_token, invalid_argument, "{} är inte en sida ur samma lista.",                 \
    "{} is not a page of the same list.")                                                         \
  X(77, too_large, invalid_argument, "{} är större än tillåtet: högst {max}.",                    \
    "{} is larger than allowed: at most {max}.")                                                  \
  /* State. */                                                                                    \
  X(90, stale_version, aborted, "Någon annan har ändrat detta. Läs om och försök igen.",          \
    "Somebody else has changed this. Read it again and retry.")                                   \
  X(91, request_id_reused, already_exists, "{} har redan använts för ett annat anrop.",           \
    "{} was already used for another call.")                                                      \
  X(92, already_there, already_exists, "{} finns redan.", "{} exists already.")                   \
  X(93, state_does_not_follow, failed_precondition, "Ärendet kan inte gå till det läget nu.",     \
    "The case cannot move to that state now.")                                                    \
  X(94, case_closed, failed_precondition, "Ärendet är avslutat.", "The case is closed.")          \
  X(95, meeting_closed, failed_precondition, "Mötet är stängt och kan inte ändras.",              \
    "The meeting is closed and cannot be changed.")                                               \
  X(96, meeting_not_open, failed_precondition, "Mötet är inte öppnat.",                           \
    "The meeting is not open.")                                                                   \
  X(97, no_consent_in_force, failed_precondition, "Det finns inget samtycke som gäller.",         \
    "There is no consent in force.")                                                              \
  X(98, revoked_already, failed_precondition, "Det är redan återkallat.",                         \
    "It is revoked already.")                                                                     \
  X(99, roles_conflict, failed_precondition,                                                      \
    "Administratör, granskare och den som arbetar med ärenden ska vara olika konton.",            \
    "Administrator, auditor and whoever works with cases must be different accounts.")            \
  X(100, own_account, failed_precondition,                                                        \
    "Det egna kontot kan inte ändras så; be en annan administratör.",                             \
    "Your own account cannot be changed like this; ask another administrator.")                   \
  X(101, too_many_certificates, failed_precondition,                                              \
    "Kontot har redan så många giltiga certifikat som tillåts: ett måste återkallas först.",      \
    "The account already has as many valid certificates as allowed: one must be revoked first.")
