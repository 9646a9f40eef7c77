// SPDX-License-Identifier: Apache-2.0
//
// `--dry-run` of every kind of write: the server checks and answers as for the write itself, stores
// nothing of it, and logs it as what it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/rpc/methods.h"
#include "sspf/v1/basis.pb.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

// One of everything that a write can be about.
class DryRun : public testing::Test {
 protected:
  DryRun() {
    v1::AddNoteRequest note;
    note.set_case_number(number_);
    note.set_text("Frånvaron är högst på måndagar.");
    note_ =
        town_.caller("anna").get<v1::AddNoteResponse>("sspf.v1.CaseService/AddNote", note).note();
    consent_ = read<v1::ListConsentsResponse>("anna", "ConsentService/ListConsents",
                                              about_case<v1::ListConsentsRequest>())
                   .consents(0)
                   .consent();
    auto open = about<v1::OpenMeetingRequest>(open_);
    open.set_version(1);
    read<v1::OpenMeetingResponse>("anna", "MeetingService/OpenMeeting", open);
    town_.caller("stig");  // who has a certificate from here on
    v1::ListCertificatesRequest certificates;
    certificates.set_handle("stig");
    serial_ =
        read<v1::ListCertificatesResponse>("root", "AccountService/ListCertificates", certificates)
            .certificates(0)
            .serial();
  }

  template <typename Request>
  Request about_case() {
    Request request;
    request.set_case_number(number_);
    return request;
  }
  template <typename Request>
  Request about(const TownMeeting& meeting) {
    Request request;
    request.set_meeting_number(meeting.number);
    return request;
  }
  template <typename Response>
  Response read(const std::string& handle, const std::string& rpc,
                const google::protobuf::Message& request) {
    return town_.caller(handle).get<Response>("sspf.v1." + rpc, request);
  }
  template <typename Response>
  std::string text(const std::string& handle, const std::string& rpc,
                   const google::protobuf::Message& request) {
    return rpc + "\n" + read<Response>(handle, rpc, request).DebugString();
  }

  std::string directory() {
    v1::GetAccountRequest stig;
    stig.set_handle("stig");
    v1::ListCertificatesRequest certificates;
    certificates.set_handle("stig");
    return text<v1::ListMunicipalitiesResponse>("root", "MunicipalityService/ListMunicipalities",
                                                v1::ListMunicipalitiesRequest()) +
           text<v1::ListAgenciesResponse>("root", "AgencyService/ListAgencies",
                                          v1::ListAgenciesRequest()) +
           text<v1::ListAccountsResponse>("root", "AccountService/ListAccounts",
                                          v1::ListAccountsRequest()) +
           text<v1::GetAccountResponse>("root", "AccountService/GetAccount", stig) +
           text<v1::ListCertificatesResponse>("root", "AccountService/ListCertificates",
                                              certificates);
  }
  std::string cases() {
    v1::ListNoteVersionsRequest versions = about_case<v1::ListNoteVersionsRequest>();
    versions.set_note(note_);
    return text<v1::ListCasesResponse>("anna", "CaseService/ListCases", v1::ListCasesRequest()) +
           text<v1::GetCaseResponse>("anna", "CaseService/GetCase",
                                     about_case<v1::GetCaseRequest>()) +
           text<v1::ListAssignmentsResponse>("anna", "CaseService/ListAssignments",
                                             about_case<v1::ListAssignmentsRequest>()) +
           text<v1::ListNotesResponse>("anna", "CaseService/ListNotes",
                                       about_case<v1::ListNotesRequest>()) +
           text<v1::ListNoteVersionsResponse>("anna", "CaseService/ListNoteVersions", versions) +
           text<v1::ListConsentsResponse>("anna", "ConsentService/ListConsents",
                                          about_case<v1::ListConsentsRequest>());
  }
  std::string meetings() {
    v1::GetAgendaTemplateRequest of_tyr;
    of_tyr.set_municipality_code("TYR");
    std::string all =
        text<v1::ListMeetingsResponse>("anna", "MeetingService/ListMeetings",
                                       v1::ListMeetingsRequest()) +
        text<v1::GetAgendaTemplateResponse>("anna", "AgendaService/GetAgendaTemplate", of_tyr);
    for (const TownMeeting& meeting : {meeting_, open_}) {
      all += text<v1::ListParticipantsResponse>("anna", "MeetingService/ListParticipants",
                                                about<v1::ListParticipantsRequest>(meeting)) +
             text<v1::ListAgendaResponse>("anna", "AgendaService/ListAgenda",
                                          about<v1::ListAgendaRequest>(meeting)) +
             text<v1::ListAttendanceResponse>("anna", "AttendanceService/ListAttendance",
                                              about<v1::ListAttendanceRequest>(meeting));
    }
    return all;
  }
  std::string plans() {
    v1::GetCommitmentRequest commitment = about_case<v1::GetCommitmentRequest>();
    commitment.set_commitment(commitment_);
    return text<v1::GetPlanResponse>("anna", "PlanService/GetPlan",
                                     about_case<v1::GetPlanRequest>()) +
           text<v1::ListPlanVersionsResponse>("anna", "PlanService/ListPlanVersions",
                                              about_case<v1::ListPlanVersionsRequest>()) +
           text<v1::GetCommitmentResponse>("anna", "CommitmentService/GetCommitment", commitment);
  }
  std::string law() {
    v1::ListBasesRequest bases;
    bases.set_municipality_code("TYR");
    v1::ListSignatureRulesRequest rules;
    rules.set_municipality_code("TYR");
    return text<v1::ListBasesResponse>("anna", "BasisService/ListBases", bases) +
           text<v1::ListSignatureRulesResponse>("anna", "ConsentService/ListSignatureRules", rules);
  }
  std::string everything() { return directory() + cases() + meetings() + plans() + law(); }

  // None of the commands changes anything, and they make every write that these services have.
  void expect_nothing_done(const std::string& handle, const std::vector<Words>& commands,
                           const std::set<std::string>& services) {
    const Person& person = town_.person(handle);
    const std::string before = everything();
    std::set<std::string> tried;
    for (Words words : commands) {
      words.emplace_back("--dry-run");
      person.did(words);
      const v1::EventView event = town_.last_event_of(handle);
      EXPECT_EQ(event.outcome(), v1::OUTCOME_DRY_RUN) << words[0] << " " << words[1];
      tried.insert(event.rpc());
    }
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(tried, writes_of(services));
  }
  static std::set<std::string> writes_of(const std::set<std::string>& services) {
    std::set<std::string> writes;
    for (const rpc::Method& method : rpc::methods()) {
      const std::string path(method.path.substr(1));
      const std::string service = path.substr(0, path.find('/'));
      const bool is_write = method.effect == access::Effect::writes;
      const bool is_key_renewal = path.ends_with("/Renew");  // makes a key of its own, each time
      // The administrator decides it, as the legal bases.
      const bool is_of_bases = path.ends_with("/SetSignatureRules");
      const bool is_wanted = services.contains(
          is_of_bases ? std::string("BasisService") : service.substr(service.rfind('.') + 1));
      if (is_write && is_wanted && !is_key_renewal) writes.insert(path);
    }
    return writes;
  }

  Town town_;
  std::string number_ = town_.mapped_case();
  TownMeeting meeting_ = town_.meeting_about(number_);
  TownMeeting open_ = town_.meeting_about(number_);
  std::string commitment_ = town_.plan_of(number_);
  std::string note_;
  std::string consent_;
  std::string serial_;
};

TEST_F(DryRun, OfTheDirectoryChangesNothing) {
  const Words tyr{"--municipality", "TYR"};
  expect_nothing_done(
      "rut",
      {{"municipality", "create", "VAR", "--name", "Värmdö"},
       {"agency", "create", "VAR-SKO", "--name", "Skolan", "--kind", "school", "--municipality",
        "TYR"},
       {"agency", "update", "TYR-SKO", "--version", "1", "--name", "Ny", "--municipality", "NAC"},
       {"account", "create", "nya.namn", "--name", "Nya Namn", "--agency", "TYR-SKO", "--role",
        "member@TYR"},
       {"account", "set-roles", "stig", "--version", "1", "--role", "coordinator@TYR"},
       {"account", "suspend", "stig"},
       {"account", "reinstate", "stig"},
       {"account", "issue-code", "stig"},
       {"account", "revoke-certificate", serial_}},
      {"MunicipalityService", "AgencyService", "AccountService"});
  EXPECT_TRUE(town_.caller("stig")
                  .try_call("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest())
                  .value()
                  .ok());
}

TEST_F(DryRun, OfCasesAndConsentsChangesNothing) {
  const std::string text = town_.in_file("Namn Namnsson");
  expect_nothing_done("anna",
                      {{"case", "create", "--municipality", "TYR", "--kind", "group", "--title",
                        text, "--referring-agency", "TYR-SKO", "--concern", text},
                       {"case", "advance", number_, "--version",
                        std::to_string(town_.version_of(number_)), "--to", "plan-active"},
                       {"case", "assign", number_, "frida"},
                       {"case", "unassign", number_, "sven"},
                       {"case", "add-note", number_, "--text", text},
                       {"case", "correct-note", number_, note_, "--version", "1", "--text", text},
                       {"consent",
                        "record",
                        number_,
                        "--agency",
                        "TYR-FRI",
                        "--kind",
                        "plan",
                        "--valid-from",
                        day(0),
                        "--valid-to",
                        day(9),
                        "--signatory",
                        "youth:" + day(0) + ":" + text,
                        "--purpose",
                        "planning",
                        "--basis",
                        "OSL-12-2",
                        "--gdpr",
                        "public-task",
                        "--guardians",
                        "1",
                        "--form",
                        text},
                       {"consent", "revoke", number_, consent_}},
                      {"CaseService", "ConsentService"});
}

TEST_F(DryRun, OfTheLawChangesNothing) {
  expect_nothing_done(
      "rut",
      {{"basis", "add", "PROV-1", "--paragraph", "1 §", "--title-sv", "Prov", "--title-en", "Trial",
        "--form", "standing", "--secrecy-class", "general", "--valid-from", "2026-01-01"},
       {"basis", "end", "OSL-10-2", "--valid-from", "2009-06-30", "--valid-to", day(9)},
       {"basis", "decide", "TYR", "OSL-10-15A", "--valid-from", "2025-12-01", "--enable",
        "--decided-by", "Julia Jurist", "--decision", "KS 2026/17", "--decided-on", day(-1)},
       {"consent", "set-rules", "TYR", "--rule", "0:one", "--rule", "15:all:youth", "--rule",
        "18:none:youth"}},
      {"BasisService"});
}

TEST_F(DryRun, OfMeetingsChangesNothing) {
  const std::string text = town_.in_file("Rubrik");
  const std::string number = meeting_.number;
  expect_nothing_done(
      "anna",
      {{"meeting", "create", "--municipality", "TYR", "--starts", day(7) + "T13:00", "--ends",
        day(7) + "T15:00", "--place", text},
       {"meeting", "open", number, "--version", "1"},
       {"meeting", "close", open_.number, "--version", "2"},
       {"meeting", "add-participant", number, "--account", "frida"},
       {"agenda", "add", number, "--kind", "general", "--title", text},
       {"agenda", "move", number, meeting_.item, "--version", "1"},
       {"agenda", "remove", number, meeting_.item, "--version", "1"},
       {"agenda", "update-template", "TYR", "--version", "1", "--item", "general:Öppnande"},
       {"agenda", "record", open_.number, open_.item, "--version", "1", "--notes", text,
        "--decision", text},
       {"attendance", "record", number, meeting_.participants.at("per"), "--status",
        "absent-notified"}},
      {"MeetingService", "AgendaService", "AttendanceService"});
}

TEST_F(DryRun, OfPlansAndCommitmentsChangesNothing) {
  const std::string text = town_.in_file("Namn Namnsson");
  const std::string unplanned = town_.mapped_case();
  expect_nothing_done(
      "anna",
      {{"plan", "create", unplanned, "--goal", text, "--review-date", day(9)},
       {"plan", "revise", number_, "--version", "1", "--goal", text, "--review-date", day(9)},
       {"commitment", "add", number_, "--agency", "TYR-SOC", "--due", day(9), "--responsible", text,
        "--action", text},
       {"commitment", "change", number_, commitment_, "--version", "1", "--agency", "TYR-SKO",
        "--due", day(9), "--responsible", text, "--action", text},
       {"commitment", "log", number_, commitment_, "--version", "1", "--status", "done", "--colour",
        "green"}},
      {"PlanService", "CommitmentService"});
  EXPECT_EQ(town_.person("anna").refused(5, {"plan", "show", unplanned})["code"], "not_found");
  EXPECT_EQ(
      whole(town_.person("anna").sspf({"plan", "create", unplanned, "--goal", text, "--review-date",
                                       day(9), "--dry-run", "--lang", "sv"})),
      "exit 0\nVersion  1\n\nPrövat. Ingenting har sparats.\n");
}

}  // namespace
}  // namespace sspf::test
