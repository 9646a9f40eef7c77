// SPDX-License-Identifier: Apache-2.0
#include "server/store_duties.h"

#include <sys/statvfs.h>

#include <algorithm>

#include "server/alert_delivery.h"
#include "server/base/log.h"

namespace sspf {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

std::uint64_t free_bytes_at(const std::filesystem::path& directory) {
  struct statvfs found {};
  if (statvfs(directory.c_str(), &found) != 0) return 0;
  return std::uint64_t{found.f_bavail} * found.f_frsize;
}

// Event times never go back, so after the clock was ahead they stand still until it has caught up.
// By how many seconds the clock is behind the log; 0 within a minute.
std::uint32_t clock_behind_seconds(OpenInstallation& open) {
  const std::int64_t behind_us =
      open.database().log_time_us() - open.services().clock().microseconds;
  const std::int64_t seconds = behind_us / 1'000'000;
  return seconds < 60 ? 0 : static_cast<std::uint32_t>(std::min<std::int64_t>(seconds, 1U << 31U));
}

}  // namespace

StoreDuties::StoreDuties(OpenInstallation& open, const Config& config, net::NetCounters& counters)
    : open_(open),
      config_(config),
      counters_(counters),
      watch_(open, config),
      alerts_(open.services(), alert_channels_of(config)) {}

std::vector<HttpResponse> StoreDuties::serve(std::vector<HttpRequest>& requests) {
  if (is_storage_full()) return rpc::refuse_batch(requests, Reason::storage_full);
  return rpc::serve_batch(open_.services(), requests);
}

void StoreDuties::on_idle() {
  // The last events before the storage was full belong under a checkpoint too: there is room for
  // that, and for what its witnesses say.
  const auto now = steady_clock::now();
  if (now - signed_at_ >= std::chrono::seconds(config_.audit.checkpoint_seconds)) {
    signed_at_ = now;
    open_.checkpointer().sign_if_due();
  }
  errands_.perform();
  if (is_storage_full()) return;
  alert_errands_.perform();
  watch_.on_idle();
  if (!last_summary_ || now - *last_summary_ >= 1min) {
    // Not in the first second: what is refused then waits for the minute as well.
    if (last_summary_) sum_up_refusals();
    last_summary_ = now;
    watch_clock();
    watch_reviews();
    const std::int64_t day_us = 24LL * 3600 * 1'000'000;
    open_.database().forget_requests(open_.services().clock().microseconds - day_us);
  }
  alerts_.on_idle();
}

void StoreDuties::sum_up_refusals() {
  sum_up("server/floods_refused", open_.services().rate_limits.floods_refused, floods_summed_);
  sum_up("server/handshakes_failed", counters_.handshakes_failed.load(), handshakes_summed_);
  sum_up("server/requests_refused", counters_.requests_refused_before_call.load(),
         requests_summed_);
}

void StoreDuties::sum_up(std::string_view act, std::uint64_t count, std::uint64_t& summed) {
  if (count == summed) return;
  rpc::record_own_act(open_.services(), act, static_cast<std::uint32_t>(count - summed));
  summed = count;
}

// One event when the clock falls behind the log.
void StoreDuties::watch_clock() {
  const std::uint32_t seconds = clock_behind_seconds(open_);
  if (seconds > 0 && !clock_was_behind_) {
    log_error("clock_behind", {{"seconds", std::to_string(seconds)}});
    rpc::record_own_act(open_.services(), "server/clock_behind", seconds);
  }
  clock_was_behind_ = seconds > 0;
}

// Once a day, and when the server starts: reviews of the log that are overdue (R13).
void StoreDuties::watch_reviews() {
  const std::string today = date_of(open_.services().clock());
  if (today == reviews_watched_on_) return;
  reviews_watched_on_ = today;
  const std::uint32_t overdue = open_.database().count_overdue_reviews(today);
  open_.services().metrics.set_gauge("sspf_reviews_overdue",
                                     "Campaigns past their day, and months without one.", overdue);
  if (overdue == 0) return;
  log_error("review_overdue", {{"count", std::to_string(overdue)}});
  rpc::record_own_act(open_.services(), "server/review_overdue", overdue);
}

// Asks the file system at most once a second.
bool StoreDuties::is_storage_full() {
  const auto now = steady_clock::now();
  if (now - last_storage_check_ < 1s) return storage_full_;
  last_storage_check_ = now;
  const std::uint64_t free_bytes = std::min(
      {free_bytes_at(config_.paths.data_directory), free_bytes_at(config_.paths.keystore_directory),
       free_bytes_at(config_.paths.checkpoint_file.parent_path())});
  const bool full = free_bytes < config_.limits.free_bytes_min;
  if (full != storage_full_) {
    log_error(full ? "storage_full" : "storage_free", {{"bytes", std::to_string(free_bytes)}});
  }
  storage_full_ = full;
  return storage_full_;
}

}  // namespace sspf
