// SPDX-License-Identifier: Apache-2.0
//
// Reading a certificate, for certificate.h.
#include <openssl/pem.h>

#include <ctime>

#include "crypto/certificate.h"
#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "crypto/openssl.h"
#include "crypto/pem.h"

namespace sspf::crypto {
namespace {

void free_text(unsigned char* text) { OPENSSL_free(text); }

std::optional<std::int64_t> seconds_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return timegm(&parts);
}

// Nothing for a negative number, which RFC 5280 4.1.2.2 forbids.
std::optional<std::string> serial_of(const X509* certificate) {
  const openssl::Owned<BIGNUM, BN_free> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  if (!number || BN_is_negative(number.get()) != 0) return std::nullopt;
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data());
  std::string digits = hex(bytes);
  digits.erase(0, digits.find_first_not_of('0'));
  return digits.empty() ? "0" : digits;
}

std::string common_name_of(const X509* certificate) {
  const X509_NAME* const subject = X509_get_subject_name(certificate);
  const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (index < 0) return {};
  const ASN1_STRING* const value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index));
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, value);
  if (size < 0) return {};
  const openssl::Owned<unsigned char, free_text> owned(text);
  return std::string(text_of({text, static_cast<std::size_t>(size)}));
}

}  // namespace

std::optional<CertificateFacts> read_certificate(const std::string& certificate_pem) {
  const openssl::ExpectNo expect_no;
  const std::optional<Secret> der = pem::read(certificate_pem, PEM_STRING_X509);
  if (!der) return std::nullopt;
  const std::uint8_t* position = der->reveal().data();
  const std::uint8_t* const end = position + der->size();
  const openssl::Certificate certificate(
      d2i_X509(nullptr, &position, static_cast<long>(der->size())));
  if (!certificate || position != end) return std::nullopt;
  const std::optional<std::string> serial = serial_of(certificate.get());
  const auto not_before = seconds_of(X509_get0_notBefore(certificate.get()));
  const auto not_after = seconds_of(X509_get0_notAfter(certificate.get()));
  if (!serial || !not_before || !not_after) return std::nullopt;
  return CertificateFacts{.fingerprint = sha256(der->reveal()),
                          .serial = *serial,
                          .common_name = common_name_of(certificate.get()),
                          .not_before_seconds = *not_before,
                          .not_after_seconds = *not_after};
}

}  // namespace sspf::crypto
