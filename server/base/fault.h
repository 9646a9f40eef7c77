// SPDX-License-Identifier: Apache-2.0
//
// Fault: the world failed (disk, SQLite, a ciphertext that does not open). Caught in one place,
// rpc::serve; never carries personal data, for its text goes to the server's log.
#pragma once

#include <stdexcept>
#include <string>

namespace sspf {

class Fault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace sspf
