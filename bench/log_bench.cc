// SPDX-License-Identifier: Apache-2.0
//
// What the size of the log costs: opening the installation, a proof, and verifying an export, the
// last beside `openssl dgst -sha256` of the same file, which reads and hashes it once.
//
//   log_bench SSPF-PROGRAM [EVENTS]
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "crypto/audit_export.h"
#include "crypto/merkle.h"
#include "crypto/random.h"
#include "server/installation.h"

namespace sspf {
namespace {

namespace fs = std::filesystem;
using std::chrono::duration;
using std::chrono::steady_clock;

constexpr std::uint64_t batch_events = 256;
constexpr int proofs_measured = 4000;
constexpr int openings_measured = 7;

double seconds_since(steady_clock::time_point start) {
  return duration<double>(steady_clock::now() - start).count();
}

// A folder that goes away.
class Place {
 public:
  Place() : path_(fs::temp_directory_path() / fmt::format("sspf-log-bench-{}", getpid())) {
    fs::create_directories(path_);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Config config_below(const fs::path& folder) {
  Config config;
  config.paths = {folder / "data", folder / "keystore", folder / "keys",
                  folder / "log" / "checkpoint"};
  config.audit.origin = "sspf.example/bench/audit/1";
  return config;
}

std::uint64_t random_below(std::uint64_t end) {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : crypto::random_bytes(8)) number = number << 8U | byte;
  return number % end;
}

std::string id_of(char kind, std::uint64_t number) {
  std::string id(16, kind);
  for (int byte = 0; byte < 8; ++byte) id[15 - byte] = static_cast<char>(number >> (8 * byte));
  return id;
}

// As a read of one case is logged: three municipalities, two hundred accounts, four thousand cases.
store::EventDraft read_event() {
  const std::uint64_t municipality = random_below(3);
  const std::uint64_t account = random_below(200);
  store::EventDraft draft;
  v1::AuditEvent& event = draft.event;
  event.set_account_id(id_of('a', account));
  event.set_agency_id(id_of('g', account % 12));
  event.set_municipality_id(id_of('m', municipality));
  event.set_rpc("sspf.v1.CaseService/GetCase");
  event.set_outcome(v1::OUTCOME_ALLOWED);
  event.set_case_id(id_of('c', random_below(4000)));
  v1::AuditEvent::CaseShown& shown = *event.add_cases_shown();
  shown.set_case_id(event.case_id());
  shown.set_items(1);
  event.set_items_shown(1);
  event.set_certificate_ref(id_of('f', account).substr(8));
  draft.details.set_peer_address("127.0.0.1");
  return draft;
}

void fill(OpenInstallation& open, std::uint64_t events) {
  const auto start = steady_clock::now();
  const Clock clock = system_clock();
  for (std::uint64_t done = open.database().log_size(); done < events;) {
    store::Batch batch(open.database());
    for (std::uint64_t i = 0; i < batch_events && done < events; ++i, ++done) {
      store::Unit unit(batch);
      static_cast<void>(unit.commit(read_event(), clock(), 0));
    }
    static_cast<void>(std::move(batch).commit());
  }
  open.checkpointer().sign_if_due();
  const double taken = seconds_since(start);
  fmt::print("append, in batches of {}: {:.0f} events/s\n", batch_events,
             static_cast<double>(events) / taken);
}

void print_percentiles(const char* what, std::vector<double> ms) {
  std::sort(ms.begin(), ms.end());
  const auto at = [&ms](double part) {
    return ms[static_cast<std::size_t>(static_cast<double>(ms.size() - 1) * part)];
  };
  fmt::print("{}: p50 {:.3f} ms, p99 {:.3f} ms, max {:.3f} ms\n", what, at(0.5), at(0.99),
             ms.back());
}

void measure_opening(const Config& config) {
  std::vector<double> ms;
  for (int i = 0; i < openings_measured; ++i) {
    const auto start = steady_clock::now();
    const OpenInstallation open(config, system_clock(), OpenInstallation::CheckLog::yes);
    ms.push_back(seconds_since(start) * 1000);
  }
  print_percentiles("start, to the opened gate", ms);
}

void measure_proofs(OpenInstallation& open) {
  const std::uint64_t size = open.database().log_size();
  store::Batch batch(open.database());
  store::Unit unit(batch);
  const store::AuditLog& log = unit.tables().audit_log;
  const auto node = [&log](std::uint32_t level, std::uint64_t index) {
    return log.node(level, index);
  };
  std::vector<double> inclusion;
  std::vector<double> consistency;
  for (int i = 0; i < proofs_measured; ++i) {
    const std::uint64_t at = random_below(size);
    auto start = steady_clock::now();
    if (crypto::merkle::inclusion_proof(at, size, node).empty()) throw std::runtime_error("none");
    inclusion.push_back(seconds_since(start) * 1000);
    start = steady_clock::now();
    crypto::merkle::consistency_proof(at + 1, size, node);
    consistency.push_back(seconds_since(start) * 1000);
  }
  print_percentiles("inclusion proof", inclusion);
  print_percentiles("consistency proof", consistency);
}

fs::path write_export(OpenInstallation& open, const fs::path& folder) {
  const fs::path file = folder / "export";
  std::ofstream out(file, std::ios::binary);
  store::Batch batch(open.database());
  store::Unit unit(batch);
  const store::AuditLog& log = unit.tables().audit_log;
  out << crypto::export_header(log.newest_checkpoint());
  const std::uint64_t size = log.size();
  for (std::uint64_t first = 0; first < size; first += batch_events) {
    std::string bytes;
    for (const auto& entry : log.range(first, size, batch_events)) {
      crypto::append_export_entry(bytes, crypto::view_of(entry.bytes));
    }
    out << bytes;
  }
  return file;
}

struct Ended {
  double seconds;
  long kib;  // the most memory that it held
};

Ended run_program(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto start = steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  struct rusage used {};
  if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) {
    throw std::runtime_error(words[0] + " failed");
  }
  return {seconds_since(start), used.ru_maxrss};
}

// By this program started anew: a child counts the memory of the one that forked it as its own.
void measure_program(const char* what, std::vector<std::string> words) {
  words.insert(words.begin(), {fs::read_symlink("/proc/self/exe"), "measure", what});
  run_program(std::move(words));
}

void print_measured(const char* what, std::vector<std::string> words) {
  const Ended ended = run_program(std::move(words));
  fmt::print("{}: {:.2f} s, {} MiB\n", what, ended.seconds, ended.kib / 1024);
}

void run(const std::string& sspf, std::uint64_t events) {
  const Place place;
  const Config config = config_below(place.path());
  create_installation({config, "root", "Root"}, system_clock());
  fs::path file;
  std::string key;
  {
    OpenInstallation open(config, system_clock(), OpenInstallation::CheckLog::yes);
    fill(open, events);
    measure_proofs(open);
    file = write_export(open, place.path());
    key = open.checkpointer().verifier().text();
  }
  measure_opening(config);
  fmt::print("export: {} events, {} MiB\n", events, fs::file_size(file) >> 20U);
  std::fflush(stdout);
  measure_program("openssl dgst -sha256", {"openssl", "dgst", "-sha256", file});
  measure_program("sspf audit verify", {sspf, "audit", "verify", file, "--key", key});
}

}  // namespace
}  // namespace sspf

int main(int count, char** words) {
  const bool is_measure = count > 3 && std::string_view(words[1]) == "measure";
  if (!is_measure && (count < 2 || count > 3)) {
    fmt::print(stderr, "usage: log_bench SSPF-PROGRAM [EVENTS]\n");
    return 1;
  }
  try {
    if (is_measure) {
      sspf::print_measured(words[2], {words + 3, words + count});
      return 0;
    }
    sspf::use_stockholm_time();
    sspf::run(words[1], count == 3 ? std::stoull(words[2]) : 1'000'000);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "log_bench: {}\n", error.what());
    return 1;
  }
}
