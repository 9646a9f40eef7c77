// SPDX-License-Identifier: Apache-2.0
#include "tests/support/stored_rows.h"

#include <map>

#include "crypto/derive.h"
#include "server/installation.h"

namespace sspf::test {
namespace {

std::string table_of(const std::string& key) { return key.substr(0, key.find(' ')); }

void count_in(std::map<std::string, int>& counts, char sign, const std::string& key) {
  ++counts[sign + table_of(key)];
}

std::string sentence_of(const std::map<std::string, int>& counts) {
  std::string sentence;
  for (const auto& [what, count] : counts) {
    if (!sentence.empty()) sentence += " ";
    sentence += what + (count == 1 ? "" : "*" + std::to_string(count));
  }
  return sentence;
}

}  // namespace

StoredRows::StoredRows(const Config& config)
    : connection_(config.database_file().string(),
                  crypto::derive(read_key(config.root_key_file()), "sspf/database/v1"),
                  store::OpenMode::existing) {
  seen_ = read();
}

std::vector<StoredRows::Row> StoredRows::read() {
  std::vector<Row> rows;
  rows.reserve(seen_.size() + 8);
  store::Query query(
      connection_,
      "SELECT 'plan ' || hex(case_id), version FROM plan UNION ALL "
      "SELECT 'plan_version ' || hex(case_id) || version, concat_ws('|', review_date, "
      "hex(sealed_content), hex(account_id), written_at) FROM plan_version UNION ALL "
      "SELECT 'commitment ' || hex(commitment_id), concat_ws('|', hex(case_id), ref, "
      "hex(agency_id), secrecy_class, due_date, status, rag, version) FROM commitment UNION ALL "
      "SELECT 'commitment_version ' || hex(commitment_id) || version, concat_ws('|', start_date, "
      "due_date, status, rag, is_progress, hex(sealed_content), hex(account_id), written_at) "
      "FROM commitment_version UNION ALL "
      "SELECT 'note ' || hex(note_id), concat_ws('|', hex(case_id), ref, hex(owner_agency_id), "
      "kind, secrecy_class, version) FROM note UNION ALL "
      "SELECT 'note_version ' || hex(note_id) || version, concat_ws('|', hex(account_id), "
      "written_at, hex(sealed_text)) FROM note_version UNION ALL "
      "SELECT 'note_recipient ' || hex(note_id) || version || hex(agency_id), '' "
      "FROM note_recipient UNION ALL "
      "SELECT 'alert ' || ref, concat_ws('|', kind, count, hex(acknowledged_by_id), "
      "acknowledged_at) FROM alert UNION ALL "
      "SELECT 'alert_rule ' || version, concat_ws('|', hex(municipality_id), kind, enabled, "
      "threshold, window_minutes, hex(account_id), set_at) FROM alert_rule UNION ALL "
      "SELECT 'alert_decoy ' || hex(decoy_id), concat_ws('|', hex(municipality_id), "
      "hex(log_case_id), hex(account_id), added_at, hex(removed_by_id), removed_at) "
      "FROM alert_decoy UNION ALL "
      "SELECT 'request ' || hex(account_id) || request_id, concat_ws('|', rpc, "
      "hex(body_digest), hex(reply), stored_at) FROM request ORDER BY 1");
  while (query.step()) rows.push_back({query.text(0), query.text(1)});
  return rows;
}

std::string StoredRows::changes() {
  std::vector<Row> now = read();
  std::map<std::string, int> counts;
  auto before = seen_.begin();
  for (const Row& row : now) {
    for (; before != seen_.end() && before->key < row.key; ++before) {
      count_in(counts, '-', before->key);
    }
    if (before == seen_.end() || before->key != row.key) {
      count_in(counts, '+', row.key);
    } else if (*before++ != row) {
      count_in(counts, '~', row.key);
    }
  }
  for (; before != seen_.end(); ++before) count_in(counts, '-', before->key);
  seen_ = std::move(now);
  return sentence_of(counts);
}

}  // namespace sspf::test
