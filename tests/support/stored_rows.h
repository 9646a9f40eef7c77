// SPDX-License-Identifier: Apache-2.0
//
// What the file holds of plans, commitments, notes and remembered answers, read past the server on
// a connection of its own: what a call stored, whatever the server says of it.
#pragma once

#include <string>
#include <vector>

#include "server/base/config.h"
#include "server/store/sqlite.h"

namespace sspf::test {

class StoredRows {
 public:
  // The installation must be there already, and outlive this.
  explicit StoredRows(const Config& config);

  // What has come, changed and gone since this was asked last, by table:
  // "+commitment_version ~commitment +request", with a count when there are several ("+plan*2").
  // Empty when every row is as it was.
  std::string changes();

 private:
  struct Row {
    std::string key;  // table and primary key
    std::string values;
    bool operator==(const Row&) const = default;
  };
  // In the order of their keys.
  std::vector<Row> read();

  store::Connection connection_;
  std::vector<Row> seen_;
};

}  // namespace sspf::test
