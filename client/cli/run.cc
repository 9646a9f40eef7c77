// SPDX-License-Identifier: Apache-2.0
#include "client/cli/run.h"

#include <array>
#include <ostream>
#include <string_view>
#include <system_error>

#include "client/cli/audit.h"
#include "client/cli/completion.h"
#include "client/cli/context_commands.h"
#include "client/cli/enroll.h"
#include "client/cli/extract.h"
#include "client/cli/help.h"
#include "client/cli/incident.h"
#include "client/cli/invitation.h"
#include "client/cli/language.h"
#include "client/cli/manual.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "client/cli/session.h"

namespace sspf::cli {
namespace {

using Words = std::vector<std::string>;

// A command that is one call: request, call, answer.
void call_server(const Session& session) {
  const Command& command = *session.typed.command;
  const auto request = build_request(session.typed, session.terminal);
  const SignedIn user(session);
  watch_log(user, session);
  const auto response = user.call(*request);
  if (session.output == Output::json) {
    session.terminal.out() << response_json(*response);
  } else {
    const std::string text = response_text(*response, command.sections, page_of(session.terminal));
    session.terminal.out() << text;
    if (text.empty() && !is_write(command)) {
      session.terminal.err() << tr("There is nothing to show.") << '\n';
    }
  }
  if (!is_write(command) || session.output == Output::json) return;
  session.terminal.err() << (session.typed.is_dry_run ? tr("Checked. Nothing was stored.")
                                                      : tr("Done."))
                         << '\n';
}

void show_version(const Session& session) {
  write_facts({{"version", msg("Version"), SSPF_VERSION}}, session.output, session.terminal);
}

// Commands that are more, or less, than one call.
struct Own {
  std::string_view name;
  void (*run)(const Session&);
};
constexpr std::array<Own, 20> own_ways{{
    {"enroll", enroll},
    {"renew", renew},
    {"help", help},
    {"completion", completion},
    {"man", manual},
    {"version", show_version},
    {"context list", list_contexts},
    {"context use", use_context},
    {"context show", show_context},
    {"context trust-log", trust_log},
    {"context remove", remove_context},
    {"meeting invitation", write_invitation},
    {"subject-access export", export_extract},
    {"audit checkpoint", show_checkpoint},
    {"audit export", export_log},
    {"audit verify", verify_log},
    {"audit receipt", fetch_receipt},
    {"audit forward", forward_log},
    {"incident export", export_incident},
    {"incident verify", verify_incident},
}};

void dispatch(const Session& session) {
  if (session.typed.common.wants_version) return show_version(session);
  if (session.typed.common.wants_help) return help_for(session);
  if (session.typed.command == nullptr) {
    help_on_error(session);
    throw usage_failure(tr("A command is missing."));
  }
  const std::string name = full_name(*session.typed.command);
  for (const auto& own : own_ways) {
    if (own.name == name) return own.run(session);
  }
  call_server(session);
}

// The flag that fills the field which the server names.
std::string flag_of(const Problem& problem, const Invocation& typed) {
  return typed.command == nullptr ? "" : flag_for_field(*typed.command, problem.field);
}

void flush(Terminal& terminal) {
  terminal.out().flush();
  if (!terminal.out()) throw local_failure(tr("The output could not be written."));
}

// What is known of a run so far, so that an error is told in the language and form asked for.
struct RunSoFar {
  const CommandTable table = all_commands();  // `typed` points into it
  Invocation typed;
  Output output = Output::table;
};

void run_or_throw(const Words& words, Terminal& terminal, RunSoFar& so_far) {
  const ContextStore store = ContextStore::of_user();
  const Preferences preferences = store.preferences();
  speak(chosen_language({early_option(words, {"--lang"}), preferences.lang}));
  so_far.output = chosen_output(early_option(words, {"--output", "-o"}), preferences);
  so_far.typed = parse_arguments(so_far.table, words);
  check_language(so_far.typed.common.lang);
  dispatch({so_far.table, so_far.typed, store, terminal, so_far.output});
  flush(terminal);
}

// `audit verify` and `incident verify` end as verifiers of logs do, and a wrong command line is no
// sign of a changed log.
Problem as_verdict(Problem problem) {
  problem.exit = problem.exit == Exit::verification_failed ? Exit::tampered : Exit::cannot_tell;
  return problem;
}

// Asked of the words, because those of a wrong command line have not become a command.
bool is_verdict(const CommandTable& table, const Words& words) {
  const Command* const command = named_command(table, words);
  if (command == nullptr) return false;
  const std::string name = full_name(*command);
  return name == "audit verify" || name == "incident verify";
}

int report(const Problem& problem, const RunSoFar& so_far, Terminal& terminal) {
  terminal.end_progress();
  terminal.out().flush();
  terminal.err() << (so_far.output == Output::json
                         ? problem_json(problem)
                         : problem_text(problem, flag_of(problem, so_far.typed),
                                        terminal.shows_colour_on_err()));
  return static_cast<int>(problem.exit);
}

}  // namespace

int run(const Words& words, Terminal& terminal) {
  RunSoFar so_far;
  const auto told = [&](const Failure& failure) {
    const bool is_judged = is_verdict(so_far.table, words);
    return is_judged ? as_verdict(failure.problem()) : failure.problem();
  };
  try {
    run_or_throw(words, terminal, so_far);
    return static_cast<int>(Exit::ok);
  } catch (const Failure& failure) {
    return report(told(failure), so_far, terminal);
  } catch (const std::system_error& error) {
    const std::string why = error.code().message();
    const auto failure =
        local_failure(fill(tr("A file could not be read or written: {0}."), {why}));
    return report(told(failure), so_far, terminal);
  } catch (const std::exception&) {
    return report(told(local_failure(tr("The program failed."))), so_far, terminal);
  }
}

}  // namespace sspf::cli
