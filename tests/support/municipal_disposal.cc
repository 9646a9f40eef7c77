// SPDX-License-Identifier: Apache-2.0
//
// What a full municipality holds of retention and disposal.
#include "sspf/v1/case.pb.h"
#include "sspf/v1/disposal.pb.h"
#include "tests/support/full_municipality.h"

namespace sspf::test {

std::string FullMunicipality::old_case() {
  const std::string today = server_.today();
  server_.set_date("2020-03-01");
  v1::CreateCaseRequest create;
  create.set_municipality_code(code_);
  create.set_kind(v1::CASE_KIND_GROUP);
  create.set_title(marked("plats"));
  create.set_referring_agency_code(code_ + "-SKO");
  const auto number =
      send<v1::CreateCaseResponse>(coordinator(), "CaseService/CreateCase", create).number();
  v1::AdvanceCaseRequest advance;
  advance.set_case_number(number);
  advance.set_version(1);
  advance.set_state(v1::CASE_STATE_MOVED);
  advance.set_reason(marked("skäl"));
  send<v1::AdvanceCaseResponse>(coordinator(), "CaseService/AdvanceCase", advance);
  server_.set_date(today);
  return number;
}

std::string FullMunicipality::list_by(const Account& maker) {
  v1::CreateDisposalListRequest create;
  create.set_municipality_code(code_);
  const auto list =
      send<v1::CreateDisposalListResponse>(maker, "DisposalService/CreateDisposalList", create)
          .list();
  note("list", list);
  return list;
}

// A hold; a list that is reviewed, one that is not, and a case that is on none yet.
void FullMunicipality::retain(const std::string& held_case) {
  v1::SetLegalHoldRequest hold;
  hold.set_case_number(held_case);
  hold.set_reason(marked("spärr"));
  note("hold",
       send<v1::SetLegalHoldResponse>(coordinator(), "RetentionService/SetLegalHold", hold).hold());
  const Account& other = people_.at(4);
  v1::ReviewDisposalItemRequest review;
  review.set_case_number(old_case());
  review.set_list(list_by(coordinator()));
  review.set_verdict(v1::DISPOSAL_VERDICT_DISPOSE);
  send<v1::ReviewDisposalItemResponse>(other, "DisposalService/ReviewDisposalItem", review);
  note("case_number", old_case());
  list_by(other);
  old_case();
}

}  // namespace sspf::test
