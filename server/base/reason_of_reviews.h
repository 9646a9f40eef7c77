// SPDX-License-Identifier: Apache-2.0
//
// The reasons of what security staff do with the log: rows of the table in reason.h.
#pragma once

#define SSPF_REASONS_OF_REVIEWS(X)                                                                \
  X(271, campaign_exists, already_exists, "Månadens loggkontroll är redan öppnad.",               \
    "The month's campaign is opened already.")                                                    \
  X(272, drawn_already, failed_precondition, "Urvalet är redan draget.",                          \
    "The sample is drawn already.")                                                               \
  X(273, not_drawn, failed_precondition, "Urvalet är inte draget än.",                            \
    "The sample is not drawn yet.")                                                               \
  X(274, signed_off_already, failed_precondition, "Loggkontrollen är redan signerad.",            \
    "The campaign is signed off already.")                                                        \
  X(275, own_reads, failed_precondition, "Den egna åtkomsten bedöms av någon annan.",             \
    "What your own account did is judged by somebody else.")                                      \
  X(276, not_judged, failed_precondition, "Det finns poster i urvalet som inte är bedömda.",      \
    "Not every item of the sample is judged.")                                                    \
  X(277, question_open, failed_precondition, "En begäran om förklaring är obesvarad.",            \
    "A question is not answered yet.")                                                            \
  X(278, unclear_left, failed_precondition, "En post är bedömd som oklar.",                       \
    "An item is judged as unclear.")                                                              \
  X(279, escalated_already, failed_precondition, "Posten har redan en incidentrapport.",          \
    "The item has an incident report already.")                                                   \
  X(270, too_many_questions, failed_precondition, "Det finns redan så många frågor som tillåts.", \
    "There are already as many questions as are allowed.")                                        \
  X(281, too_many_parts, failed_precondition,                                                     \
    "Månaden har redan så många delkontroller som tillåts.",                                      \
    "The month already has as many campaigns of a part of it as are allowed.")                    \
  X(282, wrong_month, invalid_argument, "{} är inte en månad på formen ÅÅÅÅ-MM.",                 \
    "{} is not a month in the form YYYY-MM.")                                                     \
  X(283, approved_already, failed_precondition, "Begäran är redan godkänd.",                      \
    "The request is approved already.")                                                           \
  X(284, not_approved, failed_precondition, "Begäran är inte godkänd av någon annan.",            \
    "The request is not approved by somebody else.")                                              \
  X(285, shown_already, failed_precondition,                                                      \
    "Uppgiften har redan visats, eller tiden har gått ut.",                                       \
    "It has been shown already, or the time has run out.")                                        \
  X(290, acknowledged_already, failed_precondition, "Larmet är redan kvitterat.",                 \
    "The alert is acknowledged already.")                                                         \
  X(291, too_many_decoys, failed_precondition,                                                    \
    "Kommunen har redan så många lockbetesärenden som tillåts.",                                  \
    "The municipality already has as many decoy cases as are allowed.")                           \
  X(300, too_many_incident_events, invalid_argument,                                              \
    "Underlaget skulle få fler händelser än tillåtet: avgränsa tid, konto eller ärende.",         \
    "The bundle would have more events than are allowed: narrow time, account or case.")          \
  X(301, details_too_recent, failed_precondition,                                                 \
    "Månadens detaljer ska finnas kvar i minst två år efter månadens slut.",                      \
    "The month's details are to be kept for at least two years after its end.")                   \
  X(302, nothing_to_erase, failed_precondition, "Det finns inga detaljer från månaden.",          \
    "There are no details of the month.")
