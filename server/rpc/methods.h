// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "server/rpc/method.h"

namespace sspf::rpc {

// Every RPC, one row each.
std::span<const Method> methods();

// By the path of the request, case-sensitive; null when there is none.
const Method* find_method(std::string_view path);

}  // namespace sspf::rpc
