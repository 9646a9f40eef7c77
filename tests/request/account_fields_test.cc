// SPDX-License-Identifier: Apache-2.0
//
// What each field of these services refuses: one table, by reflection over the rule beside each
// field, so that a new field is tested as soon as it is declared; and what only a handler checks.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/options.pb.h"
#include "tests/support/account_book.h"

namespace sspf::test::account_fields {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Wrong {
  std::string value;
  std::string summary;  // "too_long", "malformed_message"
};

// A value that is wrong for the field's form, and for no other cause.
std::vector<Wrong> wrong_forms(v1::Form form) {
  switch (form) {
    case v1::FORM_CODE:
      return {{"A", "wrong_code_form"},       {std::string(21, 'A'), "wrong_code_form"},
              {"tyr", "wrong_code_form"},     {"TYR SKO", "wrong_code_form"},
              {"TYR.SKO", "wrong_code_form"}, {"ÅÄÖ", "wrong_code_form"}};
    case v1::FORM_HANDLE:
      return {{"a", "wrong_handle_form"},    {std::string(41, 'a'), "wrong_handle_form"},
              {"Anna", "wrong_handle_form"}, {"a b", "wrong_handle_form"},
              {"a_b", "wrong_handle_form"},  {"åsa", "wrong_handle_form"}};
    case v1::FORM_REQUEST_ID:
      return {{std::string(15, 'a'), "wrong_request_id"},
              {std::string(65, 'a'), "wrong_request_id"},
              {std::string(16, 'A'), "wrong_request_id"},
              {"aaaaaaaaaaaaaaa.", "wrong_request_id"}};
    default:
      return {};
  }
}

std::vector<Wrong> wrong_texts(const v1::Rule& rule, bool is_item) {
  const std::size_t max =
      rule.characters_max() == 0 ? limits::text_characters_max : rule.characters_max();
  std::vector<Wrong> table = wrong_forms(rule.form());
  std::string too_long;
  for (std::size_t i = 0; i <= max; ++i) too_long += "ö";  // two bytes, one character
  table.push_back({too_long, "too_long"});
  for (const std::string control : {"\t", "\r", "\x1b", "\x7f", "\u0085", "\u2028", "\u202e"}) {
    table.push_back({"AB" + control + "AB", "control_character"});
  }
  table.push_back({std::string("AB\0AB", 5), "control_character"});
  if (rule.form() != v1::FORM_LINES) table.push_back({"AB\nAB", "control_character"});
  if (rule.required() || is_item) {
    table.push_back({"", "missing"});
    table.push_back({"  ", "missing"});
  }
  return table;
}

struct AccountFields : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;

  // Each a request that would be carried out, by somebody who may.
  struct Sample {
    std::string rpc;
    std::unique_ptr<Message> request;
    Account caller;
  };
  template <typename Request>
  Sample sample(const std::string& rpc, Request request, const Account& caller) {
    if constexpr (requires { request.mutable_write(); }) {
      request.mutable_write()->set_request_id("0123456789abcdef-" + std::to_string(samples_made++));
      request.mutable_write()->set_dry_run(true);
    }
    return {rpc, std::make_unique<Request>(std::move(request)), caller};
  }
  std::vector<Sample> samples();

  // Refused with this reason at this field, one event, nothing shown.
  void expect_refused(const Sample& sample, const Message& request, const std::string& reason) {
    EXPECT_EQ(book.outcome(sample.caller, sample.rpc, request),
              "refused invalid_argument/" + reason + " for " + reason.substr(0, reason.find('(')));
  }
  void try_strings(const Sample& sample, Message& root, Message& message,
                   const std::string& prefix);
  void try_string(const Sample& sample, Message& root, Message& message,
                  const FieldDescriptor& field, const std::string& path);
  void try_other(const Sample& sample, Message& root, Message& message,
                 const FieldDescriptor& field, const std::string& path);

  int samples_made = 0;
  int refused = 0;
};

std::vector<AccountFields::Sample> AccountFields::samples() {
  std::vector<Sample> all;
  v1::CreateMunicipalityRequest municipality;
  municipality.set_code("VAR");
  municipality.set_name("Värmdö");
  all.push_back(sample("MunicipalityService/CreateMunicipality", municipality, cast.root));
  v1::CreateAgencyRequest agency;
  agency.set_code("TYR-GYM");
  agency.set_name("Gymnasiet");
  agency.set_kind(v1::AGENCY_KIND_SCHOOL);
  agency.add_municipality_codes("TYR");
  all.push_back(sample("AgencyService/CreateAgency", agency, cast.root));
  v1::UpdateAgencyRequest update;
  update.set_code("TYR-SKO");
  update.set_version(1);
  update.set_name("Skolan");
  update.add_municipality_codes("TYR");
  all.push_back(sample("AgencyService/UpdateAgency", update, cast.root));
  all.push_back(sample("AccountService/CreateAccount",
                       new_account({"ny.nilsson", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}}),
                       cast.admin_tyr));
  auto roles = about_account<v1::SetRolesRequest>("sven.skog");
  roles.set_version(1);
  *roles.add_roles() = grant(v1::ROLE_MEMBER, "TYR");
  all.push_back(sample("AccountService/SetRoles", roles, cast.admin_tyr));
  const std::string handle = "sven.skog";
  const Account& admin = cast.admin_tyr;
  all.push_back(
      sample("AccountService/GetAccount", about_account<v1::GetAccountRequest>(handle), admin));
  all.push_back(sample("AccountService/SuspendAccount",
                       about_account<v1::SuspendAccountRequest>(handle), admin));
  all.push_back(sample("AccountService/ReinstateAccount",
                       about_account<v1::ReinstateAccountRequest>(handle), admin));
  all.push_back(sample("AccountService/IssueEnrolmentCode",
                       about_account<v1::IssueEnrolmentCodeRequest>(handle), admin));
  all.push_back(sample("AccountService/ListCertificates",
                       about_account<v1::ListCertificatesRequest>(handle), admin));
  all.push_back(sample("AccountService/RevokeCertificate",
                       revocation_of(book.certificates(handle).front().serial()), admin));
  all.push_back(sample("AccountService/Renew", new_renewal(), cast.school_tyr));
  v1::ListEventsRequest events = about_account<v1::ListEventsRequest>(handle);
  events.mutable_from()->set_seconds(0);
  events.mutable_to()->set_seconds(1);
  events.set_outcome(v1::OUTCOME_ALLOWED);
  all.push_back(sample("AuditService/ListEvents", events, cast.auditor));
  return all;
}

void AccountFields::try_string(const Sample& sample, Message& root, Message& message,
                               const FieldDescriptor& field, const std::string& path) {
  const auto& reflection = *message.GetReflection();
  const v1::Rule& rule = field.options().GetExtension(v1::rule);
  const auto set = [&](const std::string& value) {
    if (field.is_repeated()) reflection.SetRepeatedString(&message, &field, 0, value);
    if (!field.is_repeated()) reflection.SetString(&message, &field, value);
  };
  const std::string valid = field.is_repeated() ? reflection.GetRepeatedString(message, &field, 0)
                                                : reflection.GetString(message, &field);
  for (const Wrong& wrong : wrong_texts(rule, field.is_repeated())) {
    // The test's own client fills in an empty request_id.
    if (path == "write.request_id" && wrong.value.empty()) continue;
    SCOPED_TRACE(sample.rpc + " " + path + " = " + wrong.value.substr(0, 40));
    set(wrong.value);
    expect_refused(sample, root, wrong.summary + "(" + path + ")");
    ++refused;
  }
  set(valid);
}

void AccountFields::try_other(const Sample& sample, Message& root, Message& message,
                              const FieldDescriptor& field, const std::string& path) {
  const auto& reflection = *message.GetReflection();
  const bool required = field.options().GetExtension(v1::rule).required();
  SCOPED_TRACE(sample.rpc + " " + path);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const int valid = reflection.GetEnumValue(message, &field);
    for (const int unknown : {99, -1}) {
      reflection.SetEnumValue(&message, &field, unknown);
      expect_refused(sample, root, "unknown_value(" + path + ")");
    }
    reflection.SetEnumValue(&message, &field, 0);
    if (required) expect_refused(sample, root, "missing(" + path + ")");
    reflection.SetEnumValue(&message, &field, valid);
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64 && required) {
    reflection.SetUInt64(&message, &field, 0);
    expect_refused(sample, root, "missing(" + path + ")");
    reflection.SetUInt64(&message, &field, 1);
  }
}

void AccountFields::try_strings(const Sample& sample, Message& root, Message& message,
                                const std::string& prefix) {
  const auto& descriptor = *message.GetDescriptor();
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    const std::string path = prefix + field.name();
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      try_string(sample, root, message, field, path);
    } else if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      try_other(sample, root, message, field, path);
    } else if (field.is_repeated()) {
      try_strings(sample, root, *reflection.MutableRepeatedMessage(&message, &field, 0),
                  path + ".");
    } else if (field.message_type()->full_name() != "google.protobuf.Timestamp") {
      try_strings(sample, root, *reflection.MutableMessage(&message, &field), path + ".");
    }
  }
}

TEST_F(AccountFields, EveryFieldRefusesWhatItsRuleRefusesAndNothingIsStored) {
  const auto all = samples();
  for (const Sample& each : all) {
    const bool is_read = each.request->GetDescriptor()->FindFieldByName("write") == nullptr;
    ASSERT_EQ(book.outcome(each.caller, each.rpc, *each.request),
              is_read ? "allowed ok" : "dry run ok")
        << each.rpc;
  }
  const std::string before = book.stored();
  for (const Sample& each : all) {
    std::unique_ptr<Message> request(each.request->New());
    request->CopyFrom(*each.request);
    try_strings(each, *request, *request, "");
  }
  EXPECT_GT(refused, 300);
  EXPECT_EQ(book.stored(), before);
}

TEST_F(AccountFields, AListThatIsNeededIsNotEmptyAndNotTooLong) {
  for (const Sample& each : samples()) {
    for (const auto* name : {"roles", "municipality_codes"}) {
      const FieldDescriptor* field = each.request->GetDescriptor()->FindFieldByName(name);
      if (field == nullptr) continue;
      SCOPED_TRACE(each.rpc + " " + name);
      const auto& reflection = *each.request->GetReflection();
      const bool is_text = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
      const auto grow_to = [&](std::size_t size) {
        while (static_cast<std::size_t>(reflection.FieldSize(*each.request, field)) < size) {
          if (is_text) {
            reflection.AddString(each.request.get(), field, "TYR");
          } else {
            reflection.AddMessage(each.request.get(), field)
                ->CopyFrom(grant(v1::ROLE_MEMBER, "TYR"));
          }
        }
      };
      grow_to(limits::repeated_items_max);
      EXPECT_EQ(book.outcome(each.caller, each.rpc, *each.request), "dry run ok");
      grow_to(limits::repeated_items_max + 1);
      expect_refused(each, *each.request, "too_many_items(" + std::string(name) + ")");
      reflection.ClearField(each.request.get(), field);
      expect_refused(each, *each.request, "missing(" + std::string(name) + ")");
    }
  }
}

TEST_F(AccountFields, TheFieldsOfAnEnrolmentAreChecked) {
  const std::string code = book.code_for("sven.skog");
  const std::string before = book.stored();
  Sample sample{"AccountService/Enroll", std::make_unique<v1::EnrollRequest>(enrolment(code)), {}};
  std::unique_ptr<Message> request(sample.request->New());
  request->CopyFrom(*sample.request);
  try_strings(sample, *request, *request, "");
  EXPECT_EQ(book.stored(), before);
  EXPECT_EQ(book.outcome(Account(), sample.rpc, *sample.request), "allowed ok");
}

TEST_F(AccountFields, AMessageThatIsNoMessageOrHoldsNoTextIsRefused) {
  HttpRequest http;
  http.content_type = "application/proto";
  http.peer_address = "127.0.0.1";
  http.certificate = cast.root.certificate;
  const std::string before = book.stored();
  // Field 3, name, with a byte that is no UTF-8; and a length that leads beyond the end.
  for (const std::string& body : {std::string("\x1a\x02\xff\xfe"), std::string("\x1a\x7fX")}) {
    for (const Sample& each : samples()) {
      if (each.rpc == "AuditService/ListEvents") continue;
      http.path = "/sspf.v1." + each.rpc;
      http.body = body;
      const std::uint64_t events = book.server.event_count();
      EXPECT_EQ(book.server.raw(http).status, 400) << each.rpc;
      EXPECT_EQ(book.server.event_count(), events + 1) << each.rpc;
      EXPECT_EQ(book.server.last_event().outcome(), v1::OUTCOME_REFUSED) << each.rpc;
    }
  }
  EXPECT_EQ(book.stored(), before);
}

}  // namespace
}  // namespace sspf::test::account_fields
