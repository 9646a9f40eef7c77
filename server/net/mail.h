// SPDX-License-Identifier: Apache-2.0
//
// One mail of the server's own to a mail server, on the caller's thread. The only file that knows
// libcurl, which knows SMTP, its TLS and its ways to sign in.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "crypto/secret.h"
#include "server/base/smtp_address.h"

namespace sspf::net {

struct MailServer {
  SmtpAddress address;
  std::string ca_pem;       // empty: the machine's own authorities
  std::string user;         // empty: nobody signs in
  crypto::Secret password;  // of the user
};

struct Mail {
  std::string id;  // the part of Message-ID before the sender's host: the same whenever it is sent
  std::string from;
  std::vector<std::string> to;
  std::string subject;
  std::string text;
  std::int64_t seconds = 0;  // of Date, since 1970
};

// RFC 5322 and RFC 2047: Date, From, To, Subject, Message-ID, and that no person has written it.
std::vector<std::string> mail_header(const Mail& mail);

// How long to wait for a mail server: this long, and no longer than until is_over() answers true.
struct Patience {
  std::chrono::milliseconds time_max;
  std::function<bool()> is_over;
};

// Empty when the server has taken it, for one of the receivers at least; else why not. Without TLS
// only to this machine, and there too when authorities are given.
std::string send_mail(const MailServer& server, const Mail& mail, const Patience& patience);

}  // namespace sspf::net
