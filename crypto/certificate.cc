// SPDX-License-Identifier: Apache-2.0
//
// Requests and issuing. Extensions with text from outside (account ids, hosts) are built as
// structures: OpenSSL's configuration syntax would let a comma in the text add a name.
#include "crypto/certificate.h"

#include <openssl/pem.h>

#include <algorithm>
#include <stdexcept>

#include "crypto/openssl.h"
#include "crypto/pem.h"
#include "crypto/random.h"

namespace sspf::crypto {
namespace {

using Request = openssl::Owned<X509_REQ, X509_REQ_free>;
using Names = openssl::Owned<GENERAL_NAMES, GENERAL_NAMES_free>;

constexpr std::int64_t clock_skew_seconds = 300;
constexpr std::int64_t day_seconds = 86400;
constexpr std::size_t common_name_bytes_max = 64;  // RFC 5280, ub-common-name
constexpr std::size_t host_bytes_max = 253;
constexpr std::size_t serial_bytes = 16;

constexpr std::string_view letters_and_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

struct Validity {
  std::int64_t now_seconds;
  int days;
};

struct Issuer {
  openssl::Key key;
  openssl::Certificate certificate;
};

bool consists_of(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [marks](char character) {
    return letters_and_digits.find(character) != std::string_view::npos ||
           marks.find(character) != std::string_view::npos;
  });
}

openssl::Certificate parse_certificate(std::string_view text) {
  const std::optional<Secret> der = pem::read(text, PEM_STRING_X509);
  if (!der) throw std::invalid_argument("not a certificate");
  const std::uint8_t* position = der->reveal().data();
  openssl::Certificate certificate(d2i_X509(nullptr, &position, static_cast<long>(der->size())));
  if (!certificate) throw std::invalid_argument("not a certificate");
  return certificate;
}

Issuer read_issuer(const Secret& key_pem, const std::string& certificate_pem) {
  const openssl::ExpectNo expect_no;
  Issuer issuer{.key = pem::private_key_in(key_pem),
                .certificate = parse_certificate(certificate_pem)};
  if (X509_check_private_key(issuer.certificate.get(), issuer.key.get()) != 1) {
    throw std::invalid_argument("the CA certificate is not of this key");
  }
  return issuer;
}

// 128 bits with the first two fixed: always positive, always the same length.
void set_serial(X509* certificate) {
  Bytes bytes = random_bytes(serial_bytes);
  bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x3FU) | 0x40U);
  const openssl::Owned<BIGNUM, BN_free> number(openssl::check(
      BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), "BN_bin2bn"));
  openssl::check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)),
                 "BN_to_ASN1_INTEGER");
}

openssl::Certificate new_certificate(EVP_PKEY* key, const std::string& common_name,
                                     const Validity& validity) {
  openssl::Certificate certificate(openssl::check(X509_new(), "X509_new"));
  X509* const raw = certificate.get();
  openssl::check(X509_set_version(raw, X509_VERSION_3), "X509_set_version");
  set_serial(raw);
  openssl::check(ASN1_TIME_set(X509_getm_notBefore(raw), validity.now_seconds - clock_skew_seconds),
                 "ASN1_TIME_set");
  openssl::check(
      ASN1_TIME_set(X509_getm_notAfter(raw), validity.now_seconds + validity.days * day_seconds),
      "ASN1_TIME_set");
  const ByteView name = view_of(common_name);
  openssl::check(
      X509_NAME_add_entry_by_NID(X509_get_subject_name(raw), NID_commonName, MBSTRING_UTF8,
                                 name.data(), static_cast<int>(name.size()), -1, 0),
      "X509_NAME_add_entry_by_NID");
  openssl::check(X509_set_pubkey(raw, key), "X509_set_pubkey");
  return certificate;
}

// `value` is a constant of this file.
void add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509V3_set_ctx_nodb(&context);
  const openssl::Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      openssl::check(X509V3_EXT_nconf_nid(nullptr, &context, nid, value), "X509V3_EXT_nconf_nid"));
  openssl::check(X509_add_ext(certificate, extension.get(), -1), "X509_add_ext");
}

// Everything that clients' and servers' certificates have in common, and the signature.
std::string finish_leaf(X509* certificate, const Issuer& issuer, const Names& names,
                        const char* extended_key_usage) {
  X509* const authority = issuer.certificate.get();
  openssl::check(X509_set_issuer_name(certificate, X509_get_subject_name(authority)),
                 "X509_set_issuer_name");
  add_extension(certificate, authority, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate, authority, NID_key_usage, "critical,digitalSignature");
  add_extension(certificate, authority, NID_ext_key_usage, extended_key_usage);
  add_extension(certificate, authority, NID_subject_key_identifier, "hash");
  add_extension(certificate, authority, NID_authority_key_identifier, "keyid:always");
  openssl::check(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0),
                 "X509_add1_ext_i2d");
  openssl::check(X509_sign(certificate, issuer.key.get(), openssl::sha256_algorithm()),
                 "X509_sign");
  const openssl::Bio memory = pem::new_memory();
  openssl::check(PEM_write_bio_X509(memory.get(), certificate), "PEM_write_bio_X509");
  return pem::text_in(memory);
}

Names new_names() { return Names(openssl::check(sk_GENERAL_NAME_new_null(), "sk_new_null")); }

void add_name(const Names& names, int type, openssl::Owned<ASN1_STRING, ASN1_STRING_free> value) {
  openssl::Owned<GENERAL_NAME, GENERAL_NAME_free> name(
      openssl::check(GENERAL_NAME_new(), "GENERAL_NAME_new"));
  GENERAL_NAME_set0_value(name.get(), type, value.release());
  openssl::check(sk_GENERAL_NAME_push(names.get(), name.get()), "sk_GENERAL_NAME_push");
  static_cast<void>(name.release());  // it belongs to `names` now
}

void add_text_name(const Names& names, int type, std::string_view text) {
  openssl::Owned<ASN1_STRING, ASN1_STRING_free> value(
      openssl::check(ASN1_STRING_type_new(V_ASN1_IA5STRING), "ASN1_STRING_type_new"));
  openssl::check(ASN1_STRING_set(value.get(), text.data(), static_cast<int>(text.size())),
                 "ASN1_STRING_set");
  add_name(names, type, std::move(value));
}

void add_host(const Names& names, const std::string& host) {
  const openssl::ExpectNo expect_no;
  openssl::Owned<ASN1_STRING, ASN1_STRING_free> address(a2i_IPADDRESS(host.c_str()));
  if (address) return add_name(names, GEN_IPADD, std::move(address));
  if (host.empty() || host.size() > host_bytes_max || !consists_of(host, "-.")) {
    throw std::invalid_argument("a host is a DNS name or an IP address");
  }
  add_text_name(names, GEN_DNS, host);
}

// The request's key, when it parses, is P-256 and signed the request. In this order: checking a
// signature by a key of the sender's choice could take long.
openssl::Key key_of_request(const std::string& signing_request_pem) {
  const openssl::ExpectNo expect_no;
  const std::optional<Secret> der = pem::read(signing_request_pem, PEM_STRING_X509_REQ);
  if (!der) return nullptr;
  const std::uint8_t* position = der->reveal().data();
  const std::uint8_t* const end = position + der->size();
  const Request request(d2i_X509_REQ(nullptr, &position, static_cast<long>(der->size())));
  if (!request || position != end) return nullptr;
  openssl::Key key(X509_REQ_get_pubkey(request.get()));
  if (!key || !pem::is_p256(key.get())) return nullptr;
  if (X509_REQ_verify(request.get(), key.get()) != 1) return nullptr;
  return key;
}

}  // namespace

std::string make_signing_request(const Secret& private_key_pem) {
  const openssl::Key key = pem::private_key_in(private_key_pem);
  const Request request(openssl::check(X509_REQ_new(), "X509_REQ_new"));
  openssl::check(X509_REQ_set_version(request.get(), X509_REQ_VERSION_1), "X509_REQ_set_version");
  openssl::check(X509_REQ_set_pubkey(request.get(), key.get()), "X509_REQ_set_pubkey");
  openssl::check(X509_REQ_sign(request.get(), key.get(), openssl::sha256_algorithm()),
                 "X509_REQ_sign");
  const openssl::Bio memory = pem::new_memory();
  openssl::check(PEM_write_bio_X509_REQ(memory.get(), request.get()), "PEM_write_bio_X509_REQ");
  return pem::text_in(memory);
}

std::string make_ca_certificate(const Secret& ca_private_key_pem, const std::string& common_name,
                                std::int64_t now_seconds, int days) {
  const openssl::Key key = pem::private_key_in(ca_private_key_pem);
  const openssl::Certificate certificate =
      new_certificate(key.get(), common_name, {.now_seconds = now_seconds, .days = days});
  X509* const raw = certificate.get();
  openssl::check(X509_set_issuer_name(raw, X509_get_subject_name(raw)), "X509_set_issuer_name");
  add_extension(raw, raw, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(raw, raw, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(raw, raw, NID_subject_key_identifier, "hash");
  openssl::check(X509_sign(raw, key.get(), openssl::sha256_algorithm()), "X509_sign");
  const openssl::Bio memory = pem::new_memory();
  openssl::check(PEM_write_bio_X509(memory.get(), raw), "PEM_write_bio_X509");
  return pem::text_in(memory);
}

std::optional<std::string> issue_client_certificate(const Secret& ca_private_key_pem,
                                                    const std::string& ca_certificate_pem,
                                                    const std::string& signing_request_pem,
                                                    const std::string& account_id,
                                                    std::int64_t now_seconds, int days) {
  if (account_id.empty() || account_id.size() > common_name_bytes_max ||
      !consists_of(account_id, "-_")) {
    throw std::invalid_argument("an account id is letters, digits, - and _");
  }
  const Issuer issuer = read_issuer(ca_private_key_pem, ca_certificate_pem);
  const openssl::Key key = key_of_request(signing_request_pem);
  if (!key) return std::nullopt;
  const openssl::Certificate certificate =
      new_certificate(key.get(), account_id, {.now_seconds = now_seconds, .days = days});
  const Names names = new_names();
  add_text_name(names, GEN_URI, "sspf:account/" + account_id);
  return finish_leaf(certificate.get(), issuer, names, "clientAuth");
}

std::string issue_server_certificate(const Secret& ca_private_key_pem,
                                     const std::string& ca_certificate_pem,
                                     const Secret& server_private_key_pem,
                                     const std::vector<std::string>& hosts,
                                     std::int64_t now_seconds, int days) {
  if (hosts.empty()) throw std::invalid_argument("a server certificate without a host");
  const Names names = new_names();
  for (const std::string& host : hosts) add_host(names, host);
  const Issuer issuer = read_issuer(ca_private_key_pem, ca_certificate_pem);
  const openssl::Key key = pem::private_key_in(server_private_key_pem);
  // The alternative names count; a longer DNS name than a common name can hold is only there.
  const std::string& first = hosts.front();
  const std::string common_name = first.size() <= common_name_bytes_max ? first : "server";
  const openssl::Certificate certificate =
      new_certificate(key.get(), common_name, {.now_seconds = now_seconds, .days = days});
  return finish_leaf(certificate.get(), issuer, names, "serverAuth");
}

}  // namespace sspf::crypto
