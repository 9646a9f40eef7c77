// SPDX-License-Identifier: Apache-2.0
// Denied: invalid initialization of reference of type|no viable conversion from .const Permit
#include "server/handlers/commitments.h"

using namespace sspf;

void use(const access::Permit<access::Action::get_plan>& read,
         const access::Permit<access::Action::log_progress>& write,
         handlers::Workspace& workspace) {
  const v1::LogProgressRequest request;
#ifndef SSPF_CONTROL
  static_cast<void>(handlers::log_progress(read, workspace, request));
#else
  static_cast<void>(read);
#endif
  static_cast<void>(handlers::log_progress(write, workspace, request));
}
