// SPDX-License-Identifier: Apache-2.0
#include "server/net/mail.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <ctime>
#include <memory>
#include <stdexcept>

#include "crypto/encoding.h"

namespace sspf::net {
namespace {

struct Free {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Handle = std::unique_ptr<CURL, Free>;
using List = std::unique_ptr<curl_slist, Free>;
using Mime = std::unique_ptr<curl_mime, Free>;

void check(CURLcode code) {
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

template <typename Value>
void set(const Handle& handle, CURLoption option, Value value) {
  check(curl_easy_setopt(handle.get(), option, value));
}

List list_of(const std::vector<std::string>& texts) {
  List list;
  for (const std::string& text : texts) {
    curl_slist* longer = curl_slist_append(list.get(), text.c_str());
    if (longer == nullptr) throw std::runtime_error("no memory for a mail");
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

// RFC 2047: words of at most 75 characters, none of which ends within a character.
std::string encoded(const std::string& text) {
  constexpr std::size_t word_bytes_max = 45;
  std::string words;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(begin + word_bytes_max, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    const std::string part = text.substr(begin, end - begin);
    words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") +
             crypto::base64(crypto::view_of(part)) + "?=";
    begin = end;
  }
  return words;
}

// RFC 5322 3.3, in no language.
std::string date_of_mail(std::int64_t since_1970) {
  constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = since_1970;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                     months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

void set_server(const Handle& handle, const MailServer& server) {
  set(handle, CURLOPT_URL, server.address.text().c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(handle, CURLOPT_PROXY, "");  // whatever the environment says
  const bool may_be_plain = server.address.is_this_machine() && server.ca_pem.empty();
  set(handle, CURLOPT_USE_SSL, may_be_plain ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
  set(handle, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!server.ca_pem.empty()) {
    curl_blob authorities{};
    authorities.data = const_cast<char*>(server.ca_pem.data());
    authorities.len = server.ca_pem.size();
    authorities.flags = CURL_BLOB_COPY;
    set(handle, CURLOPT_CAINFO_BLOB, &authorities);
    set(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // and none of the machine's
  }
  if (server.user.empty()) return;
  std::string password(crypto::text_of(server.password.reveal()));
  set(handle, CURLOPT_USERNAME, server.user.c_str());
  const CURLcode code = curl_easy_setopt(handle.get(), CURLOPT_PASSWORD, password.c_str());
  crypto::wipe(password);
  check(code);
}

// Lines of mail end with CR and LF; quoted-printable would spell an LF alone out.
Mime body_of(const Handle& handle, const std::string& lines) {
  std::string text;
  for (const char c : lines) {
    if (c == '\n') text += '\r';
    text += c;
  }
  Mime mime(curl_mime_init(handle.get()));
  curl_mimepart* part = curl_mime_addpart(mime.get());
  check(curl_mime_data(part, text.data(), text.size()));
  check(curl_mime_type(part, "text/plain; charset=utf-8"));
  check(curl_mime_encoder(part, "quoted-printable"));
  return mime;
}

// Called by libcurl every second at the least.
int ends_early(void* patience, curl_off_t /*to_get*/, curl_off_t /*got*/, curl_off_t /*to_put*/,
               curl_off_t /*put*/) {
  return static_cast<const Patience*>(patience)->is_over() ? 1 : 0;
}

}  // namespace

std::vector<std::string> mail_header(const Mail& mail) {
  const std::string host = mail.from.substr(mail.from.find('@') + 1);
  return {"Date: " + date_of_mail(mail.seconds),           "From: SSPF-server <" + mail.from + ">",
          fmt::format("To: {}", fmt::join(mail.to, ", ")), "Subject: " + encoded(mail.subject),
          "Message-ID: <" + mail.id + "@" + host + ">",    "Auto-Submitted: auto-generated"};
}

std::string send_mail(const MailServer& server, const Mail& mail, const Patience& patience) {
  try {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    check(ready);
    const Handle handle(curl_easy_init());
    if (!handle) return "no memory for a mail";
    set_server(handle, server);
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.time_max.count()));
    set(handle, CURLOPT_QUICK_EXIT, 1L);  // does not wait for the names of hosts
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFODATA, &patience);
    set(handle, CURLOPT_XFERINFOFUNCTION, &ends_early);
    set(handle, CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
    const List receivers = list_of(mail.to);
    set(handle, CURLOPT_MAIL_RCPT, receivers.get());
    // One who has left keeps the mail from nobody else.
    set(handle, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
    const List header = list_of(mail_header(mail));
    set(handle, CURLOPT_HTTPHEADER, header.get());
    const Mime body = body_of(handle, mail.text);
    set(handle, CURLOPT_MIMEPOST, body.get());
    check(curl_easy_perform(handle.get()));
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace sspf::net
