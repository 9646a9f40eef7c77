// SPDX-License-Identifier: Apache-2.0
#include "client/cli/context_commands.h"

#include <nlohmann/json.hpp>

#include "client/cli/audit.h"
#include "client/cli/failure.h"
#include "client/cli/plain_text.h"
#include "client/cli/render.h"
#include "crypto/certificate.h"
#include "crypto/note.h"

namespace sspf::cli {
namespace {

std::string expiry_of(const Context& context, Output output) {
  const auto facts = crypto::read_certificate(context.certificate_pem());
  if (!facts) return "";
  return moment_text(UtcSeconds(std::chrono::seconds(facts->not_after_seconds)), output);
}

std::string in_use(const Session& session) {
  const auto names = session.store.names();
  const bool is_chosen = !session.typed.common.context.empty() ||
                         !session.store.preferences().context.empty() ||
                         std::getenv("SSPF_CONTEXT") != nullptr;
  if (!is_chosen && names.size() != 1) return "";
  return chosen_context(session.typed.common.context, session.store);
}

// Of a context that the command itself is about; one that is only to be signed in with is another
// matter, and ends as not signed in.
void refuse_unknown(const Session& session, const std::string& name) {
  if (session.store.has(name)) return;
  throw not_found_failure(tr("There is no such context. See `sspf context list`."));
}

std::string given_name(const Session& session) {
  std::string name = session.value("context-name");
  if (name.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::context)}));
  return name;
}

}  // namespace

void list_contexts(const Session& session) {
  const std::string current = in_use(session);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  Grid grid{{{tr("In use")},
             {tr("Context")},
             {tr("Server")},
             {tr("Account")},
             {tr("Certificate expires")}},
            {}};
  for (const auto& name : session.store.names()) {
    const Context context = session.store.load(name);
    const std::string expiry = expiry_of(context, session.output);
    list.push_back({{"name", name},
                    {"server", context.server},
                    {"account", context.account},
                    {"certificateNotAfter", expiry},
                    {"inUse", name == current}});
    grid.rows.push_back({{name == current ? "*" : ""},
                         {escaped(name)},
                         {escaped(context.server)},
                         {escaped(context.account)},
                         {expiry}});
  }
  if (session.output == Output::json) {
    session.terminal.out() << object_json({{"contexts", list}});
    return;
  }
  if (grid.rows.empty()) {
    session.terminal.err() << tr("There is nothing to show.") << '\n';
    return;
  }
  session.terminal.out() << table_text(grid, page_of(session.terminal));
}

void use_context(const Session& session) {
  const std::string name = given_name(session);
  refuse_unknown(session, name);
  session.store.load(name);
  session.store.prefer(name);
  write_facts({{"context", msg("Context"), name}}, session.output, session.terminal);
}

void show_context(const Session& session) {
  std::string name = session.value("context-name");
  if (name.empty()) {
    name = chosen_context(session.typed.common.context, session.store);
  } else {
    refuse_unknown(session, name);
  }
  const Context context = session.store.load(name);
  std::string newest;
  if (const auto bytes = session.store.checkpoint(name)) {
    if (const auto checkpoint = crypto::checkpoint_in(*bytes))
      newest = std::to_string(checkpoint->size);
  }
  write_facts(
      {{"context", msg("Context"), name},
       {"server", msg("Server"), context.server},
       {"account", msg("Account"), context.account},
       {"certificateNotAfter", msg("Certificate expires"), expiry_of(context, session.output)},
       {"logVerifierKey", msg("Verifier key of the log"), context.log_verifier_key},
       {"newestCheckpoint", msg("Events in the newest checkpoint"), newest}},
      session.output, session.terminal);
}

void trust_log(const Session& session) {
  const std::string given = session.value("key");
  if (given.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::key)}));
  const auto log = crypto::NoteVerifier::parse(given);
  if (!log) throw usage_failure(fill(tr("{0} is not a verifier key."), {tr(value::key)}));
  const SignedIn user(session);
  const std::string& name = user.context().name;
  const auto before = crypto::NoteVerifier::parse(user.context().log_verifier_key);
  if (before && (before->name == log->name || before->key == log->key)) {
    throw usage_failure(
        tr("The context has a log of that name or key already, and a new epoch has new ones."));
  }
  if (session.store.has_left_log(name, *log)) {
    throw usage_failure(tr("That is a log from before a restore: it never comes back."));
  }
  const NewEpoch epoch = ask_for_new_epoch(user, session.store, *log, session.has("lost"));
  // The key last: cut short before it, the context has its old log, and this is repeated.
  if (before) session.store.leave_log(name, *before);
  session.store.remember_checkpoint(name, epoch.note);
  session.store.replace_log_key(name, *log);
  write_facts({{"context", msg("Context"), name},
               {"logVerifierKey", msg("Verifier key of the log"), log->text()},
               {"provedEvents", msg("Events proved to be those shown before"),
                std::to_string(epoch.proved_events)}},
              session.output, session.terminal);
}

void remove_context(const Session& session) {
  const std::string name = given_name(session);
  refuse_unknown(session, name);
  if (!session.has("yes")) {
    if (!session.terminal.can_ask()) {
      throw usage_failure(tr("Deleting a context cannot be undone. Confirm with --yes."));
    }
    const std::string answer = session.terminal.ask(
        fill(tr("Deletes the key and the certificate. Write the name {0} to confirm:"), {name}));
    if (answer != name) throw usage_failure(tr("Nothing was deleted."));
  }
  session.store.remove(name);
  write_facts({{"removed", msg("Deleted"), name}}, session.output, session.terminal);
}

}  // namespace sspf::cli
