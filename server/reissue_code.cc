// SPDX-License-Identifier: Apache-2.0
//
// The way in when an administrator's enrolment code is lost, or ran out before it was used. Whoever
// can run this holds the keys of the installation already; the event says that it was done.
#include <fmt/format.h>

#include "server/audit/event.h"
#include "server/handlers/enrolment.h"
#include "server/installation.h"
#include "server/programs.h"
#include "server/witnesses.h"

namespace sspf {
namespace {

Trouble no_code(const std::string& why) { return {"no new code: " + why, exit_codes::config}; }

// As at a start: nothing is added to a log that the checkpoint outside or a witness does not vouch
// for. An interrupted disposal is the server's to finish.
void demand_vouched_log(OpenInstallation& open, const Config& config) {
  open.check_log();
  if (config.audit.witnesses.empty()) return;
  const std::string trouble = witness_trouble(config, first_round(config, open));
  if (!trouble.empty()) throw Trouble(trouble, exit_codes::log);
}

AccountId locked_out_administrator(OpenInstallation& open, const std::string& handle) {
  const auto found = open.database().find_approver(handle);
  if (!found) throw no_code("there is no account with the handle " + handle);
  if (!found->is_administrator) {
    throw no_code("the account is no administrator of the whole installation: " + handle);
  }
  if (found->is_suspended) throw no_code("the account is suspended: " + handle);
  return found->account;
}

std::string add_code(OpenInstallation& open, const std::string& handle) {
  const Instant now = system_clock()();
  const AccountId account = locked_out_administrator(open, handle);
  const auto code =
      handlers::make_enrolment_code(open.services().installation.ca_fingerprint_base32, now);
  store::Batch batch(open.database());
  {
    store::Unit unit(batch);
    if (unit.tables().accounts.has_certificate_in_force(account, now)) {
      throw no_code("the account has a certificate that is in force: " + handle);
    }
    unit.tables().accounts.add_enrolment_code(account, code.hash, code.expires_at);
    store::EventDraft draft = audit::describe_own_act("server/reissue_code", 0);
    draft.event.set_subject_account_id(account.blob());
    static_cast<void>(unit.commit(std::move(draft), now, Done()));
  }
  static_cast<void>(std::move(batch).commit());
  open.checkpointer().sign_if_due();
  return code.text;
}

}  // namespace

int reissue_code(const Config& config, const std::string& administrator) {
  OpenInstallation open(config, system_clock(), OpenInstallation::CheckLog::no);
  demand_vouched_log(open, config);
  try {
    const std::string code = add_code(open, administrator);
    fmt::print(stderr, "sspfd: any earlier code of this account that was not used is void.\n");
    print_enrolment_code(config, administrator, code);
  } catch (const Trouble&) {
    throw;
  } catch (const std::exception& error) {
    throw Trouble(fmt::format("cut short, run the same command again: {}", error.what()),
                  exit_codes::commit);
  }
  return 0;
}

void print_enrolment_code(const Config& config, const std::string& administrator,
                          const std::string& code) {
  fmt::print(stderr,
             "Enrol the administrator '{}' within 24 hours with the code on standard output:\n"
             "  sspf enroll --server {}:{}\n",
             administrator, config.listen.hosts.front(), config.listen.port);
  fmt::print("{}\n", code);
}

}  // namespace sspf
