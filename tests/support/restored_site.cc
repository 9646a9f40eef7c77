// SPDX-License-Identifier: Apache-2.0
#include "tests/support/restored_site.h"

#include <stdexcept>

#include "server/installation.h"
#include "server/trouble.h"
#include "tests/support/join.h"
#include "tests/support/test_server.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> all_folders{"data", "keystore", "keys", "log"};

}  // namespace

RestoredSite::RestoredSite() : auditor_(site_, "ulla.uhr") {
  make_people();
  keep("older");
  events_left_ = events().size();
  {
    SiteServer server(site_);
    auditor_.point_to(server.address());
    Caller root(server.port(), root_);
    for (int i = 0; i < 5; ++i) {
      root.get<v1::WhoAmIResponse>("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
    }
    if (server.stop() != 0) throw std::runtime_error(server.log());
  }
  {
    // Started anew, so that a checkpoint covers all of it.
    SiteServer server(site_);
    auditor_.point_to(server.address());
    auditor_.did({"audit", "export", old_export().string()});
    if (server.stop() != 0) throw std::runtime_error(server.log());
  }
  old_key_ = verifier_key();
  old_note_ = outside_note();
  keep("newest");
  put_back("older", {"data"});
}

void RestoredSite::make_people() {
  SiteServer server(site_);
  root_ = enroll(server.port(), site_.code());
  Caller root(server.port(), root_);
  make_directory(root);
  const std::string code = make_account(root, {"ulla.uhr", "TYR-SSPF", v1::ROLE_AUDITOR, ""});
  join(auditor_, server.address(), code);
  make_account(root, {"adam.alm", "TYR-SSPF", v1::ROLE_ADMINISTRATOR, ""});
  make_account(root, {"olle.ok", "TYR-SSPF", v1::ROLE_AUDITOR, ""});
  make_account(root, {"mia.mal", "TYR-SSPF", v1::ROLE_AUDITOR, "TYR"});
  make_account(root, {"kim.kust", "TYR-SSPF", v1::ROLE_COORDINATOR, "TYR"});
  make_account(root, {"sune.sten", "TYR-SSPF", v1::ROLE_AUDITOR, ""});
  v1::SuspendAccountRequest suspension;
  suspension.mutable_write()->set_request_id("restored-site-suspends");
  suspension.set_handle("sune.sten");
  root.get<v1::SuspendAccountResponse>("sspf.v1.AccountService/SuspendAccount", suspension);
  if (server.stop() != 0) throw std::runtime_error(server.log());
}

void RestoredSite::live(int calls) const {
  SiteServer server(site_);
  Caller root(server.port(), root_);
  for (int i = 0; i < calls; ++i) {
    root.get<v1::WhoAmIResponse>("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
  }
  if (server.stop() != 0) throw std::runtime_error(server.log());
}

void RestoredSite::keep(const std::string& state) const {
  for (const std::string& folder : all_folders) {
    fs::create_directories(site_.folder() / "kept" / state);
    fs::copy(site_.folder() / folder, site_.folder() / "kept" / state / folder,
             fs::copy_options::recursive);
  }
}

void RestoredSite::put_back(const std::string& state,
                            const std::vector<std::string>& folders) const {
  for (const std::string& folder : folders) {
    fs::remove_all(site_.folder() / folder);
    fs::copy(site_.folder() / "kept" / state / folder, site_.folder() / folder,
             fs::copy_options::recursive);
  }
}

Words RestoredSite::begin_words(const std::string& origin) {
  return {"new-epoch", "--origin", origin, "--approved-by", "root", "--approved-by", "ulla.uhr"};
}

std::string RestoredSite::refused(const Words& words) const {
  const auto before = files();
  const Ended ended = site_.sspfd(words);
  const bool is_one_line = ended.err.find('\n') == ended.err.size() - 1;
  if (ended.exit_code != exit_codes::epoch || !is_one_line || !ended.out.empty()) {
    throw std::runtime_error("not refused: " + whole(ended));
  }
  if (files() != before) throw std::runtime_error("refused, and files have changed: " + ended.err);
  return ended.err;
}

std::vector<v1::AuditEvent> RestoredSite::events() const {
  OpenInstallation open(site_.config(), system_clock(), OpenInstallation::CheckLog::no);
  return events_of(open);
}

std::string RestoredSite::verifier_key() const {
  OpenInstallation open(site_.config(), system_clock(), OpenInstallation::CheckLog::no);
  return open.checkpointer().verifier().text();
}

std::string RestoredSite::outside_note() const {
  return read_whole(site_.config().paths.checkpoint_file);
}

std::map<std::string, std::string> RestoredSite::files() const {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(site_.folder())) {
    if (!entry.is_regular_file() || entry.path().filename() == "lock") continue;
    files[entry.path().string()] = read_whole(entry.path());
  }
  return files;
}

crypto::Checkpoint RestoredSite::checkpoint_in(const std::string& note) {
  return crypto::parse_checkpoint(crypto::parse_note(note).value().text).value();
}

}  // namespace sspf::test
