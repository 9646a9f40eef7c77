// SPDX-License-Identifier: Apache-2.0
#include "server/store/found.h"

#include "server/base/ensure.h"

namespace sspf::store {

void Unit::add_first_administrator(const Founding& founding) {
  Connection& connection = batch_.database_.connection_;
  {
    Query accounts(connection, "SELECT 1 FROM account LIMIT 1");
    ENSURE(!accounts.step());
  }
  const AgencyId agency = AgencyId::random();
  const AccountId account = AccountId::random();
  Query(connection,
        "INSERT INTO agency (agency_id, code, name, kind, version) VALUES (?1, 'DRIFT', 'Drift', "
        "?2, 1)",
        agency, static_cast<int>(v1::AGENCY_KIND_PARTNER))
      .run();
  Query(connection,
        "INSERT INTO account (account_id, handle, name, agency_id, suspended, version) "
        "VALUES (?1, ?2, ?3, ?4, 0, 1)",
        account, founding.handle, founding.name, agency)
      .run();
  Query(connection, "INSERT INTO role_grant (account_id, role) VALUES (?1, ?2)", account,
        static_cast<int>(v1::ROLE_ADMINISTRATOR))
      .run();
  begin_log_epoch(founding.log_origin);
  tables_.accounts.add_enrolment_code(account, founding.code_hash, founding.code_expires_at);
}

void found(Database& database, const Founding& founding, EventDraft event, Instant now) {
  Batch batch(database);
  {
    Unit unit(batch);
    unit.add_first_administrator(founding);
    static_cast<void>(unit.commit(std::move(event), now, 0));
  }
  static_cast<void>(std::move(batch).commit());
}

}  // namespace sspf::store
