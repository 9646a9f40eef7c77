// SPDX-License-Identifier: Apache-2.0
#include "client/cli/values.h"

#include <google/protobuf/timestamp.pb.h>

#include <charconv>
#include <limits>
#include <utility>

#include "client/cli/failure.h"
#include "client/cli/language.h"
#include "client/cli/stockholm.h"
#include "client/cli/words.h"
#include "sspf/v1/options.pb.h"

namespace sspf::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const v1::Rule& rule_of(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule);
}

[[noreturn]] void refuse_word(const FieldDescriptor* field, const std::string& flag) {
  std::string words;
  for (const auto& word : words_of(field->enum_type())) words += (words.empty() ? "" : ", ") + word;
  throw usage_failure(fill(tr("{0} must be one of: {1}."), {flag, words}));
}

void put_word(Message& message, const FieldDescriptor* field, const std::string& text,
              const std::string& flag) {
  const auto* const value = value_of_word(field->enum_type(), text);
  if (value == nullptr) refuse_word(field, flag);
  const auto* const reflection = message.GetReflection();
  if (field->is_repeated()) {
    reflection->AddEnum(&message, field, value);
  } else {
    reflection->SetEnum(&message, field, value);
  }
}

void put_number(Message& message, const FieldDescriptor* field, const std::string& text,
                const std::string& flag) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool is_small = field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32;
  const bool fits = !is_small || number <= std::numeric_limits<std::uint32_t>::max();
  if (error != std::errc() || stop != end || text.empty() || !fits) {
    throw usage_failure(fill(tr("{0} must be a whole number."), {flag}));
  }
  const auto* const reflection = message.GetReflection();
  if (is_small && field->is_repeated()) {
    reflection->AddUInt32(&message, field, static_cast<std::uint32_t>(number));
  } else if (is_small) {
    reflection->SetUInt32(&message, field, static_cast<std::uint32_t>(number));
  } else {
    reflection->SetUInt64(&message, field, number);
  }
}

void put_text(Message& message, const FieldDescriptor* field, const std::string& text) {
  const auto* const reflection = message.GetReflection();
  if (field->is_repeated()) {
    reflection->AddString(&message, field, text);
  } else {
    const bool is_short_call = field->name() == "rpc" &&
                               text.find("Service/") != std::string::npos &&
                               !text.starts_with(call_package);
    reflection->SetString(&message, field, is_short_call ? std::string(call_package) + text : text);
  }
}

void put_time(Message& message, const FieldDescriptor* field, const std::string& text,
              const std::string& flag) {
  // A period may begin with a day. A meeting does not begin at midnight because nobody said when.
  const bool has_clock = text.size() > std::string_view("2026-12-01").size();
  const bool needs_clock = field->name() == "starts_at" || field->name() == "ends_at";
  if (needs_clock && !has_clock) {
    throw usage_failure(
        fill(tr("{0} must be a time that exists, with its hour: 2026-12-01T13:00."), {flag}));
  }
  const auto time = parse_stockholm(text);
  if (!time) {
    throw usage_failure(fill(
        tr("{0} must be a date or a time that exists: 2026-12-01 or 2026-12-01T13:00."), {flag}));
  }
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(time->time_since_epoch().count());
  message.GetReflection()->MutableMessage(&message, field)->CopyFrom(stamp);
}

// The parts of an item in short form, and which field each part fills.
struct ShortForm {
  char separator;
  std::vector<const char*> fields;
  const char* explanation;
};

ShortForm short_form_of(const std::string& type) {
  if (type == "RoleGrant") {
    return {'@',
            {"role", "municipality_code"},
            msg("{0} must be ROLE or ROLE@MUNICIPALITY, as in coordinator@TYR.")};
  }
  if (type == "Signatory") {
    return {':',
            {"role", "signed_on", "name"},
            msg("{0} must be ROLE:DATE:NAME; the role is guardian or youth.")};
  }
  if (type == "SignatureRule") {
    return {
        ':',
        {"from_age", "guardians", "youth"},
        msg("{0} must be AGE:GUARDIANS or AGE:GUARDIANS:youth; guardians are none, one or all.")};
  }
  return {':', {"kind", "title"}, msg("{0} must be KIND:TITLE, as in general:Opening.")};
}

void put_item(Message& message, const FieldDescriptor* field, const std::string& text,
              const std::string& flag) {
  const ShortForm form = short_form_of(field->message_type()->name());
  Message& item = *message.GetReflection()->AddMessage(&message, field);
  std::string rest = text;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    const auto* const part_field = item.GetDescriptor()->FindFieldByName(form.fields[i]);
    const bool is_last = i + 1 == form.fields.size();
    const auto end = is_last ? std::string::npos : rest.find(form.separator);
    const std::string part = rest.substr(0, end);
    if (part.empty() && is_required(part_field)) {
      throw usage_failure(fill(tr(form.explanation), {flag}));
    }
    if (!part.empty()) put_value(item, part_field, part, flag);
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
}

void put_message(Message& message, const FieldDescriptor* field, const std::string& text,
                 const std::string& flag) {
  if (field->message_type()->full_name() == "google.protobuf.Timestamp") {
    put_time(message, field, text, flag);
    return;
  }
  put_item(message, field, text, flag);
}

}  // namespace

void put_value(Message& message, const FieldDescriptor* field, const std::string& text,
               const std::string& flag) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return put_word(message, field, text, flag);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return put_message(message, field, text, flag);
    case FieldDescriptor::CPPTYPE_BOOL:
      return message.GetReflection()->SetBool(&message, field, true);
    case FieldDescriptor::CPPTYPE_STRING:
      return put_text(message, field, text);
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return put_number(message, field, text, flag);
  }
}

Message& holder_of(Message& message, const std::string& path) {
  const auto dot = path.find('.');
  if (dot == std::string::npos) return message;
  const auto* const field = message.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  Message& inner = *message.GetReflection()->MutableMessage(&message, field);
  return holder_of(inner, path.substr(dot + 1));
}

bool is_sealed(const FieldDescriptor* field) {
  if (rule_of(field).sealed()) return true;
  const auto* const type = field->message_type();
  if (type == nullptr) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    if (rule_of(type->field(i)).sealed()) return true;
  }
  return false;
}

bool is_long_text(const FieldDescriptor* field) { return rule_of(field).form() == v1::FORM_LINES; }

bool is_required(const FieldDescriptor* field) { return rule_of(field).required(); }

}  // namespace sspf::cli
