// SPDX-License-Identifier: Apache-2.0
//
// SQL of commitments. Each belongs to the agency that is responsible for it and is sealed in that
// agency's compartment; every version of the whole commitment is kept, be it changed terms or a
// follow-up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/directory.h"
#include "server/store/sqlite.h"
#include "sspf/v1/plan.pb.h"

namespace sspf::store {

// A commitment at its newest version, its content still sealed.
struct CommitmentRow {
  ItemId id;
  std::string ref;
  AgencyId agency;
  std::string agency_code;
  v1::AgencyKind agency_kind = v1::AGENCY_KIND_UNSPECIFIED;
  v1::SecrecyClass secrecy_class = v1::SECRECY_CLASS_UNSPECIFIED;
  std::uint64_t version = 0;
  std::string start_date;
  std::string due_date;
  v1::CommitmentStatus status = v1::COMMITMENT_STATUS_UNSPECIFIED;
  v1::RagStatus rag = v1::RAG_STATUS_UNSPECIFIED;
  access::Sealed content;
};

enum class VersionKind { terms, progress };

// What a version says. Of `commitment`, the fields that a version can change.
struct CommitmentText {
  VersionKind kind = VersionKind::terms;
  v1::Commitment commitment;
  std::string follow_up;  // of a follow-up, what it tells
};

class Commitments {
 public:
  explicit Commitments(Connection& connection) : connection_(&connection) {}

  // Version 1, of an agency. Refuses with too_many_commitments.
  Result<CommitmentRow> add(const access::CaseAccess& in, const AgencyRow& agency,
                            const CommitmentText& text, const Authorship& author);
  // The version after `seen`. Refuses with stale_version when `seen` is not the newest, and
  // too_many_versions.
  Result<std::uint64_t> add_version(const access::CaseAccess& in, const CommitmentRow& seen,
                                    const CommitmentText& text, const Authorship& author);

  // Refuses as not_found when there is none, or none that the caller may see.
  Result<CommitmentRow> find(const access::CaseAccess& in, const std::string& ref) const;
  // Those that the caller may see, soonest due first.
  std::vector<CommitmentRow> list(const access::CaseAccess& in) const;
  bool exist(const access::CaseAccess& in) const;
  // References of the agency's own that have not ended, soonest due first.
  std::vector<std::string> withdrawn(const access::WithdrawnCase& from,
                                     const AgencyId& agency) const;

  // The content of a row that find() or list() gave. All of v1::Commitment but `overdue`.
  v1::Commitment open(const access::CaseAccess& in, const CommitmentRow& row) const;
  // Its follow-ups and versions, oldest first, and the commitment as the newest says.
  v1::GetCommitmentResponse history(const access::CaseAccess& in, const CommitmentRow& row) const;

 private:
  void insert_version(const access::CaseAccess& in, const CommitmentRow& row,
                      const CommitmentText& text, const Authorship& author);

  Connection* connection_;
};

}  // namespace sspf::store
