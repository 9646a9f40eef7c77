// SPDX-License-Identifier: Apache-2.0
//
// The answers that `net` gives itself, before or instead of a call. They say nothing about any
// caller or case, so they are not audited, only counted.
#pragma once

#include <string_view>

#include "server/base/http.h"

namespace sspf::net {

// Swedish and English for the person who sees it; machines go by the status.
HttpResponse plain_refusal(int status, std::string_view text);

// The store's queue is full, or the server is stopping: Connect's `unavailable`.
HttpResponse overloaded();

// The body is over limits::request_body_bytes_max: Connect's `resource_exhausted` to a call or a
// stream, a plain 413 to anything else.
HttpResponse body_too_large(std::string_view content_type);

}  // namespace sspf::net
