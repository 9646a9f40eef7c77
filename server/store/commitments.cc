// SPDX-License-Identifier: Apache-2.0
#include "server/store/commitments.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

access::Place place_of(const CommitmentRow& row) {
  return {"commitment_version.sealed_content", row.id.bytes(), row.version};
}

access::ItemFacts item_of(const CommitmentRow& row) {
  return {row.agency, row.agency_kind, v1::INFORMATION_KIND_PLAN, row.secrecy_class};
}

// What is sealed of a version: its part of the answer of GetCommitment.
std::string sealed_part(const CommitmentText& text) {
  v1::GetCommitmentResponse part;
  part.mutable_commitment()->set_responsible(text.commitment.responsible());
  part.mutable_commitment()->set_action(text.commitment.action());
  part.mutable_commitment()->set_cause(text.commitment.cause());
  part.mutable_commitment()->set_measures(text.commitment.measures());
  if (text.kind == VersionKind::progress) part.add_progress()->set_text(text.follow_up);
  return part.SerializeAsString();
}

v1::GetCommitmentResponse open_part(const access::CaseAccess& in, const CommitmentRow& row) {
  const auto bytes = in.open(item_of(row), place_of(row), row.content);
  ENSURE(bytes.has_value());  // find() and list() give no other rows
  v1::GetCommitmentResponse part;
  if (!part.ParseFromString(*bytes)) throw Fault("the content of a commitment does not parse");
  return part;
}

v1::Commitment commitment_of(const access::CaseAccess& in, const CommitmentRow& row,
                             const v1::GetCommitmentResponse& part) {
  v1::Commitment commitment = part.commitment();
  commitment.set_commitment(row.ref);
  commitment.set_case_number(in.number());
  commitment.set_agency_code(row.agency_code);
  commitment.set_start_date(row.start_date);
  commitment.set_due_date(row.due_date);
  commitment.set_status(row.status);
  commitment.set_rag(row.rag);
  commitment.set_version(row.version);
  return commitment;
}

// commitment_id, ref, agency_id, code, kind of the agency, secrecy_class, version, start_date,
// due_date, status, rag, sealed_content.
CommitmentRow commitment_row(const Query& query) {
  return {query.id<ItemId>(0),
          query.text(1),
          query.id<AgencyId>(2),
          query.text(3),
          query.enumerator<v1::AgencyKind>(4),
          query.enumerator<v1::SecrecyClass>(5),
          static_cast<std::uint64_t>(query.integer(6)),
          query.text(7),
          query.text(8),
          query.enumerator<v1::CommitmentStatus>(9),
          query.enumerator<v1::RagStatus>(10),
          {query.blob(11)}};
}

void set_terms(CommitmentRow& row, const v1::Commitment& commitment) {
  row.start_date = commitment.start_date();
  row.due_date = commitment.due_date();
  row.status = commitment.status();
  row.rag = commitment.rag();
}

}  // namespace

void Commitments::insert_version(const access::CaseAccess& in, const CommitmentRow& row,
                                 const CommitmentText& text, const Authorship& author) {
  const access::Sealed sealed =
      in.seal({row.agency, row.secrecy_class}, place_of(row), sealed_part(text));
  Query(*connection_,
        "INSERT INTO commitment_version (commitment_id, version, start_date, due_date, status, "
        "rag, is_progress, sealed_content, account_id, written_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        row.id, row.version, row.start_date, row.due_date, static_cast<int>(row.status),
        static_cast<int>(row.rag), text.kind == VersionKind::progress ? 1 : 0, Blob{sealed.bytes},
        author.account, author.at.microseconds)
      .run();
}

Result<CommitmentRow> Commitments::add(const access::CaseAccess& in, const AgencyRow& agency,
                                       const CommitmentText& text, const Authorship& author) {
  {
    Query count(*connection_, "SELECT count(*) FROM commitment WHERE case_id = ?1", in.case_id());
    ENSURE(count.step());
    if (count.integer(0) >= static_cast<std::int64_t>(limits::commitments_per_case_max)) {
      return refusal(Reason::too_many_commitments);
    }
  }
  CommitmentRow row;
  row.id = ItemId::random();
  row.ref = random_ref();
  row.agency = agency.id;
  row.agency_code = agency.code;
  row.agency_kind = agency.kind;
  row.secrecy_class = access::default_secrecy_class(agency.kind);
  row.version = 1;
  set_terms(row, text.commitment);
  Query(*connection_,
        "INSERT INTO commitment (commitment_id, case_id, ref, agency_id, secrecy_class, due_date, "
        "status, rag, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)",
        row.id, in.case_id(), row.ref, row.agency, static_cast<int>(row.secrecy_class),
        row.due_date, static_cast<int>(row.status), static_cast<int>(row.rag))
      .run();
  insert_version(in, row, text, author);
  return row;
}

Result<std::uint64_t> Commitments::add_version(const access::CaseAccess& in,
                                               const CommitmentRow& seen,
                                               const CommitmentText& text,
                                               const Authorship& author) {
  if (seen.version >= limits::versions_per_item_max) return refusal(Reason::too_many_versions);
  CommitmentRow next = seen;
  next.version = seen.version + 1;
  set_terms(next, text.commitment);
  const int changed =
      Query(*connection_,
            "UPDATE commitment SET due_date = ?1, status = ?2, rag = ?3, version = ?4 "
            "WHERE commitment_id = ?5 AND case_id = ?6 AND version = ?7",
            next.due_date, static_cast<int>(next.status), static_cast<int>(next.rag), next.version,
            seen.id, in.case_id(), seen.version)
          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  insert_version(in, next, text, author);
  return next.version;
}

Result<CommitmentRow> Commitments::find(const access::CaseAccess& in,
                                        const std::string& ref) const {
  Query query(*connection_,
              "SELECT c.commitment_id, c.ref, c.agency_id, g.code, g.kind, c.secrecy_class, "
              "v.version, v.start_date, v.due_date, v.status, v.rag, v.sealed_content "
              "FROM commitment c "
              "JOIN commitment_version v ON v.commitment_id = c.commitment_id "
              "AND v.version = c.version JOIN agency g ON g.agency_id = c.agency_id "
              "WHERE c.case_id = ?1 AND c.ref = ?2",
              in.case_id(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  CommitmentRow row = commitment_row(query);
  if (!in.covers(item_of(row))) return hidden(Reason::no_basis);
  return row;
}

std::vector<std::string> Commitments::withdrawn(const access::WithdrawnCase& from,
                                                const AgencyId& agency) const {
  std::vector<std::string> refs;
  Query query(*connection_,
              "SELECT ref FROM commitment WHERE case_id = ?1 AND agency_id = ?2 "
              "AND status IN (?3, ?4) ORDER BY due_date, ref",
              from.case_id(), agency, static_cast<int>(v1::COMMITMENT_STATUS_NOT_STARTED),
              static_cast<int>(v1::COMMITMENT_STATUS_STARTED));
  while (query.step()) refs.push_back(query.text(0));
  return refs;
}

std::vector<CommitmentRow> Commitments::list(const access::CaseAccess& in) const {
  std::vector<CommitmentRow> rows;
  Query query(*connection_,
              "SELECT c.commitment_id, c.ref, c.agency_id, g.code, g.kind, c.secrecy_class, "
              "v.version, v.start_date, v.due_date, v.status, v.rag, v.sealed_content "
              "FROM commitment c "
              "JOIN commitment_version v ON v.commitment_id = c.commitment_id "
              "AND v.version = c.version JOIN agency g ON g.agency_id = c.agency_id "
              "WHERE c.case_id = ?1 ORDER BY c.due_date, c.ref",
              in.case_id());
  while (query.step()) {
    CommitmentRow row = commitment_row(query);
    if (in.covers(item_of(row))) rows.push_back(std::move(row));
  }
  return rows;
}

bool Commitments::exist(const access::CaseAccess& in) const {
  return Query(*connection_, "SELECT 1 FROM commitment WHERE case_id = ?1", in.case_id()).step();
}

v1::Commitment Commitments::open(const access::CaseAccess& in, const CommitmentRow& row) const {
  return commitment_of(in, row, open_part(in, row));
}

v1::GetCommitmentResponse Commitments::history(const access::CaseAccess& in,
                                               const CommitmentRow& row) const {
  v1::GetCommitmentResponse history;
  Query query(*connection_,
              "SELECT v.version, v.start_date, v.due_date, v.status, v.rag, v.sealed_content, "
              "v.is_progress, a.handle, v.written_at FROM commitment_version v "
              "JOIN account a ON a.account_id = v.account_id "
              "WHERE v.commitment_id = ?1 ORDER BY v.version",
              row.id);
  while (query.step()) {
    CommitmentRow at = row;
    at.version = static_cast<std::uint64_t>(query.integer(0));
    at.start_date = query.text(1);
    at.due_date = query.text(2);
    at.status = query.enumerator<v1::CommitmentStatus>(3);
    at.rag = query.enumerator<v1::RagStatus>(4);
    at.content.bytes = query.blob(5);
    const v1::GetCommitmentResponse part = open_part(in, at);
    v1::CommitmentVersion& version = *history.add_versions();
    version.set_version(at.version);
    version.set_author_handle(query.text(7));
    *version.mutable_written_at() = timestamp_of(query.integer(8));
    *version.mutable_commitment() = commitment_of(in, at, part);
    *history.mutable_commitment() = version.commitment();
    if (query.integer(6) == 0) continue;
    v1::Progress& progress = *history.add_progress();
    progress.set_author_handle(query.text(7));
    *progress.mutable_written_at() = timestamp_of(query.integer(8));
    progress.set_status(at.status);
    progress.set_rag(at.rag);
    progress.set_text(part.progress(0).text());
    progress.set_cause(part.commitment().cause());
    progress.set_measures(part.commitment().measures());
  }
  return history;
}

}  // namespace sspf::store
