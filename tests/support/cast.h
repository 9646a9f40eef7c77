// SPDX-License-Identifier: Apache-2.0
//
// The cast of the request tests: two municipalities that share a police district, agencies of every
// kind, and one account for each role. All names are fictive.
#pragma once

#include <string>

#include "tests/support/test_server.h"

namespace sspf::test {

struct Cast {
  explicit Cast(TestServer& server);

  Account root;             // administrator of the installation
  Account admin_tyr;        // administrator of TYR, agency TYR-SSPF
  Account coordinator_tyr;  // agency TYR-SSPF (partner)
  Account coordinator_nac;  // agency NAC-SSPF (partner)
  Account social_tyr;       // member, agency TYR-SOC
  Account school_tyr;       // member, agency TYR-SKO
  Account school2_tyr;      // another member of the same agency
  Account recreation_tyr;   // member, agency TYR-FRI
  Account police;           // member in TYR and NAC, agency LPO-POL
  Account school_nac;       // member, agency NAC-SKO
  Account auditor;          // of the installation, agency TYR-SSPF
  Account auditor_tyr;      // of TYR only
  Account suspended;        // was a member, agency TYR-SKO
  Account nobody;           // without a certificate
};

// Makes an account through the RPCs, as `root`, and enrols it. `role` is as in "ROLE_MEMBER",
// `municipality` a code or empty.
struct NewAccount {
  std::string handle;
  std::string agency;
  v1::Role role;
  std::vector<std::string> municipalities;
};
Account make_account(TestServer& server, const NewAccount& wanted);

}  // namespace sspf::test
