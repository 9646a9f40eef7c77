// SPDX-License-Identifier: Apache-2.0
//
// The request of `sspf consent record`: lists, the form's sum, and what may be absent together.
#include <gtest/gtest.h>

#include "sspf/v1/consent.pb.h"
#include "tests/unit/client/request_fixture.h"

namespace sspf::cli {
namespace {

TEST_F(Request, CodesAndWordsMayBeSeparatedByCommas) {
  const std::string name = user_.file("name", "Anna Ek\n");
  EXPECT_EQ(built({"consent",
                   "record",
                   "C",
                   "--agency",
                   "A,B",
                   "--agency",
                   "D",
                   "--kind",
                   "mapping,plan",
                   "--valid-from",
                   "2026-11-20",
                   "--valid-to",
                   "2027-11-20",
                   "--signatory",
                   "guardian:2026-11-19:@" + name,
                   "--purpose",
                   "mapping,follow-up",
                   "--basis",
                   "OSL-12-2",
                   "--gdpr",
                   "public-task",
                   "--form",
                   "@" + user_.file("form", "abc")}),
            R"(case_number: "C" signatories { role: SIGNATORY_ROLE_GUARDIAN name: "Anna Ek" )"
            R"(signed_on: "2026-11-19" } agency_codes: "A" agency_codes: "B" agency_codes: "D" )"
            R"(kinds: INFORMATION_KIND_MAPPING kinds: INFORMATION_KIND_PLAN )"
            R"(from_date: "2026-11-20" to_date: "2027-11-20" purposes: PURPOSE_MAPPING )"
            R"(purposes: PURPOSE_FOLLOW_UP secrecy_basis: "OSL-12-2" )"
            R"(gdpr_basis: GDPR_BASIS_PUBLIC_TASK )"
            R"(form_sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")");
}

// A part of what may be absent is asked for only when another part is given.
TEST_F(Request, AnOverrideNeedsItsReasonAndNothingElseDoes) {
  const std::string name = user_.file("name", "Anna Ek\n");
  test::Words words{"consent",
                    "record",
                    "C",
                    "--agency",
                    "A",
                    "--kind",
                    "plan",
                    "--valid-from",
                    "2026-11-20",
                    "--valid-to",
                    "2027-11-20",
                    "--signatory",
                    "guardian:2026-11-19:@" + name,
                    "--purpose",
                    "planning",
                    "--basis",
                    "OSL-12-2",
                    "--gdpr",
                    "public-task",
                    "--form",
                    std::string(64, 'a')};
  EXPECT_EQ(built(words).find("signature_override"), std::string::npos);
  words.insert(words.end(), {"--override", "guardian"});
  EXPECT_NE(refused(words).message.find("--override-reason"), std::string::npos);
}

TEST_F(Request, AFormThatCannotBeReadIsNamed) {
  const Problem problem = refused({"consent", "record", "C", "--form", "@/no/such/file"});
  EXPECT_EQ(problem.exit, Exit::usage_or_local);
  EXPECT_NE(problem.message.find("--form"), std::string::npos);
}

}  // namespace
}  // namespace sspf::cli
