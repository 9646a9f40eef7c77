// SPDX-License-Identifier: Apache-2.0
// Denied: no known conversion|cannot convert|invalid initialization
#include "server/base/ids.h"

void read(const sspf::CaseId& id);

void use(const sspf::AgencyId& agency, const sspf::CaseId& case_id) {
#ifndef SSPF_CONTROL
  read(agency);
#else
  static_cast<void>(agency);
#endif
  read(case_id);
}
