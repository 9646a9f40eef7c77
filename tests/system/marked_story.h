// SPDX-License-Identifier: Apache-2.0
//
// One case from referral to follow-up and one meeting, told to the real server with a marker in
// every text, and the record of which sealed request fields were sent.
#pragma once

#include <set>
#include <string>

#include "sspf/v1/case.pb.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"

namespace sspf::test {

inline constexpr auto story_marker = "QZXJ-hemlig-text";
inline constexpr auto story_identity_number = "201105232399";  // one of the published test numbers
inline constexpr auto story_birth_date = "2011-05-23";

inline std::string marked(const std::string& what) {
  return std::string(story_marker) + " " + what;
}

class MarkedStory {
 public:
  // Throws std::runtime_error at the first answer that is not as expected.
  MarkedStory(const Site& site, const SiteServer& server);

  // Full names of the sealed fields that were sent with content.
  const std::set<std::string>& sealed_fields_sent() const { return sent_; }
  // What the coordinator and the member read back.
  const std::string& read_back() const { return read_back_; }

 private:
  template <typename Response>
  Response send(Caller& caller, const std::string& rpc, google::protobuf::Message& request) {
    note_sent(request);
    const auto response = caller.get<Response>("sspf.v1." + rpc, request);
    read_back_ += response.DebugString();
    return response;
  }
  void note_sent(const google::protobuf::Message& request);
  void disclose();
  void extract();
  void keep_out();
  void review();
  void make_people(const Site& site);
  void refer();
  void agree();
  void take_notes();
  void meet();
  void plan();
  void follow_up();
  void retain();
  void advance(v1::CaseState state);

  std::uint16_t port_;
  std::set<std::string> sent_;
  std::string read_back_;
  std::unique_ptr<Caller> root_;
  std::unique_ptr<Caller> coordinator_;
  std::unique_ptr<Caller> member_;
  std::string case_number_;
};

}  // namespace sspf::test
