// SPDX-License-Identifier: Apache-2.0
#include "server/watch.h"

#include <fmt/format.h>

#include "server/base/log.h"

namespace sspf {
namespace {

using std::chrono::steady_clock;

}  // namespace

WitnessWatch::WitnessWatch(OpenInstallation& open, const Config& config)
    : open_(open), audit_(config.audit), told_(config.audit.witnesses.size()) {
  if (!told_.empty()) set_gauges(0, false);
}

void WitnessWatch::take(const audit::Round& round) {
  tell_changes(round);
  if (const audit::Said* disagreement = round.disagreement(); disagreement != nullptr) {
    set_gauges(0, true);
    rpc::record_own_act(open_.services(), "server/witness_disagrees", 0);
    throw Trouble("a witness disagrees: " + disagreement->what, exit_codes::log);
  }
  if (round.cosigned() > 0) open_.checkpointer().keep_cosigned(round.note);
  if (round.cosigned() < audit_.witness_quorum) return;
  open_.services().witnessed.confirm(open_.services().clock());
  confirmed_at_ = steady_clock::now();
}

// One line when an answer is another than the one before; none for each of the same.
void WitnessWatch::tell_changes(const audit::Round& round) {
  for (std::size_t i = 0; i < round.said.size(); ++i) {
    const audit::Said& said = round.said[i];
    if (said.what == told_[i]) continue;
    told_[i] = said.what;
    const std::string& name = audit_.witnesses[i].key.name;
    if (said.what.empty()) {
      log_info("witness_well", {{"witness", name}});
    } else {
      log_error("witness_trouble", {{"witness", name}, {"what", said.what}});
    }
  }
}

void WitnessWatch::on_idle() {
  if (told_.empty()) return;
  const auto silent =
      std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - confirmed_at_);
  const auto seconds = static_cast<std::uint64_t>(silent.count());
  set_gauges(seconds, false);
  const bool is_silent = seconds >= audit_.witness_alarm_seconds;
  if (is_silent == is_silent_) return;
  is_silent_ = is_silent;
  if (is_silent) {
    log_error("witness_silent", {{"seconds", std::to_string(seconds)},
                                 {"quorum", std::to_string(audit_.witness_quorum)}});
    rpc::record_own_act(open_.services(), "server/witness_silent", 0);
  } else {
    log_info("witness_heard", {});
    rpc::record_own_act(open_.services(), "server/witness_heard", 0);
  }
}

void WitnessWatch::set_gauges(std::uint64_t silent_seconds, bool disagrees) {
  Metrics& metrics = open_.services().metrics;
  metrics.set_gauge("sspf_witness_silent_seconds",
                    "Time since a quorum of witnesses has cosigned the newest checkpoint.",
                    static_cast<double>(silent_seconds));
  metrics.set_gauge("sspf_witness_disagrees", "1 when a witness has seen another log.",
                    disagrees ? 1 : 0);
}

}  // namespace sspf
