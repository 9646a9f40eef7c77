// SPDX-License-Identifier: Apache-2.0
#include "server/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace sspf {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c);
  }
  return out + "\"";
}

std::string line_of(std::string_view event, LogFields fields) {
  std::string line = "event=" + std::string(event);
  for (const auto& [name, value] : fields) {
    line += " " + std::string(name) + "=" + in_quotes(value);
  }
  return line;
}

}  // namespace

void start_log() {
  auto logger =
      std::make_shared<spdlog::logger>("sspfd", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("time=%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void log_info(std::string_view event, LogFields fields) {
  spdlog::info("{}", line_of(event, fields));
}

void log_error(std::string_view event, LogFields fields) {
  spdlog::error("{}", line_of(event, fields));
}

void log_fault(std::string_view rpc, std::string_view what) {
  log_error("fault", {{"rpc", std::string(rpc)}, {"what", std::string(what)}});
}

}  // namespace sspf
