// SPDX-License-Identifier: Apache-2.0
//
// Offline exports of the log: whatever is read whole is what the same events are written as.
#include <sstream>

#include "crypto/audit_export.h"
#include "tests/fuzz/fuzz.h"

void sspf::test::fuzz(std::string_view input) {
  using Reader = crypto::AuditExportReader;
  std::istringstream stream{std::string(input)};
  Reader reader(stream);
  if (!reader.note()) return;
  std::string written = crypto::export_header(*reader.note());
  crypto::Bytes entry;
  using crypto::NextEntry;
  NextEntry next = reader.next(entry);
  for (; next == NextEntry::entry; next = reader.next(entry)) {
    crypto::append_export_entry(written, entry);
  }
  ENSURE(next == NextEntry::malformed || written == input);
  ENSURE(reader.next(entry) == next);  // it stays so
}
