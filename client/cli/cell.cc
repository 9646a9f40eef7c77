// SPDX-License-Identifier: Apache-2.0
#include "client/cli/cell.h"

#include <array>
#include <string_view>

#include "client/cli/extract_words.h"
#include "client/cli/language.h"
#include "client/cli/plain_text.h"
#include "client/cli/register_text.h"
#include "client/cli/stockholm.h"
#include "client/cli/values.h"
#include "client/cli/words.h"
#include "crypto/encoding.h"

namespace sspf::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string text_of_message(const Message& message, const FieldDescriptor* field);

std::string time_text(const Message& stamp, Precision precision) {
  const auto* const seconds = stamp.GetDescriptor()->FindFieldByName("seconds");
  const auto count = stamp.GetReflection()->GetInt64(stamp, seconds);
  return stockholm_text(UtcSeconds(std::chrono::seconds(count)), precision);
}

struct WarningText {
  std::string_view code;
  const char* text;
};

constexpr std::array warning_texts{
    WarningText{"no_consent_in_force",
                msg("No consent is in force, so no other agency sees what the case holds.")},
    WarningText{"guardian_signature_missing",
                msg("A guardian's signature is required and missing.")},
    WarningText{"youth_signature_missing",
                msg("The young person's own signature is required at this age and missing.")},
    WarningText{"signature_needed_at_birthday",
                msg("The young person has a birthday during the term, from which on another "
                    "signature is required: the consent ends that day.")},
    WarningText{
        "secrecy_basis_not_in_force",
        msg("The paragraph that the consent rests on is not in force in the municipality.")},
    WarningText{"youth_view_missing",
                msg("The child is under 15 and has not signed: record what the child thinks.")},
    WarningText{"emergency_opening_not_reviewed",
                msg("Somebody has opened the case in an emergency: review it.")},
    WarningText{"consent_not_begun", msg("The consent's first day has not come yet.")},
    WarningText{"consent_past", msg("The consent's last day has passed.")},
    WarningText{"consent_revoked", msg("The consent is revoked.")},
    WarningText{"recreation_may_lack_secrecy",
                msg("Recreation is among the recipients: what it receives may have weak secrecy "
                    "there.")},
};

// A warning is a stable code on the wire; here it is a sentence. One that only a newer server knows
// is shown as its code.
std::string warning_text(const std::string& code) {
  for (const WarningText& warning : warning_texts) {
    if (warning.code == code) return tr(warning.text);
  }
  return code;
}

// The package of a call is the same for all, and would fill the column.
std::string string_text(const FieldDescriptor* field, const std::string& text) {
  if (field->type() == FieldDescriptor::TYPE_BYTES) return crypto::base64(crypto::view_of(text));
  if (field->name() == "warnings") return escaped(warning_text(text));
  if (field->name() == "security_measures") return escaped(measure_text(text));
  const bool is_call = field->name() == "rpc" && text.starts_with(call_package);
  return escaped_lines(is_call ? text.substr(call_package.size()) : text);
}

std::string scalar_text(const Message& message, const FieldDescriptor* field) {
  const auto* const reflection = message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return string_text(field, reflection->GetString(message, field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return escaped(spoken_word(reflection->GetEnum(message, field)));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(message, field) ? tr("yes") : tr("no");
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(reflection->GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection->GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT32: {
      // Zero means that it may not be seen, or that there is none.
      const auto number = reflection->GetUInt32(message, field);
      return number == 0 && field->name() != "from_age" ? "" : std::to_string(number);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (!reflection->HasField(message, field)) return "";
      return text_of_message(reflection->GetMessage(message, field), field);
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "";  // no response has such a field
  }
  return "";
}

std::string named(const Message& message, const char* field) {
  return scalar_text(message, message.GetDescriptor()->FindFieldByName(field));
}

// The messages that stand inside a cell.
std::string text_of_message(const Message& message, const FieldDescriptor* field) {
  const std::string type = message.GetDescriptor()->name();
  if (type == "Timestamp") {
    const bool is_event = field->containing_type()->name() == "EventView";
    return time_text(message, is_event ? Precision::seconds : Precision::minutes);
  }
  if (type == "RoleGrant") {
    const std::string where = named(message, "municipality_code");
    return named(message, "role") + (where.empty() ? "" : "@" + where);
  }
  if (type == "Signatory") {
    return fill("{0} ({1}, {2})",
                {named(message, "name"), named(message, "role"), named(message, "signed_on")});
  }
  if (type == "SignatureOverride") {
    return fill("{0}: {1}", {named(message, "role"), named(message, "reason")});
  }
  if (type == "SubjectAccessText") {
    const std::string label = spoken_field(named(message, "field"));
    return (label.empty() ? "" : label + ": ") + spoken_value(named(message, "text"));
  }
  return register_text(message).value_or("");
}

std::string item_text(const Message& message, const FieldDescriptor* field, int index) {
  const auto* const reflection = message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return string_text(field, reflection->GetRepeatedString(message, field, index));
    case FieldDescriptor::CPPTYPE_ENUM:
      return escaped(spoken_word(reflection->GetRepeatedEnum(message, field, index)));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(reflection->GetRepeatedUInt32(message, field, index));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return text_of_message(reflection->GetRepeatedMessage(message, field, index), field);
    default:
      return "";  // no response has such a list
  }
}

std::string list_text(const Message& message, const FieldDescriptor* field) {
  const int count = message.GetReflection()->FieldSize(message, field);
  // Sentences stand one on a line; codes and words in one.
  const std::string& holder = field->containing_type()->name();
  const bool is_prose =
      field->name() == "goals" || field->name() == "warnings" ||
      (holder == "ProcessingRecord" && field->type() == FieldDescriptor::TYPE_MESSAGE) ||
      field->name() == "security_measures";
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += is_prose ? "\n" : ", ";
    text += (is_prose && count > 1 ? "– " : "") + item_text(message, field, i);
  }
  return text;
}

// A cause says something only when the caller was answered something else.
bool repeats_the_answer(const Message& message, const FieldDescriptor* field) {
  const auto* const type = message.GetDescriptor();
  if (type->name() != "EventView" || field->name() != "cause_reason") return false;
  const auto* const told = type->FindFieldByName("told_reason");
  const auto* const reflection = message.GetReflection();
  return reflection->GetString(message, field) == reflection->GetString(message, told);
}

Tone tone_of(const Message& message, const FieldDescriptor* field) {
  const auto* const reflection = message.GetReflection();
  if (field->name() == "overdue" && reflection->GetBool(message, field)) return Tone::red;
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM || field->is_repeated() ||
      field->enum_type()->name() != "RagStatus") {
    return Tone::plain;
  }
  switch (reflection->GetEnumValue(message, field)) {
    case 1:
      return Tone::green;
    case 2:
      return Tone::yellow;
    case 3:
      return Tone::red;
    default:
      return Tone::plain;
  }
}

}  // namespace

const Message* message_at(const Message& message, const std::string& path) {
  if (path.empty()) return &message;
  const auto dot = path.find('.');
  const auto* const field = message.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  const auto* const reflection = message.GetReflection();
  if (!reflection->HasField(message, field)) return nullptr;
  const std::string rest = dot == std::string::npos ? "" : path.substr(dot + 1);
  return message_at(reflection->GetMessage(message, field), rest);
}

Cell cell_of(const Message& message, const std::string& path) {
  const auto dot = path.rfind('.');
  const std::string holder_path = dot == std::string::npos ? "" : path.substr(0, dot);
  const Message* const holder = message_at(message, holder_path);
  if (holder == nullptr) return {};
  const std::string name = dot == std::string::npos ? path : path.substr(dot + 1);
  const auto* const field = holder->GetDescriptor()->FindFieldByName(name);
  if (field->is_repeated()) return {list_text(*holder, field), Tone::plain, false};
  if (repeats_the_answer(*holder, field)) return {};
  const bool is_no = field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL &&
                     !holder->GetReflection()->GetBool(*holder, field);
  return {scalar_text(*holder, field), tone_of(*holder, field), is_no};
}

}  // namespace sspf::cli
