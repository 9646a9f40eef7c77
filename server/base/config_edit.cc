// SPDX-License-Identifier: Apache-2.0
#include <toml++/toml.h>

#include "crypto/key_file.h"
#include "server/base/config_reader.h"
#include "server/base/fault.h"

namespace sspf {
namespace {

// Where the line begins, counted from 1.
std::size_t begin_of_line(const std::string& text, std::size_t line) {
  std::size_t at = 0;
  while (--line > 0) at = text.find('\n', at) + 1;
  return at;
}

// In the line where it is set, the value between its quotes; comments and everything else stay.
std::string with_origin(std::string text, const std::string& origin) {
  const toml::table settings = toml::parse(text);
  const auto node = settings["audit"]["origin"];
  const auto before = node.value<std::string>();
  if (!before) throw Fault("it sets no audit.origin");
  const std::size_t begin = begin_of_line(text, node.node()->source().begin.line);
  const std::size_t end = std::min(text.find('\n', begin), text.size());
  for (const char quote : {'"', '\''}) {
    const auto at = text.find(quote + *before + quote, begin);
    if (at >= end) continue;
    text.replace(at + 1, before->size(), origin);
    const auto after = toml::parse(text)["audit"]["origin"].value<std::string>();
    if (after == origin) return text;
    break;
  }
  throw Fault("audit.origin is written in another way than between quotes on one line");
}

}  // namespace

void replace_log_origin(const std::filesystem::path& file, const std::string& origin) {
  const std::filesystem::path real = std::filesystem::canonical(file);
  const auto text = crypto::read_file(real, config_bytes_max);
  if (!text) throw Fault("it is missing");
  const auto mode = std::filesystem::status(real).permissions() & std::filesystem::perms::all;
  crypto::replace_file(real, with_origin(*text, origin), static_cast<unsigned>(mode));
}

}  // namespace sspf
