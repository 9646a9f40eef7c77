// SPDX-License-Identifier: Apache-2.0
//
// November 2026 in Tyresö with something for every rule of a review, and what the tests of reviews
// do over and over, as TYR's auditor in December. Throws std::runtime_error when a step that sets
// up is refused. All names are fictive.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sspf/v1/review.pb.h"
#include "tests/support/caseload.h"

namespace sspf::test {

inline constexpr auto reviewed_month = "2026-11";

template <typename Request>
Request review_of_tyr() {
  Request request;
  request.set_municipality_code("TYR");
  return request;
}

struct Reviewing {
  Caseload load;
  TestServer& server = load.server;
  const Cast& cast = load.cast;
  Account auditor = load.cast.auditor_tyr;

  // Moves on to 10 December.
  void end_month();
  void read(const Account& caller, const std::string& case_number);

  std::string open();
  std::string drawn();  // opened and drawn
  v1::DrawSampleResponse draw(const std::string& campaign);
  std::vector<v1::ReviewItem> items(const std::string& campaign);
  v1::ReviewItem item_of(const std::string& campaign, const Account& account);
  void judge(const v1::ReviewItem& item, v1::ReviewVerdict verdict);
  void judge_all(const std::string& campaign);
  v1::GetReviewReportResponse report(const std::string& campaign);
  v1::GetReviewItemResponse show(const std::string& item);

  // One call, and what its one event says of it: "allowed", "dry run", or "refused told for cause".
  // " and is stored" is added when a call that was not allowed changed anything of reviews.
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request);
  // Every row of reviews and re-identification.
  std::string stored();
};

std::set<v1::ReviewRule> rules_of(const v1::ReviewItem& item);
v1::RecordVerdictRequest verdict_on(const v1::ReviewItem& item, v1::ReviewVerdict verdict);

}  // namespace sspf::test
