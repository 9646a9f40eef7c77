// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/serve.h"

#include <chrono>

#include "server/audit/event.h"
#include "server/base/log.h"
#include "server/rpc/method.h"
#include "server/rpc/methods.h"
#include "server/rpc/wire.h"

namespace sspf::rpc {
namespace {

using Replies = std::vector<store::Uncommitted<HttpResponse>>;

// One call from its headers to its outcome, as the audit event and the response need it.
struct Course {
  const HttpRequest& http;
  access::Tally tally;
  Instant now;  // what the call is judged by, and when it happened
  std::string_view rpc = "unknown";
  std::optional<access::Caller> caller;
  Framing framing;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<Done> check_deadline(const HttpRequest& http, Instant now) {
  const std::optional<std::int64_t> timeout_ms = TRY(read_timeout_ms(http));
  if (!timeout_ms) return Done();
  const std::int64_t waited_us = now.microseconds - http.arrived.microseconds;
  if (waited_us >= *timeout_ms * 1000) return refusal(Reason::deadline_passed);
  return Done();
}

// A stream counts once: its later pieces are as many as its answer is long.
Result<Done> check_rates(Services& services, const Method* method, const access::Caller& caller,
                         const policy::Scope& scope) {
  if (!scope.cursor.empty()) return Done();
  const std::string key = caller.account().blob();
  if (!services.rate_limits.calls.take(key, scope.now)) return refusal(Reason::too_many_calls);
  // To create a case tells, too, whether the person has one.
  const bool looks_up = method != nullptr && (method->action == access::Action::find_case ||
                                              method->action == access::Action::create_case);
  if (looks_up && !services.rate_limits.lookups.take(key, scope.now)) {
    return refusal(Reason::too_many_lookups);
  }
  return Done();
}

Result<Answer> run_course(Services& services, store::Unit& unit, Course& course) {
  const HttpRequest& http = course.http;
  const Instant now = course.now;
  const Method* method = find_method(http.path);
  if (method != nullptr) course.rpc = method->path.substr(1);
  policy::Scope scope{unit, course.tally, now, date_of(now), http.stream_cursor};

  // First, so that every refusal from here on is told in the form that the caller reads.
  const Result<Framing> framing = read_framing(http);
  if (framing.ok()) course.framing = framing.value();
  if (method == nullptr || method->effect != access::Effect::enrols) {
    course.caller = TRY(services.authority.authenticate(http.certificate, scope));
  }
  if (course.caller) TRY(check_rates(services, method, *course.caller, scope));
  if (!framing.ok()) return framing.refusal();
  TRY(check_headers(http, course.framing));
  if (method == nullptr) return refusal(Reason::no_such_method);
  if (course.framing.is_stream != method->is_stream) return refusal(Reason::wrong_content_type);
  TRY(check_deadline(http, now));
  access::Caller caller = course.caller.value_or(services.authority.nobody());
  Call call{services, *method, http, course.framing.codec, std::move(caller), std::move(scope), {}};
  return method->run(call);
}

// The one place that catches what is thrown in a call.
Result<Answer> run_guarded(Services& services, store::Unit& unit, Course& course) {
  try {
    return run_course(services, unit, course);
  } catch (const store::CommitUnknown&) {
    throw;
  } catch (const Fault& fault) {
    log_fault(course.rpc, fault.what());
  } catch (const std::exception& error) {
    log_fault(course.rpc, typeid(error).name());  // of a library: its text could hold anything
  }
  return refusal(Reason::fault);
}

v1::Outcome outcome_of(const Result<Answer>& answer) {
  if (answer.ok()) return answer.value().outcome;
  return answer.refusal().told == Reason::fault ? v1::OUTCOME_FAILED : v1::OUTCOME_REFUSED;
}

store::Uncommitted<HttpResponse> serve(Services& services, store::Batch& batch,
                                       const HttpRequest& http) {
  const auto start = std::chrono::steady_clock::now();
  store::Unit unit(batch);
  Course course{http, {}, services.clock(), "unknown", std::nullopt, {}};
  const Result<Answer> answer = run_guarded(services, unit, course);
  const v1::Outcome outcome = outcome_of(answer);
  if (outcome != v1::OUTCOME_ALLOWED) unit.undo_writes();
  const Refusal* refused = answer.ok() ? nullptr : &answer.refusal();
  HttpResponse response = refused == nullptr ? write_response(course.framing, answer.value())
                                             : write_refusal(course.framing, *refused);
  const std::string_view code =
      refused == nullptr ? std::string_view("ok") : wire_name(code_of(refused->told));
  services.metrics.count_call(course.rpc, code, seconds_since(start));
  store::EventDraft event =
      audit::describe({course.rpc, http, course.caller ? &*course.caller : nullptr, course.tally,
                       outcome, refused});
  return unit.commit(std::move(event), course.now, std::move(response));
}

// Far too many calls from an address without a certificate, or with one certificate (valid or not):
// they are counted, and summed up in one event a minute, or anybody could fill the log.
bool is_flood(Services& services, const HttpRequest& http) {
  if (!http.stream_cursor.empty()) return false;
  const Instant now = services.clock();
  RateLimits& limits = services.rate_limits;
  const bool within = http.certificate
                          ? limits.certificates.take(
                                std::string(crypto::text_of(http.certificate->fingerprint)), now)
                          : limits.strangers.take(http.peer_source, now);
  if (!within) ++limits.floods_refused;
  return !within;
}

HttpResponse refuse_outside(const HttpRequest& http, Reason reason) {
  const auto framing = read_framing(http);
  return write_refusal(framing.ok() ? framing.value() : Framing(), refusal(reason));
}

std::vector<HttpResponse> commit_all(Services& services, const std::vector<HttpRequest>& requests) {
  std::vector<std::optional<HttpResponse>> responses(requests.size());
  std::vector<std::pair<std::size_t, store::Uncommitted<HttpResponse>>> waiting;
  store::Batch batch(services.database);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (is_flood(services, requests[i])) {
      responses[i] = refuse_outside(requests[i], Reason::too_many_calls);
    } else {
      waiting.emplace_back(i, serve(services, batch, requests[i]));
    }
  }
  const auto start = std::chrono::steady_clock::now();
  const store::Committed committed = std::move(batch).commit();
  services.metrics.observe_batch(requests.size(), seconds_since(start));
  services.metrics.set_log_size(services.database.log_size());
  for (auto& [index, reply] : waiting) responses[index] = std::move(reply).release(committed);
  std::vector<HttpResponse> sent;
  sent.reserve(responses.size());
  for (auto& response : responses) sent.push_back(std::move(*response));
  return sent;
}

}  // namespace

std::vector<HttpResponse> serve_batch(Services& services,
                                      const std::vector<HttpRequest>& requests) {
  try {
    return commit_all(services, requests);
  } catch (const store::CommitUnknown&) {
    throw;
  } catch (const Fault& fault) {
    log_fault("batch", fault.what());
    return refuse_batch(requests, Reason::audit_unavailable);
  }
}

std::vector<HttpResponse> refuse_batch(const std::vector<HttpRequest>& requests, Reason reason) {
  std::vector<HttpResponse> refused;
  refused.reserve(requests.size());
  for (const HttpRequest& http : requests) refused.push_back(refuse_outside(http, reason));
  return refused;
}

void record_own_act(Services& services, std::string_view act, std::uint32_t count) {
  store::Batch batch(services.database);
  {
    store::Unit unit(batch);
    auto done = unit.commit(audit::describe_own_act(act, count), services.clock(), Done());
    static_cast<void>(done);
  }
  static_cast<void>(std::move(batch).commit());
}

}  // namespace sspf::rpc
