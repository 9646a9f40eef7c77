// SPDX-License-Identifier: Apache-2.0
#include "server/store/subject_access.h"

#include "server/base/limits.h"
#include "server/base/piece_size.h"
#include "server/store/case_content.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// The columns that access_row() reads, in this order: access_id, ref, asked_on, asked_by, handle,
// opened_at, entries, undecided, closed_at.
SubjectAccessRow access_row(const Query& query) {
  SubjectAccessRow row;
  row.id = query.id<ItemId>(0);
  row.shown.set_subject_access(query.text(1));
  row.shown.set_asked_on(query.text(2));
  row.shown.set_asked_by(query.enumerator<v1::SubjectRequester>(3));
  row.shown.set_opened_by_handle(query.text(4));
  *row.shown.mutable_opened_at() = timestamp_of(query.integer(5));
  row.shown.set_entries(static_cast<std::uint32_t>(query.integer(6)));
  row.shown.set_undecided(static_cast<std::uint32_t>(query.integer(7)));
  if (!query.is_null(8)) *row.shown.mutable_closed_at() = timestamp_of(query.integer(8));
  return row;
}

std::optional<access::Sealed> sealed_or_none(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  return access::Sealed{query.blob(column)};
}

// entry_id, position, source, row_id, row_version, owner_agency_id, kind of the owner, its code,
// information_kind, secrecy_class, written_at, version, decision, paragraph, sealed_reason,
// sealed_release, handle, decided_at, the value as it is kept, ref, name of the owner.
SubjectAccessEntryRow entry_row(const Query& query) {
  SubjectAccessEntryRow row;
  row.id = query.id<ItemId>(0);
  row.position = query.integer(1);
  const auto source = query.enumerator<v1::SubjectAccessSource>(2);
  row.row = query.id<ItemId>(3);
  row.column = column_of(source);
  row.item = {query.id<AgencyId>(5), query.enumerator<v1::AgencyKind>(6),
              query.enumerator<v1::InformationKind>(8), query.enumerator<v1::SecrecyClass>(9)};
  row.shown.set_entry(query.text(19));
  row.shown.set_source(source);
  row.shown.set_owner_agency_code(query.text(7));
  row.shown.set_owner_agency_name(query.text(20));
  if (!query.is_null(10)) *row.shown.mutable_written_at() = timestamp_of(query.integer(10));
  row.shown.set_source_version(static_cast<std::uint64_t>(query.integer(4)));
  row.shown.set_version(static_cast<std::uint64_t>(query.integer(11)));
  row.shown.set_decision(query.enumerator<v1::SubjectAccessDecision>(12));
  row.shown.set_paragraph(query.text(13));
  row.reason = sealed_or_none(query, 14);
  row.release = sealed_or_none(query, 15);
  row.shown.set_decided_by_handle(query.text(16));
  if (!query.is_null(17)) *row.shown.mutable_decided_at() = timestamp_of(query.integer(17));
  row.kept = sealed_or_none(query, 18);
  return row;
}

struct Content {
  std::int64_t source = 0;
  ItemId row;
  std::int64_t version = 0;
  AgencyId owner;
  std::int64_t information_kind = 0;
  v1::SecrecyClass secrecy_class = v1::SECRECY_CLASS_UNSPECIFIED;
  std::optional<std::int64_t> written_at;
};

// source, row_id, version, agency_id, kind of the agency, information_kind, secrecy_class,
// written_at.
Content content_row(const Query& query) {
  Content row{query.integer(0), query.id<ItemId>(1),
              query.integer(2), query.id<AgencyId>(3),
              query.integer(5), access::default_secrecy_class(static_cast<int>(query.integer(4))),
              std::nullopt};
  if (!query.is_null(6)) row.secrecy_class = query.enumerator<v1::SecrecyClass>(6);
  if (!query.is_null(7)) row.written_at = query.integer(7);
  return row;
}

std::size_t bytes_of(const std::optional<access::Sealed>& sealed) {
  return sealed ? sealed->bytes.size() : 0;
}

}  // namespace

access::Place release_place(const ItemId& entry, std::uint64_t version) {
  return {"subject_access_entry.sealed_release", entry.bytes(), version};
}

access::Place withheld_place(const ItemId& entry, std::uint64_t version) {
  return {"subject_access_entry.sealed_reason", entry.bytes(), version};
}

Result<SubjectAccessRow> SubjectAccesses::open(const access::CaseAccess& in,
                                               const v1::SubjectAccess& asked,
                                               const Authorship& author) {
  if (is_any_open(in.case_id())) return refusal(Reason::subject_access_open);
  {
    Query stored(*connection_, "SELECT count(*) FROM subject_access WHERE case_id = ?1",
                 in.case_id());
    if (stored.step() && stored.integer(0) >= limits::subject_accesses_per_case_max) {
      return refusal(Reason::case_full);
    }
  }
  const ItemId id = ItemId::random();
  Query(*connection_,
        "INSERT INTO subject_access (access_id, case_id, ref, asked_on, asked_by, account_id, "
        "opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        id, in.case_id(), asked.subject_access(), asked.asked_on(),
        static_cast<int>(asked.asked_by()), author.account, author.at.microseconds)
      .run();
  add_entries(in, id);
  return find(in, asked.subject_access());
}

void SubjectAccesses::add_entries(const access::CaseAccess& in, const ItemId& access) {
  std::vector<Content> content;
  {
    Query query(*connection_,
                "SELECT c.source, c.row_id, c.version, g.agency_id, g.kind, c.information_kind, "
                "c.secrecy_class, c.written_at FROM case_content c "
                "JOIN agency g ON g.agency_id = coalesce(c.owner_agency_id, ?2) "
                "WHERE c.case_id = ?1 ORDER BY c.source, c.written_at, c.row_id, c.version",
                in.case_id(), in.facts().coordinating_agency);
    while (query.step()) content.push_back(content_row(query));
  }
  std::int64_t position = 0;
  for (const Content& each : content) {
    Query(*connection_,
          "INSERT INTO subject_access_entry (entry_id, access_id, ref, position, source, row_id, "
          "row_version, owner_agency_id, information_kind, secrecy_class, written_at, version, "
          "decision, paragraph) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0, '')",
          ItemId::random(), access, random_ref(), ++position, each.source, each.row, each.version,
          each.owner, each.information_kind, static_cast<int>(each.secrecy_class), each.written_at)
        .run();
  }
}

bool SubjectAccesses::is_any_open(const CaseId& id) const {
  return Query(*connection_,
               "SELECT 1 FROM subject_access WHERE case_id = ?1 AND closed_at IS NULL", id)
      .step();
}

std::vector<SubjectAccessRow> SubjectAccesses::list(const access::CaseAccess& in) const {
  std::vector<SubjectAccessRow> rows;
  Query query(*connection_,
              "SELECT s.access_id, s.ref, s.asked_on, s.asked_by, a.handle, s.opened_at, "
              "count(e.entry_id), coalesce(sum(e.decision = 0), 0), s.closed_at "
              "FROM subject_access s JOIN account a ON a.account_id = s.account_id "
              "LEFT JOIN subject_access_entry e ON e.access_id = s.access_id "
              "WHERE s.case_id = ?1 GROUP BY s.access_id ORDER BY s.opened_at, s.ref",
              in.case_id());
  while (query.step()) rows.push_back(access_row(query));
  return rows;
}

Result<SubjectAccessRow> SubjectAccesses::find(const access::CaseAccess& in,
                                               const std::string& ref) const {
  Query query(*connection_,
              "SELECT s.access_id, s.ref, s.asked_on, s.asked_by, a.handle, s.opened_at, "
              "count(e.entry_id), coalesce(sum(e.decision = 0), 0), s.closed_at "
              "FROM subject_access s JOIN account a ON a.account_id = s.account_id "
              "LEFT JOIN subject_access_entry e ON e.access_id = s.access_id "
              "WHERE s.case_id = ?1 AND s.ref = ?2 GROUP BY s.access_id",
              in.case_id(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  return access_row(query);
}

void SubjectAccesses::close(const access::CaseAccess& in, const SubjectAccessRow& row,
                            const Authorship& closed) {
  Query(*connection_,
        "UPDATE subject_access SET closed_by_id = ?1, closed_at = ?2 "
        "WHERE access_id = ?3 AND case_id = ?4",
        closed.account, closed.at.microseconds, row.id, in.case_id())
      .run();
}

SubjectAccessPiece SubjectAccesses::entries(const access::CaseAccess& in,
                                            const SubjectAccessRow& row,
                                            const std::optional<AgencyId>& owner,
                                            std::int64_t after) const {
  Query query(*connection_,
              "SELECT e.entry_id, e.position, e.source, e.row_id, e.row_version, "
              "e.owner_agency_id, g.kind, g.code, e.information_kind, e.secrecy_class, "
              "e.written_at, e.version, e.decision, e.paragraph, e.sealed_reason, "
              "e.sealed_release, a.handle, e.decided_at, (SELECT c.sealed FROM case_content c "
              "WHERE c.case_id = ?2 AND c.source = e.source AND c.row_id = e.row_id "
              "AND c.version = e.row_version), e.ref, g.name "
              "FROM subject_access_entry e "
              "JOIN agency g ON g.agency_id = e.owner_agency_id "
              "LEFT JOIN account a ON a.account_id = e.decided_by_id "
              "WHERE e.access_id = ?1 AND e.position > ?3 "
              "AND (?4 IS NULL OR e.owner_agency_id = ?4) ORDER BY e.position",
              row.id, in.case_id(), after, owner);
  SubjectAccessPiece piece;
  PieceSize size;
  while (query.step()) {
    SubjectAccessEntryRow entry = entry_row(query);
    if (!size.takes(bytes_of(entry.kept) + bytes_of(entry.release) + bytes_of(entry.reason))) {
      piece.next = piece.rows.back().position;
      break;
    }
    piece.rows.push_back(std::move(entry));
  }
  return piece;
}

Result<SubjectAccesses::Found> SubjectAccesses::find_entry(const access::CaseAccess& in,
                                                           const std::string& ref) const {
  std::string access_ref;
  std::int64_t position = 0;
  {
    Query query(*connection_,
                "SELECT s.ref, e.position FROM subject_access_entry e "
                "JOIN subject_access s ON s.access_id = e.access_id "
                "WHERE s.case_id = ?1 AND e.ref = ?2",
                in.case_id(), ref);
    if (!query.step()) return hidden(Reason::not_found);
    access_ref = query.text(0);
    position = query.integer(1);
  }
  Found found;
  found.access = TRY(find(in, access_ref));
  found.entry = entries(in, found.access, std::nullopt, position - 1).rows.at(0);
  return found;
}

std::uint64_t SubjectAccesses::decide(const access::CaseAccess& in,
                                      const SubjectAccessEntryRow& row,
                                      const SubjectAccessDecided& decided) {
  std::optional<Blob> reason;
  if (decided.reason) reason = Blob{decided.reason->bytes};
  std::optional<Blob> release;
  if (decided.release) release = Blob{decided.release->bytes};
  const std::uint64_t version = row.shown.version() + 1;
  Query(*connection_,
        "UPDATE subject_access_entry SET version = ?1, decision = ?2, paragraph = ?3, "
        "sealed_reason = ?4, sealed_release = ?5, decided_by_id = ?6, decided_at = ?7 "
        "WHERE entry_id = ?8 AND access_id IN (SELECT access_id FROM subject_access "
        "WHERE case_id = ?9)",
        version, static_cast<int>(decided.decision), decided.paragraph, reason, release,
        decided.decided.account, decided.decided.at.microseconds, row.id, in.case_id())
      .run();
  return version;
}

LogPiece SubjectAccesses::looks(const access::CaseAccess& in, std::uint64_t first) const {
  LogPiece piece;
  Query query(*connection_,
              "SELECT e.sequence, e.event FROM audit_event_case c "
              "JOIN audit_event e ON e.sequence = c.sequence "
              "WHERE c.case_id = ?1 AND c.sequence >= ?2 AND e.outcome = ?3 "
              "ORDER BY c.sequence LIMIT ?4",
              in.case_id(), first, static_cast<int>(v1::OUTCOME_ALLOWED), limits::page_size_max);
  while (query.step()) {
    piece.entries.push_back({static_cast<std::uint64_t>(query.integer(0)), query.blob(1)});
  }
  if (piece.entries.size() == limits::page_size_max) piece.next = piece.entries.back().sequence + 1;
  return piece;
}

}  // namespace sspf::store
