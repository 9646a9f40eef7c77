// SPDX-License-Identifier: Apache-2.0
#include "tests/support/join.h"

#include <openssl/pem.h>

#include "client/cli/context.h"
#include "crypto/certificate.h"
#include "crypto/openssl.h"
#include "crypto/pem.h"
#include "tests/support/caller.h"

namespace sspf::test {
std::string quickly_encrypted(const crypto::Secret& private_key, std::string_view passphrase) {
  const crypto::openssl::Key key = crypto::pem::private_key_in(private_key);
  const crypto::openssl::Bio memory = crypto::pem::new_memory();
  crypto::openssl::check(
      PEM_write_bio_PKCS8PrivateKey(memory.get(), key.get(), EVP_aes_256_cbc(), passphrase.data(),
                                    static_cast<int>(passphrase.size()), nullptr, nullptr),
      "PEM_write_bio_PKCS8PrivateKey");
  return crypto::pem::text_in(memory);
}

void join(const Person& person, const std::string& address, const std::string& code) {
  const auto port = static_cast<std::uint16_t>(std::stoul(address.substr(address.rfind(':') + 1)));
  const crypto::Secret key = crypto::generate_private_key();
  const auto answer = enroll_key(port, code, key);
  const cli::ContextStore store(person.folder(), person.folder() / "state" / "sspf");
  store.save({"localhost", address, answer.handle(), answer.ca_certificate_pem(),
              answer.certificate_pem() + quickly_encrypted(key, person_passphrase),
              answer.log_verifier_key()});
  store.prefer("localhost");
}

}  // namespace sspf::test
