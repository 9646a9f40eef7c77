// SPDX-License-Identifier: Apache-2.0
#include "server/store/review_acts.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

access::ReviewText text_at(const Query& query, int column) {
  return {query.id<KeyId>(column), {query.blob(column + 1)}};
}

// question_id, ref, key_id, sealed_question, handle, asked_at, handle, answer_key_id,
// sealed_answer, answered_at, municipality_id, sequence, event, whether it is signed off.
QuestionRow question_row(const Query& query) {
  QuestionRow row;
  row.id = query.id<ItemId>(0);
  row.shown.set_review_question(query.text(1));
  row.question = text_at(query, 2);
  row.shown.set_asked_by_handle(query.text(4));
  *row.shown.mutable_asked_at() = timestamp_of(query.integer(5));
  row.shown.set_asked_handle(query.text(6));
  if (!query.is_null(7)) {
    row.answer = text_at(query, 7);
    *row.shown.mutable_answered_at() = timestamp_of(query.integer(9));
  }
  row.municipality = query.id<MunicipalityId>(10);
  row.entry = {static_cast<std::uint64_t>(query.integer(11)), query.blob(12)};
  row.is_signed_off = query.integer(13) != 0;
  return row;
}

std::vector<QuestionRow> question_rows(Query& query) {
  std::vector<QuestionRow> rows;
  while (query.step()) rows.push_back(question_row(query));
  return rows;
}

}  // namespace

access::Place comment_place(const ItemId& item, std::uint64_t version) {
  return {"review_verdict.sealed_comment", item.bytes(), version};
}
access::Place question_place(const ItemId& question) {
  return {"review_question.sealed_question", question.bytes(), 1};
}
access::Place answer_place(const ItemId& question) {
  return {"review_question.sealed_answer", question.bytes(), 1};
}
access::Place incident_place(const ItemId& incident) {
  return {"review_incident.sealed_text", incident.bytes(), 1};
}

Result<std::uint64_t> ReviewActs::judge(const ReviewItemRow& row, const NewJudgement& judgement) {
  const std::uint64_t version = row.shown.version() + 1;
  if (version > limits::review_verdicts_max) return refusal(Reason::too_many_versions);
  Query(*connection_,
        "INSERT INTO review_verdict (item_id, version, verdict, key_id, sealed_comment, "
        "account_id, judged_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        row.id, version, static_cast<int>(judgement.verdict), judgement.comment.key,
        Blob{judgement.comment.sealed.bytes}, judgement.author.account,
        judgement.author.at.microseconds)
      .run();
  Query(*connection_, "UPDATE review_item SET verdict = ?1, version = ?2 WHERE item_id = ?3",
        static_cast<int>(judgement.verdict), version, row.id)
      .run();
  return version;
}

std::vector<JudgementRow> ReviewActs::judgements(const ReviewItemRow& row) const {
  std::vector<JudgementRow> rows;
  Query query(*connection_,
              "SELECT v.version, v.verdict, v.key_id, v.sealed_comment, a.handle, v.judged_at "
              "FROM review_verdict v JOIN account a ON a.account_id = v.account_id "
              "WHERE v.item_id = ?1 ORDER BY v.version",
              row.id);
  while (query.step()) {
    JudgementRow& judgement = rows.emplace_back();
    judgement.shown.set_version(static_cast<std::uint64_t>(query.integer(0)));
    judgement.shown.set_verdict(query.enumerator<v1::ReviewVerdict>(1));
    judgement.comment = text_at(query, 2);
    judgement.shown.set_judged_by_handle(query.text(4));
    *judgement.shown.mutable_judged_at() = timestamp_of(query.integer(5));
  }
  return rows;
}

Result<Done> ReviewActs::ask(const ReviewItemRow& row, const NewQuestion& question) {
  {
    Query asked(*connection_, "SELECT count(*) FROM review_question WHERE item_id = ?1", row.id);
    if (asked.step() && asked.integer(0) >= limits::review_questions_max) {
      return refusal(Reason::too_many_questions);
    }
    Query waiting(*connection_,
                  "SELECT count(*) FROM review_question "
                  "WHERE asked_id = ?1 AND answered_at IS NULL",
                  question.asked);
    if (waiting.step() && waiting.integer(0) >= limits::review_enquiries_max) {
      return refusal(Reason::too_many_questions);
    }
  }
  Query(*connection_,
        "INSERT INTO review_question (question_id, item_id, ref, key_id, sealed_question, "
        "account_id, asked_at, asked_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        question.id, row.id, question.ref, question.question.key,
        Blob{question.question.sealed.bytes}, question.author.account,
        question.author.at.microseconds, question.asked)
      .run();
  return Done();
}

std::vector<QuestionRow> ReviewActs::questions(const ReviewItemRow& row) const {
  Query query(*connection_,
              "SELECT q.question_id, q.ref, q.key_id, q.sealed_question, a.handle, q.asked_at, "
              "k.handle, q.answer_key_id, q.sealed_answer, q.answered_at, c.municipality_id, "
              "i.sequence, e.event, c.signed_at IS NOT NULL FROM review_question q "
              "JOIN account a ON a.account_id = q.account_id "
              "JOIN account k ON k.account_id = q.asked_id "
              "JOIN review_item i ON i.item_id = q.item_id "
              "JOIN review_campaign c ON c.campaign_id = i.campaign_id "
              "JOIN audit_event e ON e.sequence = i.sequence "
              "WHERE q.item_id = ?1 ORDER BY q.asked_at, q.rowid",
              row.id);
  return question_rows(query);
}

std::vector<QuestionRow> ReviewActs::enquiries(const AccountId& asked) const {
  Query query(*connection_,
              "SELECT q.question_id, q.ref, q.key_id, q.sealed_question, a.handle, q.asked_at, "
              "k.handle, q.answer_key_id, q.sealed_answer, q.answered_at, c.municipality_id, "
              "i.sequence, e.event, c.signed_at IS NOT NULL FROM review_question q "
              "JOIN account a ON a.account_id = q.account_id "
              "JOIN account k ON k.account_id = q.asked_id "
              "JOIN review_item i ON i.item_id = q.item_id "
              "JOIN review_campaign c ON c.campaign_id = i.campaign_id "
              "JOIN audit_event e ON e.sequence = i.sequence "
              "WHERE q.asked_id = ?1 "
              "ORDER BY q.answered_at IS NOT NULL, q.asked_at DESC, q.rowid DESC LIMIT ?2",
              asked, limits::review_enquiries_max);
  return question_rows(query);
}

Result<QuestionRow> ReviewActs::find_enquiry(const AccountId& asked, const std::string& ref) const {
  Query query(*connection_,
              "SELECT q.question_id, q.ref, q.key_id, q.sealed_question, a.handle, q.asked_at, "
              "k.handle, q.answer_key_id, q.sealed_answer, q.answered_at, c.municipality_id, "
              "i.sequence, e.event, c.signed_at IS NOT NULL FROM review_question q "
              "JOIN account a ON a.account_id = q.account_id "
              "JOIN account k ON k.account_id = q.asked_id "
              "JOIN review_item i ON i.item_id = q.item_id "
              "JOIN review_campaign c ON c.campaign_id = i.campaign_id "
              "JOIN audit_event e ON e.sequence = i.sequence "
              "WHERE q.asked_id = ?1 AND q.ref = ?2",
              asked, ref);
  if (!query.step()) return hidden(Reason::not_found);
  return question_row(query);
}

void ReviewActs::answer(const QuestionRow& row, const access::ReviewText& text, Instant now) {
  Query(*connection_,
        "UPDATE review_question SET answer_key_id = ?1, sealed_answer = ?2, answered_at = ?3 "
        "WHERE question_id = ?4",
        text.key, Blob{text.sealed.bytes}, now.microseconds, row.id)
      .run();
}

Result<Done> ReviewActs::escalate(const ReviewItemRow& row, const NewIncident& incident) {
  if (!row.shown.incident().empty()) return refusal(Reason::escalated_already);
  Query(*connection_,
        "INSERT INTO review_incident (incident_id, item_id, ref, key_id, sealed_text, account_id, "
        "reported_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        incident.id, row.id, incident.ref, incident.text.key, Blob{incident.text.sealed.bytes},
        incident.author.account, incident.author.at.microseconds)
      .run();
  return Done();
}

std::optional<std::pair<ItemId, access::ReviewText>> ReviewActs::incident(
    const ReviewItemRow& row) const {
  Query query(*connection_,
              "SELECT incident_id, key_id, sealed_text FROM review_incident WHERE item_id = ?1",
              row.id);
  if (!query.step()) return std::nullopt;
  return std::pair(query.id<ItemId>(0), text_at(query, 1));
}

std::vector<std::string> ReviewActs::incidents(const CampaignRow& row) const {
  std::vector<std::string> refs;
  Query query(*connection_,
              "SELECT n.ref FROM review_incident n JOIN review_item i ON i.item_id = n.item_id "
              "WHERE i.campaign_id = ?1 ORDER BY n.reported_at, n.rowid",
              row.id);
  while (query.step()) refs.push_back(query.text(0));
  return refs;
}

std::uint32_t ReviewActs::count_questions(const CampaignRow& row) const {
  Query query(*connection_,
              "SELECT count(*) FROM review_question q JOIN review_item i ON i.item_id = q.item_id "
              "WHERE i.campaign_id = ?1",
              row.id);
  return query.step() ? static_cast<std::uint32_t>(query.integer(0)) : 0;
}

bool ReviewActs::is_question_open(const CampaignRow& row) const {
  return Query(*connection_,
               "SELECT 1 FROM review_question q JOIN review_item i ON i.item_id = q.item_id "
               "WHERE i.campaign_id = ?1 AND q.answered_at IS NULL",
               row.id)
      .step();
}

}  // namespace sspf::store
