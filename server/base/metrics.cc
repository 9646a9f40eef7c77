// SPDX-License-Identifier: Apache-2.0
#include "server/base/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace sspf {
namespace {

using Buckets = prometheus::Histogram::BucketBoundaries;

const Buckets& seconds_buckets() {
  static const Buckets buckets = {0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3};
  return buckets;
}

const Buckets& batch_buckets() {
  static const Buckets buckets = {1, 2, 4, 8, 16, 32, 64, 128, 256};
  return buckets;
}

}  // namespace

struct Metrics::Parts {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& calls = prometheus::BuildCounter()
                                                       .Name("sspf_calls_total")
                                                       .Help("Calls answered, by RPC and code.")
                                                       .Register(registry);
  prometheus::Family<prometheus::Histogram>& call_seconds =
      prometheus::BuildHistogram()
          .Name("sspf_call_seconds")
          .Help("Time of a call on the store thread, commit not included.")
          .Register(registry);
  prometheus::Histogram& batch_calls = prometheus::BuildHistogram()
                                           .Name("sspf_batch_calls")
                                           .Help("Calls that shared one commit.")
                                           .Register(registry)
                                           .Add({}, batch_buckets());
  prometheus::Histogram& commit_seconds = prometheus::BuildHistogram()
                                              .Name("sspf_commit_seconds")
                                              .Help("Time of one commit.")
                                              .Register(registry)
                                              .Add({}, seconds_buckets());
  prometheus::Family<prometheus::Counter>& alerts = prometheus::BuildCounter()
                                                        .Name("sspf_alerts_raised_total")
                                                        .Help("Alerts raised, by kind.")
                                                        .Register(registry);
  prometheus::Gauge& log_events = prometheus::BuildGauge()
                                      .Name("sspf_audit_log_events")
                                      .Help("Events in the audit log.")
                                      .Register(registry)
                                      .Add({});
};

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {}
Metrics::~Metrics() = default;

void Metrics::count_call(std::string_view rpc, std::string_view code, double seconds) {
  parts_->calls.Add({{"rpc", std::string(rpc)}, {"code", std::string(code)}}).Increment();
  parts_->call_seconds.Add({{"rpc", std::string(rpc)}}, seconds_buckets()).Observe(seconds);
}

void Metrics::observe_batch(std::size_t calls, double commit_seconds) {
  parts_->batch_calls.Observe(static_cast<double>(calls));
  parts_->commit_seconds.Observe(commit_seconds);
}

void Metrics::set_log_size(std::uint64_t events) {
  parts_->log_events.Set(static_cast<double>(events));
}

void Metrics::count_alert(std::string_view kind) {
  parts_->alerts.Add({{"kind", std::string(kind)}}).Increment();
}

void Metrics::set_gauge(const std::string& name, const std::string& help, double value) {
  prometheus::BuildGauge().Name(name).Help(help).Register(parts_->registry).Add({}).Set(value);
}

std::string Metrics::text() const {
  return prometheus::TextSerializer().Serialize(parts_->registry.Collect());
}

}  // namespace sspf
