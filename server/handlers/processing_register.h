// SPDX-License-Identifier: Apache-2.0
//
// The register of processing (GDPR article 30, R16): what each agency is controller of, counted
// without persons.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/processing_register.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// What every installation does (trust.md); the client has a sentence for each.
inline constexpr std::array<std::string_view, 8> security_measures{
    "sealed_per_case", "database_encrypted", "personal_certificates",   "basis_at_every_read",
    "kept_out_first",  "every_call_logged",  "log_proves_itself_whole", "disposal_destroys_keys"};

// Opens no case, so it shows none, protected ones included: they are counted with the others.
Result<Piece<v1::GetProcessingRegisterResponse>> get_processing_register(
    const Permit<Action::get_processing_register>& permit, Workspace& workspace,
    const v1::GetProcessingRegisterRequest& request, const std::string& cursor);

}  // namespace sspf::handlers
