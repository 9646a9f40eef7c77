// SPDX-License-Identifier: Apache-2.0
#include "server/store/disclosures.h"

#include <algorithm>

#include "server/base/limits.h"
#include "server/base/piece_size.h"
#include "server/store/row_cursor.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// Written once, with the disclosure.
access::Place assessment_place(const ItemId& disclosure) {
  return {"disclosure.sealed_assessment", disclosure.bytes(), 1};
}

// After which row a piece begins.
struct Position {
  std::int64_t sequence = -1;
  std::string item;  // its id in hexadecimal digits
};

Position position_of(const std::string& cursor) {
  if (cursor.empty()) return {};
  const auto slash = cursor.find('/');
  ENSURE(slash != std::string::npos);
  return {std::stoll(cursor.substr(0, slash)), cursor.substr(slash + 1)};
}

std::string cursor_of(const Position& position) {
  return std::to_string(position.sequence) + "/" + position.item;
}

}  // namespace

Result<Disclosures::Added> Disclosures::add(const access::CaseAccess& in,
                                            const DisclosureDraft& draft,
                                            const Authorship& author) {
  {
    Query stored(*connection_, "SELECT count(*) FROM disclosure WHERE case_id = ?1", in.case_id());
    if (stored.step() && stored.integer(0) >= limits::records_per_case_max) {
      return refusal(Reason::case_full);
    }
  }
  const Added added{ItemId::random(), random_ref()};
  const access::ItemFacts& item = draft.note.item;
  v1::Disclosure secret;
  secret.set_decided_by(draft.assessment.decided_by());
  secret.set_reasoning(draft.assessment.reasoning());
  const access::Sealed sealed = in.seal({item.owner, item.secrecy_class},
                                        assessment_place(added.id), secret.SerializeAsString());
  Query(*connection_,
        "INSERT INTO disclosure (disclosure_id, case_id, ref, note_id, note_version, "
        "owner_agency_id, recipient_agency_id, basis_id, secrecy_class, disclosed_on, "
        "sealed_assessment, account_id, recorded_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        added.id, in.case_id(), added.ref, draft.note.id, draft.note.version, item.owner,
        draft.recipient, draft.basis, static_cast<int>(item.secrecy_class),
        draft.assessment.disclosed_on(), Blob{sealed.bytes}, author.account, author.at.microseconds)
      .run();
  return added;
}

DisclosurePiece Disclosures::list(const access::CaseAccess& in, const AgencyId& owner,
                                  const std::string& cursor) const {
  DisclosurePiece piece;
  PieceSize size;
  std::int64_t last = row_of(cursor);
  Query query(*connection_,
              "SELECT d.disclosure_id, d.ref, n.ref, d.note_version, g.code, r.code, b.code, "
              "d.disclosed_on, d.sealed_assessment, a.handle, d.recorded_at, g.kind, n.kind, "
              "d.secrecy_class, d.rowid FROM disclosure d JOIN note n ON n.note_id = d.note_id "
              "JOIN agency g ON g.agency_id = d.owner_agency_id "
              "JOIN agency r ON r.agency_id = d.recipient_agency_id "
              "JOIN legal_basis b ON b.basis_id = d.basis_id "
              "JOIN account a ON a.account_id = d.account_id "
              "WHERE d.case_id = ?1 AND d.owner_agency_id = ?2 AND d.rowid > ?3 "
              "ORDER BY d.rowid",
              in.case_id(), owner, last);
  while (query.step()) {
    const access::ItemFacts item{owner, query.enumerator<v1::AgencyKind>(11),
                                 query.enumerator<v1::InformationKind>(12),
                                 query.enumerator<v1::SecrecyClass>(13)};
    if (!in.covers(item)) continue;
    const access::Sealed sealed{query.blob(8)};
    if (!size.takes(sealed.bytes.size())) {
      piece.next_cursor = std::to_string(last);
      break;
    }
    last = query.integer(14);
    const auto text = in.open(item, assessment_place(query.id<ItemId>(0)), sealed);
    ENSURE(text.has_value());
    v1::Disclosure& row = piece.rows.emplace_back();
    if (!row.ParseFromString(*text)) throw Fault("an opened assessment does not parse");
    row.set_disclosure(query.text(1));
    row.set_note(query.text(2));
    row.set_note_version(static_cast<std::uint64_t>(query.integer(3)));
    row.set_owner_agency_code(query.text(4));
    row.set_recipient_agency_code(query.text(5));
    row.set_basis_code(query.text(6));
    row.set_disclosed_on(query.text(7));
    row.set_author_handle(query.text(9));
    *row.mutable_recorded_at() = timestamp_of(query.integer(10));
  }
  return piece;
}

ShownItemPiece Disclosures::list_shown(const access::CaseAccess& in,
                                       const std::vector<AgencyId>& owners,
                                       const std::string& cursor) const {
  const Position after = position_of(cursor);
  ShownItemPiece piece;
  Position last;
  Query query(*connection_,
              "SELECT s.owner_agency_id, g.code, r.code, s.item_id, s.item_version, s.basis_id, "
              "s.sequence, hex(s.item_id) FROM shown_item s "
              "JOIN agency g ON g.agency_id = s.owner_agency_id "
              "JOIN agency r ON r.agency_id = s.recipient_agency_id "
              "WHERE s.case_id = ?1 AND (s.sequence, hex(s.item_id)) > (?2, ?3) "
              "ORDER BY s.sequence, hex(s.item_id), s.item_version",
              in.case_id(), after.sequence, after.item);
  while (query.step()) {
    const auto owner = query.id<AgencyId>(0);
    if (std::find(owners.begin(), owners.end(), owner) == owners.end()) continue;
    v1::ShownItem row;
    row.set_owner_agency_code(query.text(1));
    row.set_recipient_agency_code(query.text(2));
    row.set_item_ref(query.id<ItemId>(3).text());
    row.set_item_version(static_cast<std::uint64_t>(query.integer(4)));
    row.set_basis_ref(query.id<BasisId>(5).text());
    row.set_sequence(static_cast<std::uint64_t>(query.integer(6)));
    // The versions of one item that one event showed stay together.
    const Position position{query.integer(6), query.text(7)};
    const bool is_full = piece.rows.size() >= limits::page_size_max;
    if (is_full && cursor_of(last) != cursor_of(position)) {
      piece.next_cursor = cursor_of(last);
      break;
    }
    last = position;
    piece.rows.push_back(std::move(row));
  }
  return piece;
}

}  // namespace sspf::store
