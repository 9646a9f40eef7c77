// SPDX-License-Identifier: Apache-2.0
//
// A municipality with everything in it that a request can name: accounts of every role, cases with
// notes, consents, plan and commitments, meetings with agenda, participants and attendance, lists
// of disposal. Every text in it carries its marker.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/cast.h"
#include "tests/support/random_request.h"

namespace sspf::test {

class FullMunicipality {
 public:
  // `code` is "TYR" or "NAC": a municipality of the cast, which is there already, with its
  // agencies.
  FullMunicipality(TestServer& server, const std::string& code);

  // Administrator, coordinator, member of the school, auditor, another coordinator and another
  // auditor of this municipality alone.
  const std::vector<Account>& people() const { return people_; }
  const std::string& marker() const { return marker_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  // What nobody outside may be shown: the marker, and every value of the vocabulary but those that
  // both municipalities share.
  const std::vector<std::string>& secrets() const { return secrets_; }

  // Everything that its own people read of it, as one text.
  std::string as_seen();

 private:
  template <typename Response>
  Response send(const Account& caller, const std::string& rpc,
                const google::protobuf::Message& request) {
    return server_.get<Response>(caller, "sspf.v1." + rpc, request);
  }
  const Account& administrator() const { return people_.at(0); }
  const Account& coordinator() const { return people_.at(1); }
  const Account& member() const { return people_.at(2); }
  std::string marked(const std::string& what) const { return marker_ + " " + what; }
  void note(const std::string& field, const std::string& value) {
    vocabulary_[field].push_back(value);
  }

  void make_people();
  void make_case(const std::string& identity_number);
  void agree(const std::string& number);
  void plan(const std::string& number);
  void make_meeting(const std::string& case_number);
  void invite(const std::string& meeting, const std::string& case_number);
  void open(const std::string& meeting);
  std::string old_case();  // of which the day of disposal has come
  std::string list_by(const Account& maker);
  void retain(const std::string& held_case);
  void list_certificates();
  void ask_by_law(const std::string& number);
  // Of the extract for the young person, its reference.
  std::string ask_for_access(const std::string& number);
  void note_entries(const std::string& number, const std::string& extract);
  void decide_access(const std::string& number, const std::string& extract);
  void give_access(const std::string& number);
  void keep_out();
  const Account& auditor() const { return people_.at(3); }
  std::string open_review(const std::string& month, bool is_partial);
  void draw_review(const std::string& campaign);
  void review();
  void raise_alerts();

  TestServer& server_;
  std::string code_;
  std::string marker_;
  std::vector<Account> people_;
  Vocabulary vocabulary_;
  std::vector<std::string> secrets_;
};

}  // namespace sspf::test
