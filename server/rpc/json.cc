// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "server/base/limits.h"

namespace sspf::rpc {
namespace {

using Json = nlohmann::json;

class StrictReader final : public Json::json_sax_t {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return enter(); }
  bool key(string_t& name) override { return names_.back().insert(name).second; }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t /*size*/) override { return enter(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

 private:
  bool enter() {
    names_.emplace_back();
    return names_.size() <= static_cast<std::size_t>(limits::message_depth_max);
  }
  bool leave() {
    names_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> names_;  // of each object that is open
};

}  // namespace

bool is_strict_json(std::string_view text) {
  // To the library a NUL is the end of its input, whatever follows.
  if (text.find('\0') != std::string_view::npos) return false;
  StrictReader reader;
  return Json::sax_parse(text.begin(), text.end(), &reader, Json::input_format_t::json, true,
                         false);
}

}  // namespace sspf::rpc
