// SPDX-License-Identifier: Apache-2.0
//
// Rows of the catalogue of legal bases: how one ends, and what a row by consent cannot say.
#include <gtest/gtest.h>

#include "sspf/v1/basis.pb.h"
#include "tests/support/caseload.h"
#include "tests/support/stored_rows.h"

namespace sspf::test::basis_end {
namespace {

v1::AddBasisRequest by_consent() {
  v1::AddBasisRequest request;
  v1::LegalBasis& basis = *request.mutable_basis();
  basis.set_code("PROV-1");
  basis.set_paragraph("1 § provlagen");
  basis.set_title_swedish("Samtycke enligt provlagen");
  basis.set_title_english("Consent by the trial act");
  basis.set_form(v1::BASIS_FORM_CONSENT);
  for (int each = 1; each <= v1::SecrecyClass_MAX; ++each) {
    basis.add_secrecy_classes(static_cast<v1::SecrecyClass>(each));
  }
  basis.set_valid_from("2027-01-01");
  return request;
}

v1::EndBasisRequest end_on(const std::string& day) {
  v1::EndBasisRequest request;
  request.set_basis_code("OSL-10-2");
  request.set_valid_from("2009-06-30");
  request.set_valid_to(day);
  return request;
}

struct BasisRows : testing::Test {
  Caseload load;  // on 2026-11-24
  const Cast& cast = load.cast;
  StoredRows rows{load.server.config()};

  // And nothing is stored.
  std::string refused(const std::string& rpc, const google::protobuf::Message& request) {
    rows.changes();
    const std::string summary =
        load.server.call(cast.root, "sspf.v1.BasisService/" + rpc, request).summary();
    EXPECT_EQ(rows.changes(), "") << summary;
    return summary;
  }
  void end(const std::string& day) {
    load.get<v1::EndBasisResponse>(cast.root, "BasisService/EndBasis", end_on(day));
  }
  void add(const v1::AddBasisRequest& request) {
    load.get<v1::AddBasisResponse>(cast.root, "BasisService/AddBasis", request);
  }
};

// A consent says itself what it covers and between whom, and would pass over what the row says.
TEST_F(BasisRows, OfAConsentCoverEverything) {
  add(by_consent());
  auto request = by_consent();
  v1::LegalBasis& row = *request.mutable_basis();
  row.set_code("PROV-2");
  row.mutable_secrecy_classes()->RemoveLast();
  EXPECT_EQ(refused("AddBasis", request), "invalid_argument/missing(basis.secrecy_classes)");
  row.set_below_age(21);
  EXPECT_EQ(refused("AddBasis", request), "invalid_argument/unexpected(basis.below_age)");
  row.set_to_kind(v1::AGENCY_KIND_POLICE);
  EXPECT_EQ(refused("AddBasis", request), "invalid_argument/unexpected(basis.to_kind)");
  row.set_from_kind(v1::AGENCY_KIND_SCHOOL);
  EXPECT_EQ(refused("AddBasis", request), "invalid_argument/unexpected(basis.from_kind)");
}

// Others have acted by what was in force.
TEST_F(BasisRows, EndNotBeforeToday) {
  EXPECT_EQ(refused("EndBasis", end_on("2026-11-23")), "invalid_argument/in_past(valid_to)");
  end("2026-11-24");
  EXPECT_EQ(load.server.last_event().item_version(), 2U);
  end("2026-11-30");  // later after all, while it still holds
  EXPECT_EQ(load.server.last_event().item_version(), 3U);
}

TEST_F(BasisRows, ThatHaveEndedStayEnded) {
  end("2026-11-24");
  load.server.set_date("2026-11-25");
  EXPECT_EQ(refused("EndBasis", end_on("2026-12-31")), "invalid_argument/in_past(valid_to)");
}

TEST_F(BasisRows, DoNotReachIntoTheNextWording) {
  end("2026-12-31");
  auto next = by_consent();
  next.mutable_basis()->set_code("OSL-10-2");
  add(next);
  EXPECT_EQ(refused("EndBasis", end_on("2027-01-01")), "already_exists/already_there(valid_to)");
}

}  // namespace
}  // namespace sspf::test::basis_end
