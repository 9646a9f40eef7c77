// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace sspf {

// Why a program ends; `exit_code` is documented in deploy/RUNBOOK.md.
class Trouble : public std::runtime_error {
 public:
  Trouble(const std::string& what, int code) : std::runtime_error(what), exit_code(code) {}
  int exit_code;
};

namespace exit_codes {
inline constexpr int usage = 1;
inline constexpr int config = 2;
inline constexpr int key = 3;       // a key file or the keystore
inline constexpr int database = 4;  // wrong key, damage, newer version
inline constexpr int log = 5;       // the log holds less than, or other than, its checkpoint
inline constexpr int commit = 6;    // the outcome of a commit is unknown: start again
inline constexpr int listen = 7;    // an address or port cannot be bound
inline constexpr int epoch = 8;     // a new epoch of the log is refused
}  // namespace exit_codes

}  // namespace sspf
