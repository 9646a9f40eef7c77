// SPDX-License-Identifier: Apache-2.0
//
// The server is killed on its way into a system call while it disposes of a case, each time on the
// same files. Whenever that was: after the next start the client gets its answer, the disposed case
// is unreadable, its epoch key is gone, and every other case reads.
#include <gtest/gtest.h>

#include <csignal>
#include <vector>

#include "server/trouble.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/disposal.pb.h"
#include "tests/crash/crash_site.h"
#include "tests/support/disposing.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;

constexpr auto carry_out = "sspf.v1.DisposalService/ExecuteDisposal";

struct DisposalKills {
  std::string name;
  std::string call;
  std::vector<int> at;  // the how manieth of one thread
  bool has_steps;       // some of them lie between the first new key and the last old one
  friend void PrintTo(const DisposalKills& kills, std::ostream* out) { *out << kills.name; }
};

class KilledWhileDisposing : public testing::TestWithParam<DisposalKills> {
 protected:
  void SetUp() override {
    if (strace_program().empty()) GTEST_SKIP() << "strace is not installed";
    {
      SiteServer server(site_);
      root_ = enroll(server.port(), site_.code());
      Caller root(server.port(), root_);
      make_directory(root);
      for (const char* handle : {"anna", "bo"}) {
        const auto code = make_account(root, {handle, "TYR-SSPF", v1::ROLE_COORDINATOR, "TYR"});
        coordinators_.push_back(enroll(server.port(), code));
      }
      Caller anna(server.port(), coordinators_[0]);
      kept_ = make_case(anna);
      disposed_ = make_case(anna);
      end(anna, disposed_);
      EXPECT_EQ(server.stop(), 0);
    }
    age();
    SiteServer server(site_);
    make_list(server);
    EXPECT_EQ(server.stop(), 0);
    fs::create_directory(copy());
    for (const char* folder : {"data", "keystore", "keys", "log"}) {
      fs::copy(site_.folder() / folder, copy() / folder, fs::copy_options::recursive);
    }
  }

  std::string make_case(Caller& anna) {
    v1::CreateCaseRequest request = new_group();
    request.set_concern("Oro för platsen.");
    return anna.get<v1::CreateCaseResponse>("sspf.v1.CaseService/CreateCase", request).number();
  }
  void end(Caller& anna, const std::string& number) {
    auto request = of_case<v1::AdvanceCaseRequest>(number);
    request.set_version(1);
    request.set_state(v1::CASE_STATE_MOVED);
    request.set_reason("Skäl.");
    anna.get<v1::AdvanceCaseResponse>("sspf.v1.CaseService/AdvanceCase", request);
  }
  // As if all had been written ten years ago.
  void age() {
    constexpr std::int64_t ten_years = 3652LL * 24 * 3600 * 1'000'000;
    store::Connection database = open_database(site_.config());
    store::Query(database, "UPDATE case_state_change SET changed_at = changed_at - ?1", ten_years)
        .run();
    store::Query(database, "UPDATE note_version SET written_at = written_at - ?1", ten_years).run();
  }
  void make_list(SiteServer& server) {
    Caller anna(server.port(), coordinators_[0]);
    const auto list = anna.get<v1::CreateDisposalListResponse>(
        "sspf.v1.DisposalService/CreateDisposalList", of_tyr<v1::CreateDisposalListRequest>());
    EXPECT_EQ(list.items(), 1U);
    Caller bo(server.port(), coordinators_[1]);
    bo.get<v1::ReviewDisposalItemResponse>(
        "sspf.v1.DisposalService/ReviewDisposalItem",
        verdict_on(list.list(), disposed_, v1::DISPOSAL_VERDICT_DISPOSE));
    execution_ = execution_of(list.list());
    execution_.mutable_write()->set_request_id("disposal-kill-test");
  }

  fs::path copy() const { return site_.folder() / "copy"; }
  void put_back() {
    for (const char* folder : {"data", "keystore", "keys", "log"}) {
      fs::remove_all(site_.folder() / folder);
      fs::copy(copy() / folder, site_.folder() / folder, fs::copy_options::recursive);
    }
  }

  // How the server ended, and whether it answered before.
  int execute_under(const std::string& fault, bool& answered) {
    const std::string calls = "trace=" + fault.substr(0, fault.find(':'));
    SiteServer server(site_, {strace_program(), "-D", "-f", "-qq", "-o", "/dev/null", "-e", calls,
                              "-e", "inject=" + fault});
    answered = false;
    if (server.becomes_ready()) {
      Caller root(server.port(), root_);
      answered = root.try_call(carry_out, execution_).has_value();
    }
    return server.stop();
  }

  std::ptrdiff_t key_files() const {
    return std::distance(fs::directory_iterator(site_.config().paths.key_directory),
                         fs::directory_iterator());
  }
  // `check` says that a start has something to finish, and does not do it. Beside the root key
  // there is one epoch key when nothing is.
  void expect_told() {
    const std::ptrdiff_t files = key_files();
    const Ended told = site_.sspfd({"check"});
    EXPECT_EQ(told.exit_code, files == 2 ? 0 : exit_codes::key) << told.out << told.err;
    EXPECT_EQ(told.out.find("a disposal was interrupted") != std::string::npos, files != 2);
    EXPECT_EQ(key_files(), files);
    if (files != 2) ++unfinished_;
  }

  void expect_disposed(bool answered) {
    expect_told();
    if (answered) {
      // What is acknowledged is final already.
      EXPECT_FALSE(fs::exists(site_.config().epoch_key_file(1)));
    }
    {
      SiteServer server(site_);
      Caller root(server.port(), root_);
      EXPECT_EQ(root.outcome(carry_out, execution_), "ok");
      Caller anna(server.port(), coordinators_[0]);
      const auto read = [&](const std::string& number) {
        return anna.outcome("sspf.v1.CaseService/GetCase", of_case<v1::GetCaseRequest>(number)) +
               " " +
               anna.outcome("sspf.v1.CaseService/ListNotes", of_case<v1::ListNotesRequest>(number));
      };
      EXPECT_EQ(read(kept_), "ok ok");
      EXPECT_EQ(read(disposed_), "not_found/not_found not_found/not_found");
      EXPECT_EQ(server.stop(), 0);
    }
    EXPECT_FALSE(fs::exists(site_.config().epoch_key_file(1)));
    EXPECT_EQ(key_files(), 2);
    const Ended checked = site_.sspfd({"check"});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  }

  Site site_;
  ClientIdentity root_;
  std::vector<ClientIdentity> coordinators_;
  std::string kept_;
  std::string disposed_;
  v1::ExecuteDisposalRequest execution_;
  int unfinished_ = 0;
};

TEST_P(KilledWhileDisposing, TheNextStartFinishesIt) {
  const DisposalKills& kills = GetParam();
  int killed = 0;
  const std::vector<int> places = tried(kills.at);
  for (const int when : places) {
    SCOPED_TRACE(when);
    put_back();
    bool answered = false;
    const std::string fault = kills.call + ":signal=SIGKILL:when=" + std::to_string(when);
    if (execute_under(fault, answered) == 128 + SIGKILL) ++killed;
    expect_disposed(answered);
  }
  // The last may come after the disposal, on some other thread's count.
  EXPECT_GE(killed, static_cast<int>(places.size()) - 1);
  EXPECT_EQ(unfinished_ > 0, kills.has_steps);
}

INSTANTIATE_TEST_SUITE_P(
    Crash, KilledWhileDisposing,
    testing::Values(
        DisposalKills{"BeforeAWrite", "pwrite64", {20, 30, 40, 44, 48, 52, 56, 60, 64}, true},
        DisposalKills{"BeforeASync", "fdatasync", {3, 4, 5, 6, 7}, false},
        DisposalKills{"BeforeAFileIsSynced", "fsync", {1, 2, 3, 4, 5, 6, 7}, true},
        DisposalKills{"BeforeARename", "rename", {1, 2, 3}, true},
        DisposalKills{"BeforeARemoval", "unlink", {1, 2}, true}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace sspf::test
