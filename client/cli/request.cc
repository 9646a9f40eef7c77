// SPDX-License-Identifier: Apache-2.0
#include "client/cli/request.h"

#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "client/cli/failure.h"
#include "client/cli/input.h"
#include "client/cli/values.h"
#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "sspf/v1/options.pb.h"

namespace sspf::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Values = std::vector<std::string>;

// A flag with the request field that it fills.
struct Input {
  const Flag& flag;
  const FieldDescriptor* field;

  Wanted wanted() const { return {shown_flag(flag), is_sealed(field), is_long_text(field)}; }
};

void read_request(Message& message, const std::string& from, Terminal& terminal) {
  const std::string json = content_of(from, "--from", terminal);
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = false;
  // Protobuf's own message repeats values, so it is not shown.
  if (!google::protobuf::util::JsonStringToMessage(json, &message, options).ok()) {
    throw usage_failure(
        tr("What --from gives is not this command's request in JSON. See `sspf help input`."));
  }
}

Values split(const std::string& text, char separator) {
  Values parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

// "guardian:2026-11-20:-" and "guardian:2026-11-20:@FILE": only the name, which comes last, is
// secret. Without a name it is asked for.
std::string signatory_given(const std::string& given, const Input& input, Terminal& terminal) {
  const auto first = given.find(':');
  const auto second = first == std::string::npos ? first : given.find(':', first + 1);
  if (first == std::string::npos) return value_given(given, input.wanted(), terminal);
  if (second == std::string::npos) {
    return given + ':' + value_asked(fill(tr("Name, {0}"), {given}), input.wanted(), terminal);
  }
  return given.substr(0, second + 1) +
         value_given(given.substr(second + 1), input.wanted(), terminal);
}

// "@FILE": the sum of the signed form, which itself stays where it is.
std::string form_sum(const std::string& given, const std::string& shown) {
  if (!given.starts_with('@')) return given;
  std::ifstream file(given.substr(1), std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file || !content) throw usage_failure(fill(tr("{0}: the file cannot be read."), {shown}));
  return crypto::hex(crypto::sha256(crypto::view_of(content.view())));
}

// What is in one flag: several values when it is repeated and the text comes from a file with one
// a line, or is a list of codes or words with commas.
Values values_of(const std::string& given, const Input& input, Terminal& terminal) {
  const bool is_signatory = input.field->is_repeated() && input.field->message_type() != nullptr &&
                            input.field->message_type()->name() == "Signatory";
  if (input.field->name() == "form_sha256") return {form_sum(given, shown_flag(input.flag))};
  const std::string text = is_signatory ? signatory_given(given, input, terminal)
                                        : value_given(given, input.wanted(), terminal);
  if (!input.field->is_repeated()) return {text};
  if (text != given || is_sealed(input.field)) return split(text, '\n');
  const bool is_title = input.field->message_type() != nullptr &&
                        input.field->message_type()->name() == "TemplateItem";
  return is_title ? Values{text} : split(text, ',');
}

void put_flag(Message& message, const Input& input, const Values& given, Terminal& terminal) {
  Message& holder = holder_of(message, input.flag.path);
  holder.GetReflection()->ClearField(&holder, input.field);
  const std::string shown = shown_flag(input.flag);
  for (const auto& one : given) {
    if (input.field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
      put_value(holder, input.field, one, shown);
      continue;
    }
    for (const auto& text : values_of(one, input, terminal)) {
      put_value(holder, input.field, text, shown);
    }
  }
}

bool is_present(Message& message, const Input& input) {
  const Message& holder = holder_of(message, input.flag.path);
  const auto* const reflection = holder.GetReflection();
  if (input.field->is_repeated()) return reflection->FieldSize(holder, input.field) > 0;
  return reflection->HasField(holder, input.field);
}

void ask_for(Message& message, const Input& input, Terminal& terminal) {
  const std::string shown = shown_flag(input.flag);
  const std::string question = tr(input.flag.summary);
  Message& holder = holder_of(message, input.flag.path);
  if (!input.field->is_repeated()) {
    put_value(holder, input.field, value_asked(question, input.wanted(), terminal), shown);
    return;
  }
  const std::string hint = tr("one a line");
  const Wanted lines{shown, true, true};
  for (const auto& line : split(value_asked(question + ", " + hint, lines, terminal), '\n')) {
    put_value(holder, input.field, line, shown);
  }
}

// A part of a message that may be absent is asked for only when another part is given.
bool is_wanted(const Message& message, const Input& input) {
  const std::string path = input.flag.path;
  const auto dot = path.find('.');
  if (dot == std::string::npos) return true;
  const auto* const holder = message.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  return is_required(holder) || message.GetReflection()->HasField(message, holder);
}

void complete(Message& message, const Input& input, Terminal& terminal) {
  if (!is_wanted(message, input)) return;
  if (!is_required(input.field) || is_present(message, input)) return;
  if (is_sealed(input.field) && terminal.can_ask()) ask_for(message, input, terminal);
  if (is_present(message, input)) return;
  throw usage_failure(fill(tr("{0} is missing."), {shown_flag(input.flag)}));
}

// What is wrong with one input names the field that it fills, as the server's refusals do.
void name_field(const Input& input, const std::function<void()>& read) {
  try {
    read();
  } catch (const Failure& failure) {
    Problem problem = failure.problem();
    problem.field = input.flag.path;
    throw Failure(problem);
  }
}

void put_write(Message& message, const Invocation& typed) {
  const auto* const field = message.GetDescriptor()->FindFieldByName("write");
  v1::Write write;
  write.CopyFrom(message.GetReflection()->GetMessage(message, field));
  if (!typed.request_id.empty()) write.set_request_id(typed.request_id);
  if (write.request_id().empty()) write.set_request_id(new_request_id());
  if (typed.is_dry_run) write.set_dry_run(true);
  message.GetReflection()->MutableMessage(&message, field)->CopyFrom(write);
}

}  // namespace

std::unique_ptr<Message> new_message(const google::protobuf::Descriptor* type) {
  const auto* const prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
  return std::unique_ptr<Message>(prototype->New());
}

std::unique_ptr<Message> build_request(const Invocation& typed, Terminal& terminal) {
  const Command& command = *typed.command;
  auto message = new_message(method_of(command)->input_type());
  if (!typed.from.empty()) read_request(*message, typed.from, terminal);
  std::vector<Input> inputs;
  for (const auto& flag : command.flags) {
    if (const auto* const field = field_of(command, flag)) inputs.push_back({flag, field});
  }
  for (const auto& input : inputs) {
    const auto given = typed.values.find(input.flag.name);
    if (given == typed.values.end()) continue;
    name_field(input, [&] { put_flag(*message, input, given->second, terminal); });
  }
  for (const auto& input : inputs) {
    name_field(input, [&] { complete(*message, input, terminal); });
  }
  if (is_write(command)) put_write(*message, typed);
  return message;
}

std::string flag_for_field(const Command& command, const std::string& path) {
  // The server may name a part of what one flag gives: "signatories.signed_on", "items[1].title".
  for (const auto& flag : command.flags) {
    const std::string_view own = flag.path;
    if (own.empty() || !path.starts_with(own)) continue;
    const std::string_view rest = std::string_view(path).substr(own.size());
    if (rest.empty() || rest[0] == '[') return shown_flag(flag);
    if (rest[0] == '.') return shown_flag(flag) + " (" + std::string(rest.substr(1)) + ")";
  }
  return "";
}

std::string shown_flag(const Flag& flag) {
  return flag.place == Place::option ? "--" + std::string(flag.name) : tr(flag.value);
}

std::string new_request_id() { return crypto::hex(crypto::random_bytes(16)); }

}  // namespace sspf::cli
