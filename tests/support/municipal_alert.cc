// SPDX-License-Identifier: Apache-2.0
//
// What a full municipality holds of alerts: two about its own people, of which one is enough to
// read and one to acknowledge. No decoy is left: one is added by whoever asks for it.
#include "server/alert_watch.h"
#include "sspf/v1/alert.pb.h"
#include "tests/support/full_municipality.h"

namespace sspf::test {

void FullMunicipality::raise_alerts() {
  v1::AddDecoyRequest add;
  add.set_municipality_code(code_);
  add.set_case_ref(vocabulary_.at("case_ref").front());
  send<v1::AddDecoyResponse>(auditor(), "AlertService/AddDecoy", add);
  server_.advance_seconds(1);
  for (const Account& coordinator : {people_.at(1), people_.at(4)}) {
    for (const std::string& number : vocabulary_.at("case_number")) {
      v1::GetCaseRequest read;
      read.set_case_number(number);
      server_.call(coordinator, "sspf.v1.CaseService/GetCase", read);
    }
  }
  AlertWatch watch(server_.installation().services(), {});
  for (int pass = 0; pass < 10; ++pass) watch.look();
  v1::RemoveDecoyRequest remove;
  remove.set_municipality_code(code_);
  remove.set_case_ref(add.case_ref());
  send<v1::RemoveDecoyResponse>(auditor(), "AlertService/RemoveDecoy", remove);
  const auto listed =
      send<v1::ListAlertsResponse>(auditor(), "AlertService/ListAlerts", v1::ListAlertsRequest());
  for (const v1::Alert& alert : listed.alerts()) note("alert", alert.alert());
}

}  // namespace sspf::test
