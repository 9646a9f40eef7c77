// SPDX-License-Identifier: Apache-2.0
#include "server/store/reports.h"

namespace sspf::store {

std::map<v1::MeetingState, std::uint64_t> Reports::meetings(const access::MunicipalityAccess& in,
                                                            const Period& period) const {
  Query query(*connection_,
              "SELECT state, count(*) FROM meeting WHERE municipality_id = ?1 "
              "AND starts_at >= ?2 AND starts_at < ?3 GROUP BY state",
              in.municipality(), period.from.microseconds, period.to.microseconds);
  std::map<v1::MeetingState, std::uint64_t> counts;
  while (query.step()) {
    counts[query.enumerator<v1::MeetingState>(0)] = static_cast<std::uint64_t>(query.integer(1));
  }
  return counts;
}

std::map<std::pair<std::string, v1::AttendanceStatus>, std::uint64_t> Reports::attendance(
    const access::MunicipalityAccess& in, const Period& period) const {
  Query query(*connection_,
              "SELECT g.code, (SELECT t.status FROM attendance t "
              "WHERE t.participant_id = p.participant_id AND t.scope_id = m.meeting_id "
              "AND t.recorded_at < ?3 ORDER BY t.version DESC LIMIT 1) AS last, count(*) "
              "FROM meeting m JOIN participant p ON p.meeting_id = m.meeting_id "
              "JOIN account a ON a.account_id = p.account_id "
              "JOIN agency g ON g.agency_id = a.agency_id "
              "WHERE m.municipality_id = ?1 AND m.starts_at >= ?2 AND m.starts_at < ?3 "
              "AND m.state <> ?4 GROUP BY g.code, last",
              in.municipality(), period.from.microseconds, period.to.microseconds,
              static_cast<int>(v1::MEETING_STATE_PLANNED));
  std::map<std::pair<std::string, v1::AttendanceStatus>, std::uint64_t> counts;
  while (query.step()) {
    const auto status = query.is_null(1) ? v1::ATTENDANCE_STATUS_UNSPECIFIED
                                         : query.enumerator<v1::AttendanceStatus>(1);
    counts[{query.text(0), status}] += static_cast<std::uint64_t>(query.integer(2));
  }
  return counts;
}

std::vector<DueCommitment> Reports::commitments(const access::MunicipalityAccess& in,
                                                const Period& period) const {
  Query query(*connection_,
              "SELECT g.code, v.due_date, v.status, (SELECT min(d.written_at) "
              "FROM commitment_version d WHERE d.commitment_id = c.commitment_id "
              "AND d.version <= v.version AND d.status = ?5), (SELECT s.state "
              "FROM case_state_change s WHERE s.case_id = f.case_id AND s.changed_at < ?4 "
              "ORDER BY s.version DESC LIMIT 1) FROM commitment c "
              "JOIN case_file f ON f.case_id = c.case_id "
              "JOIN agency g ON g.agency_id = c.agency_id "
              "JOIN commitment_version v ON v.commitment_id = c.commitment_id "
              "WHERE f.municipality_id = ?1 AND f.kind = ?6 AND v.due_date BETWEEN ?2 AND ?3 "
              "AND v.version = (SELECT max(l.version) FROM commitment_version l "
              "WHERE l.commitment_id = c.commitment_id AND l.written_at < ?4) "
              "AND NOT EXISTS (SELECT 1 FROM case_protection x WHERE x.case_id = f.case_id)",
              in.municipality(), period.first_day, period.last_day, period.to.microseconds,
              static_cast<int>(v1::COMMITMENT_STATUS_DONE),
              static_cast<int>(v1::CASE_KIND_INDIVIDUAL));
  std::vector<DueCommitment> rows;
  while (query.step()) {
    DueCommitment& row = rows.emplace_back();
    row.agency_code = query.text(0);
    row.due_date = query.text(1);
    row.status = query.enumerator<v1::CommitmentStatus>(2);
    if (!query.is_null(3)) row.done_at = query.integer(3);
    row.case_state = query.enumerator<v1::CaseState>(4);
  }
  return rows;
}

std::vector<StateTimes> Reports::cases(const access::MunicipalityAccess& in,
                                       const Period& period) const {
  Query query(*connection_,
              "SELECT f.case_id, s.state, min(s.changed_at) FROM case_file f "
              "JOIN case_state_change s ON s.case_id = f.case_id "
              "WHERE f.municipality_id = ?1 AND f.kind = ?4 AND s.changed_at < ?3 "
              "AND EXISTS (SELECT 1 FROM case_state_change n WHERE n.case_id = f.case_id "
              "AND n.changed_at >= ?2 AND n.changed_at < ?3) "
              "AND NOT EXISTS (SELECT 1 FROM case_protection x WHERE x.case_id = f.case_id) "
              "GROUP BY f.case_id, s.state ORDER BY f.case_id",
              in.municipality(), period.from.microseconds, period.to.microseconds,
              static_cast<int>(v1::CASE_KIND_INDIVIDUAL));
  std::map<CaseId, StateTimes> by_case;
  while (query.step()) {
    by_case[query.id<CaseId>(0)][query.enumerator<v1::CaseState>(1)] = query.integer(2);
  }
  std::vector<StateTimes> cases;
  cases.reserve(by_case.size());
  for (auto& [id, times] : by_case) cases.push_back(std::move(times));
  return cases;
}

std::uint64_t Reports::revoked_consents(const access::MunicipalityAccess& in,
                                        const Period& period) const {
  Query query(*connection_,
              "SELECT count(*) FROM consent c JOIN case_file f ON f.case_id = c.case_id "
              "WHERE f.municipality_id = ?1 AND f.kind = ?4 "
              "AND c.revoked_at >= ?2 AND c.revoked_at < ?3 "
              "AND NOT EXISTS (SELECT 1 FROM case_protection x WHERE x.case_id = f.case_id)",
              in.municipality(), period.from.microseconds, period.to.microseconds,
              static_cast<int>(v1::CASE_KIND_INDIVIDUAL));
  return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

}  // namespace sspf::store
