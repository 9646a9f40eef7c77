// SPDX-License-Identifier: Apache-2.0
//
// What `sspfd check` reads in the file of the database before anything opens it to serve, with the
// root key and nothing else.
#pragma once

#include <string>
#include <vector>

#include "crypto/secret.h"
#include "server/base/config.h"
#include "server/check_findings.h"
#include "server/store/integrity.h"

namespace sspf {

// A step that found something, or could not be taken.
struct DatabaseFile {
  std::string does_not_open;  // why; empty when it opens
  std::string pages_trouble;
  std::size_t pending_migrations = 0;
  std::string pending_unknown;  // why
  store::LogReading log;
  std::string log_unread;  // why
  std::vector<std::string> references;
  std::vector<std::string> schema;
};

DatabaseFile read_database(const Config& config, const crypto::Secret& root_key);

// Tells what stands in the file, and no start would notice.
void tell_of_content(const DatabaseFile& file, Findings& findings);

}  // namespace sspf
