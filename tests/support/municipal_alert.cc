// SPDX-License-Identifier: Apache-2.0
//
// What a full municipality holds of alerts: two about its own people, of which one is enough to
// read and one to acknowledge; and a decoy, beside a case that is none.
#include "server/alert_watch.h"
#include "sspf/v1/alert.pb.h"
#include "sspf/v1/case.pb.h"
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
  v1::CreateCaseRequest create;
  create.set_municipality_code(code_);
  create.set_kind(v1::CASE_KIND_GROUP);
  create.set_title(marked("lockbete"));
  create.set_referring_agency_code(code_ + "-SKO");
  send<v1::CreateCaseResponse>(coordinator(), "CaseService/CreateCase", create);
  add.set_case_ref(reference_of(server_.last_event().case_id()));
  note("case_ref", add.case_ref());
  send<v1::AddDecoyResponse>(auditor(), "AlertService/AddDecoy", add);
}

}  // namespace sspf::test
