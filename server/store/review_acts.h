// SPDX-License-Identifier: Apache-2.0
//
// SQL of what is done with an item of a sample: verdicts, questions and answers, incident reports.
// Their texts are sealed; only the access objects of reviews open them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/store/reviews.h"

namespace sspf::store {

struct JudgementRow {
  v1::ReviewJudgement shown;  // all but the comment
  access::ReviewText comment;
};

struct QuestionRow {
  ItemId id;
  v1::ReviewQuestion shown;  // all but the texts
  MunicipalityId municipality;
  LogEntry entry;  // that it is about
  access::ReviewText question;
  std::optional<access::ReviewText> answer;
  bool is_signed_off = false;
};

struct NewQuestion {
  ItemId id;
  std::string ref;
  AccountId asked;
  access::ReviewText question;
  Authorship author;
};

struct NewIncident {
  ItemId id;
  std::string ref;
  access::ReviewText text;
  Authorship author;
};

struct NewJudgement {
  v1::ReviewVerdict verdict = v1::REVIEW_VERDICT_UNSPECIFIED;
  access::ReviewText comment;
  Authorship author;
};

class ReviewActs {
 public:
  explicit ReviewActs(Connection& connection) : connection_(&connection) {}

  // A version after the row's. Refuses with too_many_versions.
  Result<std::uint64_t> judge(const ReviewItemRow& row, const NewJudgement& judgement);
  // Oldest first.
  std::vector<JudgementRow> judgements(const ReviewItemRow& row) const;

  // Refuses with too_many_questions: of the item, or waiting for this account's answer.
  Result<Done> ask(const ReviewItemRow& row, const NewQuestion& question);
  std::vector<QuestionRow> questions(const ReviewItemRow& row) const;
  // Of an account; those without an answer first, then the newest, and at most a page.
  std::vector<QuestionRow> enquiries(const AccountId& asked) const;
  // Hidden unless this account is asked.
  Result<QuestionRow> find_enquiry(const AccountId& asked, const std::string& ref) const;
  void answer(const QuestionRow& row, const access::ReviewText& text, Instant now);

  // Refuses with escalated_already.
  Result<Done> escalate(const ReviewItemRow& row, const NewIncident& incident);
  std::optional<std::pair<ItemId, access::ReviewText>> incident(const ReviewItemRow& row) const;

  std::vector<std::string> incidents(const CampaignRow& row) const;
  std::uint32_t count_questions(const CampaignRow& row) const;
  bool is_question_open(const CampaignRow& row) const;

 private:
  Connection* connection_;
};

// Where each text is sealed.
access::Place comment_place(const ItemId& item, std::uint64_t version);
access::Place question_place(const ItemId& question);
access::Place answer_place(const ItemId& question);
access::Place incident_place(const ItemId& incident);

}  // namespace sspf::store
