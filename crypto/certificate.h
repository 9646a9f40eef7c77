// SPDX-License-Identifier: Apache-2.0
//
// The private certificate authority and what enrolment needs: P-256 keys, signing requests,
// certificates. Everything is PEM text outside this file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::crypto {

struct CertificateFacts {
  Digest fingerprint{};                 // SHA-256 of the DER form
  std::string serial;                   // lower-case hex, without leading zeroes
  std::string common_name;              // the subject's CN
  std::int64_t not_before_seconds = 0;  // since 1970, UTC
  std::int64_t not_after_seconds = 0;
};

// A P-256 private key as unencrypted PKCS#8 PEM.
Secret generate_private_key();

// As PKCS#8 PEM encrypted under `passphrase`: scrypt, AES-256-CBC (PBES2). For the client's key
// file.
std::string encrypt_private_key(const Secret& private_key_pem, const Secret& passphrase);
// Nothing, when the passphrase is wrong or the file is not such a key.
std::optional<Secret> decrypt_private_key(const std::string& pem, const Secret& passphrase);

// A PKCS#10 request for this key, with an empty subject: the server decides whose it is.
std::string make_signing_request(const Secret& private_key_pem);

// The root certificate of a new CA: self-signed, CA:TRUE pathlen 0, keyCertSign and cRLSign.
std::string make_ca_certificate(const Secret& ca_private_key_pem, const std::string& common_name,
                                std::int64_t now_seconds, int days);

// Signs the request's key as a client: CN and SAN URI "sspf:account/<account id>", EKU clientAuth,
// random 128-bit serial, from five minutes before `now_seconds`. Nothing, when the request does not
// parse, its own signature is wrong, or its key is not P-256.
std::optional<std::string> issue_client_certificate(const Secret& ca_private_key_pem,
                                                    const std::string& ca_certificate_pem,
                                                    const std::string& signing_request_pem,
                                                    const std::string& account_id,
                                                    std::int64_t now_seconds, int days);

// Signs the server's key: SAN DNS or IP for each host, EKU serverAuth.
std::string issue_server_certificate(const Secret& ca_private_key_pem,
                                     const std::string& ca_certificate_pem,
                                     const Secret& server_private_key_pem,
                                     const std::vector<std::string>& hosts,
                                     std::int64_t now_seconds, int days);

// Nothing, when the text is not one PEM certificate.
std::optional<CertificateFacts> read_certificate(const std::string& certificate_pem);

}  // namespace sspf::crypto
