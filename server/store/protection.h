// SPDX-License-Identifier: Apache-2.0
//
// SQL of what keeps people out of a case above every role: blocks for a conflict of interest, and a
// protected identity with its named handlers. Whom it keeps out, access_facts.h says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/protection.pb.h"

namespace sspf::store {

class Protection {
 public:
  explicit Protection(Connection& connection) : connection_(&connection) {}

  // Whether the account is blocked, or no handler of a protected identity.
  bool keeps_out(const access::CaseAccess& in, const AccountId& account) const;

  // Unspecified when the identity is not protected.
  v1::ProtectionLevel level(const access::CaseAccess& in) const;
  // Refuses with protected_already.
  Result<Done> protect(const access::CaseAccess& in, v1::ProtectionLevel level, Instant now);
  // Its handlers go with it. Refuses with not_protected.
  Result<Done> unprotect(const access::CaseAccess& in);

  // Their handles.
  std::vector<std::string> handlers(const access::CaseAccess& in) const;
  // A coordinator who can act is among them: neither suspended nor blocked.
  bool is_handled_by_a_coordinator(const access::CaseAccess& in) const;
  // Refuses with already_there.
  Result<Done> add_handler(const access::CaseAccess& in, const AccountId& account, Instant now);
  // Hidden when the account is none.
  Result<Done> remove_handler(const access::CaseAccess& in, const AccountId& account);

  // Refuses with already_there while the account is blocked.
  Result<Done> block(const access::CaseAccess& in, const AccountId& account,
                     const std::string& reason, const Authorship& author);
  // Hidden when the account is not blocked.
  Result<Done> unblock(const access::CaseAccess& in, const AccountId& account, Instant now);
  // Those in force; their reasons are opened.
  std::vector<v1::Block> blocks(const access::CaseAccess& in) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
