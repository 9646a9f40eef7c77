// SPDX-License-Identifier: Apache-2.0
#include "client/cli/enroll.h"

#include <algorithm>

#include "client/cli/failure.h"
#include "client/cli/input.h"
#include "client/cli/passphrase.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "crypto/certificate.h"
#include "crypto/encoding.h"
#include "crypto/note.h"
#include "sspf/v1/account.pb.h"

namespace sspf::cli {
namespace {

constexpr std::size_t secret_bytes = 16;
constexpr std::string_view code_prefix = "sspf1-";

EnrolmentCode read_code(const Session& session) {
  const std::string file = session.value("code-file");
  std::string text;
  if (!file.empty()) {
    text = content_of(file, "--code-file", session.terminal);
  } else if (session.terminal.can_ask()) {
    text = session.terminal.ask(tr("Enrolment code:"));
  } else {
    throw usage_failure(fill(tr("{0} is missing."), {"--code-file"}));
  }
  const auto code = EnrolmentCode::parse(text);
  if (!code) {
    throw usage_failure(
        tr("That is not an enrolment code. It begins with sspf1- and is copied "
           "whole, without spaces."));
  }
  return *code;
}

ServerAddress read_address(const Session& session) {
  const std::string text = session.value("server");
  if (text.empty()) throw usage_failure(fill(tr("{0} is missing."), {"--server"}));
  const auto address = ServerAddress::parse(text);
  if (!address) throw usage_failure(fill(tr("{0} must be host:port."), {"--server"}));
  return *address;
}

// --context, or the server's host name.
std::string new_context_name(const Session& session, const ServerAddress& address) {
  std::string name = session.typed.common.context;
  if (name.empty()) {
    name = address.host;
    std::replace(name.begin(), name.end(), ':', '-');
  }
  if (!is_context_name(name)) {
    throw usage_failure(tr("The name of a context is 1 to 40 letters, digits, dots, - or _."));
  }
  if (session.store.has(name)) {
    throw usage_failure(
        fill(tr("There is already a context {0}. Choose another name with --context, or delete it "
                "with `sspf context remove`."),
             {name}));
  }
  return name;
}

// What the server hands out must be what it was asked for.
void check_answer(const v1::EnrollResponse& answer, const EnrolmentCode& code) {
  const auto ca = crypto::read_certificate(answer.ca_certificate_pem());
  if (!ca || ca->fingerprint != code.ca_fingerprint) {
    throw verification_failure(
        tr("The server handed out another authority than the enrolment code names. Nothing was "
           "saved."));
  }
  const bool is_whole = crypto::read_certificate(answer.certificate_pem()).has_value() &&
                        crypto::NoteVerifier::parse(answer.log_verifier_key()).has_value();
  if (!is_whole) throw transport_failure(tr("The server's answer cannot be understood."));
}

std::string expiry_of(const std::string& certificate_pem, Output output) {
  const auto facts = crypto::read_certificate(certificate_pem);
  if (!facts) throw transport_failure(tr("The server's answer cannot be understood."));
  return moment_text(UtcSeconds(std::chrono::seconds(facts->not_after_seconds)), output);
}

}  // namespace

std::optional<EnrolmentCode> EnrolmentCode::parse(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return std::nullopt;
  std::string code = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  std::transform(code.begin(), code.end(), code.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  if (!code.starts_with(code_prefix)) return std::nullopt;
  const auto dash = code.find('-', code_prefix.size());
  if (dash == std::string::npos) return std::nullopt;
  EnrolmentCode parsed;
  parsed.secret = code.substr(code_prefix.size(), dash - code_prefix.size());
  const auto secret = crypto::from_base32(parsed.secret);
  const auto fingerprint = crypto::from_base32(code.substr(dash + 1));
  if (!secret || secret->size() != secret_bytes) return std::nullopt;
  if (!fingerprint || fingerprint->size() != parsed.ca_fingerprint.size()) return std::nullopt;
  std::copy(fingerprint->begin(), fingerprint->end(), parsed.ca_fingerprint.begin());
  return parsed;
}

void enroll(const Session& session) {
  const ServerAddress address = read_address(session);
  const std::string name = new_context_name(session, address);
  // The code can be used once: what would fail here after the call fails before it.
  session.store.prove_writable(name);
  const EnrolmentCode code = read_code(session);
  const crypto::Secret passphrase =
      new_passphrase(session.typed.common.passphrase_file, session.terminal);
  const crypto::Secret key = crypto::generate_private_key();

  v1::EnrollRequest request;
  request.set_code(code.secret);
  request.set_signing_request_pem(crypto::make_signing_request(key));
  Terminal& terminal = session.terminal;
  terminal.begin_progress();
  const Call call{path_of(method_of(*session.typed.command)), request.SerializeAsString(),
                  chosen_timeout(session.typed.common.timeout),
                  [&terminal] { terminal.show_progress(tr("Waiting for the server …")); }};
  const Trust trust{"", code.ca_fingerprint, "", nullptr};
  const std::string bytes = call_unary(address, trust, call);
  terminal.end_progress();
  v1::EnrollResponse answer;
  if (!answer.ParseFromString(bytes)) {
    throw transport_failure(tr("The server's answer cannot be understood."));
  }
  check_answer(answer, code);
  session.store.save({name, address.text(), answer.handle(), answer.ca_certificate_pem(),
                      answer.certificate_pem() + crypto::encrypt_private_key(key, passphrase),
                      answer.log_verifier_key()});
  if (session.store.preferences().context.empty()) session.store.prefer(name);
  write_facts({{"context", msg("Context"), name},
               {"server", msg("Server"), address.text()},
               {"account", msg("Account"), answer.handle()},
               {"certificateNotAfter", msg("Certificate expires"),
                expiry_of(answer.certificate_pem(), session.output)}},
              session.output, terminal);
  if (session.output == Output::table) terminal.err() << tr("You are signed in.") << '\n';
}

void renew(const Session& session) {
  const SignedIn user(session);
  const crypto::Secret key = crypto::generate_private_key();
  v1::RenewRequest request;
  request.mutable_write()->set_request_id(new_request_id());
  request.set_signing_request_pem(crypto::make_signing_request(key));
  v1::RenewResponse answer;
  answer.CopyFrom(*user.call(request));
  const std::string expiry = expiry_of(answer.certificate_pem(), session.output);
  session.store.replace_identity(
      user.context().name,
      answer.certificate_pem() + crypto::encrypt_private_key(key, user.passphrase()));
  write_facts({{"context", msg("Context"), user.context().name},
               {"certificateNotAfter", msg("Certificate expires"), expiry}},
              session.output, session.terminal);
}

}  // namespace sspf::cli
