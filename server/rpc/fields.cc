// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/fields.h"

#include <google/protobuf/timestamp.pb.h>
#include <utf8proc.h>

#include <algorithm>
#include <string_view>

#include "server/base/blank.h"
#include "server/base/clock.h"
#include "server/base/limits.h"
#include "sspf/v1/options.pb.h"

namespace sspf::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool consists_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

bool has_length(std::string_view text, std::size_t min, std::size_t max) {
  return text.size() >= min && text.size() <= max;
}

// Characters that change how the text around them is shown or read: controls, line separators, bidi
// embeddings, overrides and isolates, and what is no character at all.
bool is_forbidden(utf8proc_int32_t character, v1::Form form) {
  if (character == '\n') return form != v1::FORM_LINES;
  if (character >= 0x202A && character <= 0x202E) return true;
  if (character >= 0x2066 && character <= 0x2069) return true;
  switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

Result<Done> check_characters(const std::string& text, const v1::Rule& rule,
                              const std::string& path) {
  const std::size_t max =
      rule.characters_max() == 0 ? limits::text_characters_max : rule.characters_max();
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  std::size_t count = 0;
  while (left > 0) {
    utf8proc_int32_t character = 0;
    const utf8proc_ssize_t read = utf8proc_iterate(at, left, &character);
    if (read <= 0) return refusal(Reason::malformed_message, path);
    if (is_forbidden(character, rule.form())) return refusal(Reason::control_character, path);
    if (++count > max) return over_limit(Reason::too_long, path, max);
    at += read;
    left -= read;
  }
  return Done();
}

Result<Done> check_form(const std::string& text, const v1::Rule& rule, const std::string& path) {
  if (text.empty()) return Done();
  constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz0123456789-";
  constexpr std::string_view lower_dot = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  const auto refuse_unless = [&](bool holds, Reason reason) -> Result<Done> {
    if (holds) return Done();
    return refusal(reason, path);
  };
  switch (rule.form()) {
    case v1::FORM_DATE:
      return refuse_unless(is_date(text), Reason::wrong_date);
    case v1::FORM_CODE:
      return refuse_unless(has_length(text, 2, 20) && consists_of(text, upper),
                           Reason::wrong_code_form);
    case v1::FORM_HANDLE:
      return refuse_unless(has_length(text, 2, 40) && consists_of(text, lower_dot),
                           Reason::wrong_handle_form);
    case v1::FORM_REQUEST_ID:
      return refuse_unless(has_length(text, 16, 64) && consists_of(text, lower),
                           Reason::wrong_request_id);
    case v1::FORM_SHA256:
      return refuse_unless(has_length(text, 64, 64) && consists_of(text, "0123456789abcdef"),
                           Reason::wrong_sha256);
    default:
      return Done();
  }
}

Result<Done> check_text(const std::string& text, const v1::Rule& rule, const std::string& path) {
  TRY(check_characters(text, rule, path));
  if (rule.required() && is_blank(text)) return refusal(Reason::missing, path);
  return check_form(text, rule, path);
}

// A time that the wire form can name, and that fits microseconds.
bool is_time(const google::protobuf::Timestamp& time) {
  constexpr std::int64_t first = -2208988800;  // 1900-01-01
  constexpr std::int64_t last = 7258118400;    // 2200-01-01
  return time.seconds() >= first && time.seconds() < last && time.nanos() >= 0 &&
         time.nanos() < 1'000'000'000;
}

Result<Done> check_message(const Message& message, const std::string& prefix);

Result<Done> check_submessage(const Message& message, const std::string& path) {
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
    google::protobuf::Timestamp time;
    time.CopyFrom(message);
    if (!is_time(time)) return refusal(Reason::wrong_time, path);
    return Done();
  }
  return check_message(message, path + ".");
}

Result<Done> check_one(const Message& message, const FieldDescriptor& field,
                       const std::string& path) {
  const Reflection& reflection = *message.GetReflection();
  const v1::Rule& rule = field.options().GetExtension(v1::rule);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return check_text(reflection.GetString(message, &field), rule, path);
  }
  const bool is_there = field.has_presence() ? reflection.HasField(message, &field)
                        : field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM
                            ? reflection.GetEnumValue(message, &field) != 0
                            : reflection.HasField(message, &field);
  if (rule.required() && !is_there) return refusal(Reason::missing, path);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const int value = reflection.GetEnumValue(message, &field);
    if (field.enum_type()->FindValueByNumber(value) == nullptr) {
      return refusal(Reason::unknown_value, path);
    }
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && is_there) {
    return check_submessage(reflection.GetMessage(message, &field), path);
  }
  return Done();
}

Result<Done> check_item(const Message& message, const FieldDescriptor& field, int index,
                        const std::string& path) {
  const Reflection& reflection = *message.GetReflection();
  v1::Rule rule = field.options().GetExtension(v1::rule);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    rule.set_required(true);  // an empty item of a list is never meant
    return check_text(reflection.GetRepeatedString(message, &field, index), rule, path);
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const int value = reflection.GetRepeatedEnumValue(message, &field, index);
    if (value == 0 || field.enum_type()->FindValueByNumber(value) == nullptr) {
      return refusal(Reason::unknown_value, path);
    }
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return check_submessage(reflection.GetRepeatedMessage(message, &field, index), path);
  }
  return Done();
}

Result<Done> check_repeated(const Message& message, const FieldDescriptor& field,
                            const std::string& path) {
  const int size = message.GetReflection()->FieldSize(message, &field);
  const v1::Rule& rule = field.options().GetExtension(v1::rule);
  if (rule.required() && size == 0) return refusal(Reason::missing, path);
  if (static_cast<std::size_t>(size) > limits::repeated_items_max) {
    return over_limit(Reason::too_many_items, path, limits::repeated_items_max);
  }
  for (int i = 0; i < size; ++i) TRY(check_item(message, field, i, path));
  return Done();
}

Result<Done> check_message(const Message& message, const std::string& prefix) {
  const auto& descriptor = *message.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    const std::string path = prefix + field.name();
    if (field.is_repeated()) {
      TRY(check_repeated(message, field, path));
    } else {
      TRY(check_one(message, field, path));
    }
  }
  return Done();
}

}  // namespace

Result<Done> check_fields(const Message& message) { return check_message(message, ""); }

}  // namespace sspf::rpc
