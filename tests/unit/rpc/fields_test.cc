// SPDX-License-Identifier: Apache-2.0
//
// The rules beside the fields: each is broken by one, and named with its field.
#include "server/rpc/fields.h"

#include <gtest/gtest.h>

#include <functional>

#include "server/base/limits.h"
#include "sspf/v1/account.pb.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "tests/support/consent_form.h"
#include "tests/support/requests.h"

namespace sspf::test {
namespace {

std::string outcome(const google::protobuf::Message& message) {
  const auto result = rpc::check_fields(message);
  if (result.ok()) return "ok";
  return std::string(name_of(result.refusal().told)) + "(" + result.refusal().field + ")";
}

v1::CreateCaseRequest good_case() {
  v1::CreateCaseRequest request;
  request.mutable_write()->set_request_id("0123456789abcdef");
  request.set_municipality_code("TYR");
  request.set_kind(v1::CASE_KIND_INDIVIDUAL);
  request.set_title("Test Testsson");
  request.set_referring_agency_code("TYR-SKO");
  return request;
}

struct Row {
  std::string name;
  std::function<void(v1::CreateCaseRequest&)> change;
  std::string expected;
};

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    auto request = good_case();
    row.change(request);
    EXPECT_EQ(outcome(request), row.expected) << row.name;
  }
}

using Request = v1::CreateCaseRequest;

TEST(Fields, EachRuleIsBrokenByOne) {
  expect_rows({
      {"nothing wrong", [](Request&) {}, "ok"},
      {"no write", [](Request& r) { r.clear_write(); }, "missing(write)"},
      {"no request id", [](Request& r) { r.mutable_write()->clear_request_id(); },
       "missing(write.request_id)"},
      {"request id of 15", [](Request& r) { r.mutable_write()->set_request_id("0123456789abcde"); },
       "wrong_request_id(write.request_id)"},
      {"request id of 65",
       [](Request& r) { r.mutable_write()->set_request_id(std::string(65, 'a')); },
       "wrong_request_id(write.request_id)"},
      {"request id in capitals",
       [](Request& r) { r.mutable_write()->set_request_id("0123456789ABCDEF"); },
       "wrong_request_id(write.request_id)"},
      {"code of 21", [](Request& r) { r.set_municipality_code(std::string(21, 'A')); },
       "wrong_code_form(municipality_code)"},
      {"code in lower case", [](Request& r) { r.set_municipality_code("tyr"); },
       "wrong_code_form(municipality_code)"},
      {"kind unspecified", [](Request& r) { r.clear_kind(); }, "missing(kind)"},
      {"kind that does not exist", [](Request& r) { r.set_kind(static_cast<v1::CaseKind>(99)); },
       "unknown_value(kind)"},
  });
}

TEST(Fields, TextHasALengthAndNoHiddenCharacters) {
  const auto max = limits::text_characters_max;
  expect_rows({
      {"title empty", [](Request& r) { r.clear_title(); }, "missing(title)"},
      {"title of spaces", [](Request& r) { r.set_title("   "); }, "missing(title)"},
      {"title at its limit", [&](Request& r) { r.set_title(repeated("å", max)); }, "ok"},
      {"title one over", [&](Request& r) { r.set_title(repeated("å", max + 1)); },
       "too_long(title)"},
      {"title with escape", [](Request& r) { r.set_title("a\x1b[31m"); },
       "control_character(title)"},
      {"title with line feed", [](Request& r) { r.set_title("a\nb"); }, "control_character(title)"},
      {"title with C1 control", [](Request& r) { r.set_title("a\xC2\x9B"); },
       "control_character(title)"},
      {"title with bidi override",
       [](Request& r) {
         r.set_title(
             "a\xE2\x80\xAE"
             "b");
       },
       "control_character(title)"},
      {"title with line separator",
       [](Request& r) {
         r.set_title(
             "a\xE2\x80\xA8"
             "b");
       },
       "control_character(title)"},
      {"concern with line feed", [](Request& r) { r.set_concern("a\nb"); }, "ok"},
      {"concern with carriage return", [](Request& r) { r.set_concern("a\rb"); },
       "control_character(concern)"},
      {"concern one over", [](Request& r) { r.set_concern(std::string(10001, 'a')); },
       "too_long(concern)"},
      {"impossible date", [](Request& r) { r.set_birth_date("2011-02-29"); },
       "wrong_date(birth_date)"},
      {"date without dashes", [](Request& r) { r.set_birth_date("20110523"); },
       "wrong_date(birth_date)"},
  });
}

TEST(Fields, ListsAreBoundedAndTheirItemsChecked) {
  v1::RecordConsentRequest request;
  request.mutable_write()->set_request_id("0123456789abcdef");
  request.set_case_number("TYR-2026-0001");
  request.set_from_date("2026-01-01");
  request.set_to_date("2026-12-31");
  request.add_kinds(v1::INFORMATION_KIND_PLAN);
  fill_in_form(request);
  EXPECT_EQ(outcome(request), "missing(signatories)");
  v1::Signatory& signatory = *request.add_signatories();
  signatory.set_role(v1::SIGNATORY_ROLE_GUARDIAN);
  signatory.set_signed_on("2026-01-01");
  request.add_agency_codes("TYR-SKO");
  EXPECT_EQ(outcome(request), "missing(signatories.name)");
  signatory.set_name("Vera Vårdnadshavare");
  EXPECT_EQ(outcome(request), "ok");
  request.add_kinds(v1::INFORMATION_KIND_UNSPECIFIED);
  EXPECT_EQ(outcome(request), "unknown_value(kinds)");
  request.mutable_kinds()->RemoveLast();
  while (static_cast<std::size_t>(request.agency_codes_size()) < limits::repeated_items_max) {
    request.add_agency_codes("TYR-SOC");
  }
  EXPECT_EQ(outcome(request), "ok");
  request.add_agency_codes("TYR-SOC");
  EXPECT_EQ(outcome(request), "too_many_items(agency_codes)");
  request.clear_agency_codes();
  request.add_agency_codes("");
  EXPECT_EQ(outcome(request), "missing(agency_codes)");
}

TEST(Fields, ASumIs64HexadecimalDigitsInLowerCase) {
  v1::RecordConsentRequest right;
  right.mutable_write()->set_request_id("0123456789abcdef");
  right.set_case_number("TYR-2026-0001");
  right.set_from_date("2026-01-01");
  right.set_to_date("2026-12-31");
  right.add_kinds(v1::INFORMATION_KIND_PLAN);
  right.add_agency_codes("TYR-SKO");
  v1::Signatory& signatory = *right.add_signatories();
  signatory.set_role(v1::SIGNATORY_ROLE_GUARDIAN);
  signatory.set_name("Vera Vårdnadshavare");
  signatory.set_signed_on("2026-01-01");
  fill_in_form(right);
  EXPECT_EQ(outcome(right), "ok");
  for (const std::string& wrong : {std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'),
                                   std::string(63, 'a') + "g", std::string(63, 'a') + "-"}) {
    v1::RecordConsentRequest request = right;
    request.set_form_sha256(wrong);
    EXPECT_EQ(outcome(request), "wrong_sha256(form_sha256)") << wrong;
  }
}

TEST(Fields, TimesLieBetween1900And2200) {
  v1::CreateMeetingRequest request;
  request.mutable_write()->set_request_id("0123456789abcdef");
  request.set_municipality_code("TYR");
  request.set_place("Rum 1");
  request.mutable_starts_at()->set_seconds(1'800'000'000);
  EXPECT_EQ(outcome(request), "missing(ends_at)");
  request.mutable_ends_at()->set_seconds(7'258'118'399);
  EXPECT_EQ(outcome(request), "ok");
  request.mutable_ends_at()->set_seconds(7'258'118'400);
  EXPECT_EQ(outcome(request), "wrong_time(ends_at)");
  request.mutable_ends_at()->set_seconds(-2'208'988'801);
  EXPECT_EQ(outcome(request), "wrong_time(ends_at)");
  request.mutable_ends_at()->set_seconds(1'800'000'000);
  request.mutable_ends_at()->set_nanos(-1);
  EXPECT_EQ(outcome(request), "wrong_time(ends_at)");
}

}  // namespace
}  // namespace sspf::test
