// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>

namespace sspf {

// What ends a server: it finishes what runs, and exits.
inline sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace sspf
