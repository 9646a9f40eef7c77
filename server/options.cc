// SPDX-License-Identifier: Apache-2.0
#include "server/options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "server/installation.h"
#include "server/rpc/fields.h"
#include "sspf/v1/account.pb.h"

namespace sspf {
namespace {

// The form of a handle is the protocol's: what is wrong with this one, or nothing.
std::string trouble_with_handle(const std::string& handle) {
  v1::GetAccountRequest request;
  request.set_handle(handle);
  const auto checked = rpc::check_fields(request);
  if (checked.ok()) return {};
  return english(checked.refusal().told, "the handle", checked.refusal().max);
}

void add_administrator(CLI::App& subcommand, Options& options, const std::string& what) {
  subcommand.add_option("--administrator", options.administrator, what)
      ->check(CLI::Validator(trouble_with_handle, "HANDLE"))
      ->capture_default_str();
}

void add_init(CLI::App& app, Options& options) {
  CLI::App* init = app.add_subcommand(
      "init", "Make directories, keys, CA, database, settings and the first administrator");
  init->add_option("--origin", options.origin,
                   "Name of the audit log, never to be used again, as in "
                   "sspf.tyreso.se/audit/1")
      ->required();
  init->add_option("--data", options.data_directory, "Directory of the database");
  init->add_option("--keystore", options.keystore_directory, "Directory of the wrapped keys");
  init->add_option("--keys", options.key_directory, "Directory of root key and epoch keys");
  init->add_option("--checkpoint", options.checkpoint_file, "File of the newest checkpoint");
  init->add_option("--address", options.address, "Address to listen on");
  init->add_option("--port", options.port, "Port of the calls");
  init->add_option("--admin-port", options.admin_port, "Loopback port of health and metrics");
  init->add_option("--host", options.hosts, "Names and addresses in the server's certificate");
  add_administrator(*init, options, "Handle of the first administrator");
  init->callback([&options] { options.command = Command::init; });
}

void add_new_epoch(CLI::App& app, Options& options) {
  CLI::App* begin = app.add_subcommand(
      "new-epoch", "After a restore: let the log go on under a new origin and a new key");
  begin
      ->add_option("--origin", options.origin,
                   "New name of the audit log, one that it has never had")
      ->required();
  begin
      ->add_option("--approved-by", options.approved_by,
                   "Handle of who has approved: given twice, an administrator and an auditor of "
                   "the whole installation")
      ->required();
  begin->add_option("--known-checkpoint", options.known_checkpoint,
                    "A signed checkpoint of this log that somebody kept, when it is newer than the "
                    "one outside the database");
  begin->callback([&options] { options.command = Command::new_epoch; });
}

void add_reissue_code(CLI::App& app, Options& options) {
  CLI::App* reissue = app.add_subcommand(
      "reissue-code",
      "With the server stopped: a new enrolment code for an administrator of the whole "
      "installation who has no certificate in force");
  add_administrator(*reissue, options, "Handle of the administrator");
  reissue->callback([&options] { options.command = Command::reissue_code; });
}

}  // namespace

Options parse_options(int argc, char** argv) {
  Options options;
  CLI::App app("SSPF-server: coordination of social services, school, police and recreation");
  app.set_version_flag("--version", "sspfd " SSPF_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--config", options.config_file, "The file of settings")->capture_default_str();
  add_init(app, options);
  app.add_subcommand("serve", "Serve calls until SIGTERM or SIGINT")->callback([&options] {
    options.command = Command::serve;
  });
  app.add_subcommand("check", "Say everything that is wrong, without serving")
      ->callback([&options] { options.command = Command::check; });
  add_new_epoch(app, options);
  add_reissue_code(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    std::exit(code == 0 ? 0 : exit_codes::usage);
  }
  return options;
}

}  // namespace sspf
