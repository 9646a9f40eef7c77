// SPDX-License-Identifier: Apache-2.0
//
// Counters and histograms in Prometheus' text format. Labels are RPC names and codes, never
// anything of a caller or a case.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sspf {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // `code` is "ok" or the wire name of a Code.
  void count_call(std::string_view rpc, std::string_view code, double seconds);
  void observe_batch(std::size_t calls, double commit_seconds);
  void set_log_size(std::uint64_t events);
  // `kind` is that of an alert: "decoy".
  void count_alert(std::string_view kind);
  void set_gauge(const std::string& name, const std::string& help, double value);

  std::string text() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sspf
