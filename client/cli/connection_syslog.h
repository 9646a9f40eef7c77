// SPDX-License-Identifier: Apache-2.0
//
// A collector of log records over TLS, RFC 5425.
#pragma once

#include <string>

#include "client/cli/connection.h"

namespace sspf::cli {

// Sends the bytes on a connection of its own and waits until the collector has closed it, too: what
// it had not read by then is not counted as delivered. Throws a Failure.
void send_over_tls(const ServerAddress& collector, const Trust& trust, const std::string& bytes);

}  // namespace sspf::cli
