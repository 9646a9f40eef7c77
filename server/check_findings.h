// SPDX-License-Identifier: Apache-2.0
//
// What `sspfd check` has to say, a line each; the first trouble gives the exit code.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "server/trouble.h"

namespace sspf {

class Findings {
 public:
  void add(const std::string& what, int exit_code) {
    fmt::print("wrong: {}\n", what);
    if (first_ == 0) first_ = exit_code;
  }
  // Each of them; `good` when there is none.
  void add_all(const std::vector<std::string>& troubles, int exit_code, const std::string& good) {
    for (const std::string& trouble : troubles) add(trouble, exit_code);
    if (troubles.empty()) this->good(good);
  }
  void good(const std::string& what) { fmt::print("ok: {}\n", what); }
  // What cannot be looked at has a trouble of its own above.
  void pass_over(const std::string& what, const std::string& why) {
    fmt::print("not looked at: {}, {}\n", what, why);
  }

  // One step: what it throws is a finding, and the next one goes on.
  void look(int exit_code, const std::function<void()>& step) {
    try {
      step();
    } catch (const Trouble& trouble) {
      add(trouble.what(), trouble.exit_code);
    } catch (const std::exception& error) {
      add(error.what(), exit_code);
    }
  }

  int exit_code() const { return first_; }

 private:
  int first_ = 0;
};

}  // namespace sspf
