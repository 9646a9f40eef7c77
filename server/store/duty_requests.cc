// SPDX-License-Identifier: Apache-2.0
#include "server/store/duty_requests.h"

#include "server/base/limits.h"
#include "server/base/piece_size.h"
#include "server/store/row_cursor.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// Each is written once.
access::Place duty_question_place(const ItemId& request) {
  return {"duty_request.sealed_question", request.bytes(), 1};
}
access::Place duty_answer_place(const ItemId& request) {
  return {"duty_request.sealed_answer", request.bytes(), 1};
}

// An own note of the agency that was asked.
access::ItemFacts item_of(const AskedAgency& asked) {
  return {asked.id, asked.kind, v1::INFORMATION_KIND_MAPPING,
          access::default_secrecy_class(asked.kind)};
}

access::Compartment compartment_of(const AskedAgency& asked) {
  return {asked.id, access::default_secrecy_class(asked.kind)};
}

}  // namespace

Result<DutyRequests::Added> DutyRequests::add(const access::CaseAccess& in,
                                              const DutyRequestDraft& draft) {
  {
    Query stored(*connection_, "SELECT count(*) FROM duty_request WHERE case_id = ?1",
                 in.case_id());
    if (stored.step() && stored.integer(0) >= limits::records_per_case_max) {
      return refusal(Reason::case_full);
    }
  }
  const Added added{ItemId::random(), random_ref()};
  const access::Sealed sealed =
      in.seal(compartment_of(draft.asked), duty_question_place(added.id), draft.question);
  Query(*connection_,
        "INSERT INTO duty_request (duty_request_id, case_id, ref, asked_agency_id, "
        "asking_agency_id, basis_id, received_on, sealed_question, answer) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)",
        added.id, in.case_id(), added.ref, draft.asked.id, draft.asking, draft.basis,
        draft.received_on, Blob{sealed.bytes})
      .run();
  return added;
}

Result<ItemId> DutyRequests::answer(const access::CaseAccess& in, const AskedAgency& asked,
                                    const v1::DutyRequest& answer, const Authorship& author) {
  ItemId id;
  {
    Query query(
        *connection_,
        "SELECT d.duty_request_id, d.answered_at, EXISTS (SELECT 1 FROM legal_basis_class c "
        "WHERE c.basis_id = d.basis_id AND c.secrecy_class = ?4) FROM duty_request d "
        "WHERE d.case_id = ?1 AND d.ref = ?2 AND d.asked_agency_id = ?3",
        in.case_id(), answer.duty_request(), asked.id,
        static_cast<int>(access::default_secrecy_class(asked.kind)));
    if (!query.step()) return hidden(Reason::not_found);
    if (!query.is_null(1)) return refusal(Reason::answered_already);
    const bool is_covered = query.integer(2) != 0;
    if (answer.answer() != v1::DUTY_ANSWER_REFUSED && !is_covered) {
      return refusal(Reason::secrecy_class_not_covered, "answer");
    }
    id = query.id<ItemId>(0);
  }
  v1::DutyRequest secret;
  secret.set_decided_by(answer.decided_by());
  secret.set_reasoning(answer.reasoning());
  const access::Sealed sealed =
      in.seal(compartment_of(asked), duty_answer_place(id), secret.SerializeAsString());
  Query(*connection_,
        "UPDATE duty_request SET answer = ?1, sealed_answer = ?2, answered_by = ?3, "
        "answered_at = ?4 WHERE duty_request_id = ?5 AND case_id = ?6",
        static_cast<int>(answer.answer()), Blob{sealed.bytes}, author.account,
        author.at.microseconds, id, in.case_id())
      .run();
  return id;
}

DutyRequestPiece DutyRequests::list(const access::CaseAccess& in, const AskedAgency& asked,
                                    const std::string& cursor) const {
  DutyRequestPiece piece;
  PieceSize size;
  std::int64_t last = row_of(cursor);
  Query query(*connection_,
              "SELECT d.duty_request_id, d.ref, g.code, r.code, b.code, d.received_on, "
              "d.sealed_question, d.answer, d.sealed_answer, a.handle, d.answered_at, d.rowid "
              "FROM duty_request d JOIN agency g ON g.agency_id = d.asked_agency_id "
              "JOIN agency r ON r.agency_id = d.asking_agency_id "
              "JOIN legal_basis b ON b.basis_id = d.basis_id "
              "LEFT JOIN account a ON a.account_id = d.answered_by "
              "WHERE d.case_id = ?1 AND d.asked_agency_id = ?2 AND d.rowid > ?3 "
              "ORDER BY d.rowid",
              in.case_id(), asked.id, last);
  while (query.step()) {
    const auto id = query.id<ItemId>(0);
    const access::Sealed question{query.blob(6)};
    const access::Sealed sealed_answer{query.blob(8)};
    if (!size.takes(question.bytes.size() + sealed_answer.bytes.size())) {
      piece.next_cursor = std::to_string(last);
      break;
    }
    last = query.integer(11);
    v1::DutyRequest& row = piece.rows.emplace_back();
    if (!query.is_null(8)) {
      const auto answer = in.open(item_of(asked), duty_answer_place(id), sealed_answer);
      ENSURE(answer.has_value());  // the own agency's
      if (!row.ParseFromString(*answer)) throw Fault("an opened answer does not parse");
      row.set_answer(query.enumerator<v1::DutyAnswer>(7));
      row.set_answered_by_handle(query.text(9));
      *row.mutable_answered_at() = timestamp_of(query.integer(10));
    }
    row.set_duty_request(query.text(1));
    row.set_asked_agency_code(query.text(2));
    row.set_asking_agency_code(query.text(3));
    row.set_basis_code(query.text(4));
    row.set_received_on(query.text(5));
    row.set_question(in.open(item_of(asked), duty_question_place(id), question).value_or(""));
  }
  return piece;
}

}  // namespace sspf::store
