// SPDX-License-Identifier: Apache-2.0
//
// ENSURE: an invariant that stays on in release. A false one is our bug: the process aborts with
// the place, and systemd starts it again from what is durable.
#pragma once

#include <cstdio>
#include <cstdlib>

#define ENSURE(condition)                                                                        \
  do {                                                                                           \
    if (!(condition)) {                                                                          \
      static_cast<void>(                                                                         \
          std::fprintf(stderr, "ENSURE(%s) failed at %s:%d\n", #condition, __FILE__, __LINE__)); \
      std::abort();                                                                              \
    }                                                                                            \
  } while (false)
