// SPDX-License-Identifier: Apache-2.0
#include "client/cli/session.h"

#include <ctime>

#include "client/cli/failure.h"
#include "client/cli/passphrase.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "client/cli/stockholm.h"
#include "crypto/certificate.h"

namespace sspf::cli {
namespace {

using google::protobuf::Message;

constexpr std::int64_t day_seconds = std::int64_t{24} * 60 * 60;
constexpr std::int64_t warning_days = 14;

// A certificate that has expired cannot be renewed: only a new code helps.
void watch_expiry(const Context& context, const Session& session) {
  const auto facts = crypto::read_certificate(context.certificate_pem());
  if (!facts) throw local_failure(fill(tr("The context {0} is damaged."), {context.name}));
  const std::int64_t left = facts->not_after_seconds - std::time(nullptr);
  if (left <= 0) {
    throw not_signed_in_failure(
        tr("Your certificate has expired. Ask an administrator for a new enrolment code."));
  }
  if (left >= warning_days * day_seconds) return;
  const auto when =
      stockholm_text(UtcSeconds(std::chrono::seconds(facts->not_after_seconds)), Precision::minutes)
          .substr(0, 10);
  write_warning(fill(tr("Your certificate expires on {0}. Run `sspf renew` before that."), {when}),
                session.output, session.terminal);
}

crypto::Secret opened_key(const Context& context, const crypto::Secret& passphrase) {
  auto key = crypto::decrypt_private_key(context.key_pem(), passphrase);
  if (!key) throw not_signed_in_failure(tr("The passphrase is wrong, or the key is damaged."));
  return std::move(*key);
}

Context loaded(const Session& session) {
  Context context = session.store.load(chosen_context(session.typed.common.context, session.store));
  watch_expiry(context, session);
  return context;
}

}  // namespace

std::string Session::value(const std::string& flag) const {
  const auto& given = values(flag);
  return given.empty() ? "" : given.front();
}

const std::vector<std::string>& Session::values(const std::string& flag) const {
  static const std::vector<std::string> none;
  const auto found = typed.values.find(flag);
  return found == typed.values.end() ? none : found->second;
}

SignedIn::SignedIn(const Session& session)
    : session_(session),
      context_(loaded(session)),
      passphrase_(cli::passphrase(session.typed.common.passphrase_file, session.terminal)),
      key_(opened_key(context_, passphrase_)) {}

std::unique_ptr<Message> SignedIn::call(const Message& request) const {
  const auto* const method = method_of(*session_.typed.command);
  if (!method->server_streaming()) return call_method(*method, request);
  auto whole = new_message(method->output_type());
  stream(request, [&whole](const Message& part) { whole->MergeFrom(part); });
  return whole;
}

std::unique_ptr<Message> SignedIn::call_method(const google::protobuf::MethodDescriptor& method,
                                               const Message& request) const {
  const std::string answer = call_unary(context_.address(), trust(), call_with(method, request));
  session_.terminal.end_progress();
  return parsed(method.output_type(), answer);
}

void SignedIn::stream(const Message& request,
                      const std::function<void(const Message&)>& on_message) const {
  stream_method(*method_of(*session_.typed.command), request, on_message);
}

void SignedIn::stream_method(const google::protobuf::MethodDescriptor& method,
                             const Message& request,
                             const std::function<void(const Message&)>& on_message) const {
  call_stream(context_.address(), trust(), call_with(method, request),
              [&](const std::string& bytes) { on_message(*parsed(method.output_type(), bytes)); });
  session_.terminal.end_progress();
}

Call SignedIn::call_with(const google::protobuf::MethodDescriptor& method,
                         const Message& request) const {
  Terminal& terminal = session_.terminal;
  terminal.begin_progress();
  return {path_of(&method), request.SerializeAsString(),
          chosen_timeout(session_.typed.common.timeout),
          [&terminal] { terminal.show_progress(tr("Waiting for the server …")); }};
}

Trust SignedIn::trust() const {
  return {context_.ca_pem, std::nullopt, context_.certificate_pem(), &key_};
}

std::string path_of(const google::protobuf::MethodDescriptor* method) {
  return "/" + method->service()->full_name() + "/" + method->name();
}

std::unique_ptr<Message> parsed(const google::protobuf::Descriptor* type,
                                const std::string& bytes) {
  auto message = new_message(type);
  if (!message->ParseFromString(bytes)) {
    throw transport_failure(tr("The server's answer cannot be understood."));
  }
  return message;
}

}  // namespace sspf::cli
