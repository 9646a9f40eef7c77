// SPDX-License-Identifier: Apache-2.0
#include "client/cli/help.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "client/cli/failure.h"
#include "client/cli/layout.h"
#include "client/cli/plain_text.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "client/cli/values.h"
#include "client/cli/words.h"

namespace sspf::cli {
namespace {

using google::protobuf::FieldDescriptor;
using nlohmann::ordered_json;

constexpr std::size_t width_elsewhere = 80;
constexpr std::size_t term_width_max = 28;
constexpr std::size_t help_indent = 2;

Page help_page(const Session& session) {
  return {session.terminal.width().value_or(width_elsewhere), session.terminal.shows_colour()};
}

std::string paragraph(const std::string& text, const Page& page) {
  std::string lines;
  for (const auto& line : wrapped(text, *page.width)) lines += line + '\n';
  return lines;
}

std::string entries_text(const std::vector<Entry>& entries, const Page& page) {
  std::size_t widest = 0;
  for (const auto& entry : entries) widest = std::max(widest, display_width(entry.term));
  const std::size_t term_width = std::min(widest, term_width_max);
  const std::size_t column = help_indent + term_width + 2;
  const std::size_t room = std::max<std::size_t>(*page.width, column + 20) - column;
  std::string text;
  for (const auto& entry : entries) {
    text += std::string(help_indent, ' ') + padded(entry.term, term_width + 2);
    const bool is_alone = display_width(entry.term) > term_width;
    std::string lead = is_alone ? "\n" + std::string(column, ' ') : "";
    for (const auto& line : wrapped(entry.meaning, room)) {
      text += lead;
      text += line + '\n';
      lead = std::string(column, ' ');
    }
  }
  return text;
}

std::string section(const char* title, const std::string& body, const Page& page) {
  return body.empty() ? "" : "\n" + title_text(tr(title), page) + body;
}

std::vector<Entry> command_entries(const CommandTable& table, std::string_view noun) {
  std::vector<Entry> entries;
  for (const auto& command : table) {
    if (command.noun == noun) entries.push_back({command.verb, tr(command.summary)});
  }
  return entries;
}

std::string overview(const Session& session, const Page& page) {
  std::vector<Entry> nouns;
  for (const auto& noun : all_nouns()) nouns.push_back({noun.name, tr(noun.summary)});
  std::vector<Entry> topics;
  for (const auto& topic : all_topics()) topics.push_back({topic.name, tr(topic.summary)});
  return paragraph(tr("sspf – cooperation between school, social services, police and recreation"),
                   page) +
         section(msg("Usage"), "  sspf " + tr("NOUN VERB [options]") + "\n", page) +
         section(msg("Nouns"), entries_text(nouns, page), page) +
         section(msg("Other commands"), entries_text(command_entries(session.table, ""), page),
                 page) +
         section(msg("Topics"), entries_text(topics, page), page) + "\n" +
         paragraph(
             tr("`sspf help NOUN` lists its verbs. `sspf help NOUN VERB` explains a command."),
             page);
}

std::string noun_page(const Session& session, const Noun& noun, const Page& page) {
  return paragraph("sspf " + std::string(noun.name) + " – " + tr(noun.summary), page) +
         section(msg("Verbs"), entries_text(command_entries(session.table, noun.name), page), page);
}

std::string usage_text(const Command& command, const Page& page) {
  std::string text;
  std::string lead(help_indent, ' ');
  for (const auto& line : wrapped(synopsis(command), *page.width - 2 * help_indent)) {
    text += lead;
    text += line + '\n';
    lead = std::string(2 * help_indent, ' ');
  }
  return text;
}

std::string command_page(const Command& command, const Page& page) {
  std::vector<Entry> arguments;
  std::vector<Entry> options;
  std::vector<Entry> common;
  for (const auto& flag : command.flags) {
    auto& entries = flag.place == Place::positional ? arguments : options;
    entries.push_back({flag_term(flag), flag_meaning(command, flag)});
  }
  for (const auto& flag : common_flags(command)) {
    common.push_back({flag_term(flag), tr(flag.summary) + "."});
  }
  return paragraph("sspf " + full_name(command) + " – " + tr(command.summary), page) +
         section(msg("Usage"), usage_text(command, page), page) +
         section(msg("Arguments"), entries_text(arguments, page), page) +
         section(msg("Options"), entries_text(options, page), page) +
         section(msg("Options of every command"), entries_text(common, page), page) +
         section(msg("Request in JSON (--from)"), request_sample(command), page);
}

std::string topic_page(const Topic& topic, const Page& page) {
  std::string text = paragraph(tr(topic.summary), page);
  for (const auto* const part : topic.paragraphs) text += "\n" + paragraph(tr(part), page);
  std::vector<Entry> entries;
  for (const auto& [term, meaning] : topic.entries) entries.push_back({tr(term), tr(meaning)});
  return entries.empty() ? text : text + "\n" + entries_text(entries, page);
}

std::string page_for(const Session& session, const std::vector<std::string>& words) {
  const Page page = help_page(session);
  if (words.empty()) return overview(session, page);
  for (const auto& noun : all_nouns()) {
    if (words.size() == 1 && words[0] == noun.name) return noun_page(session, noun, page);
  }
  for (const auto& topic : all_topics()) {
    if (words.size() == 1 && words[0] == topic.name) return topic_page(topic, page);
  }
  const Command* const command = words.size() == 1
                                     ? find_command(session.table, "", words[0])
                                     : find_command(session.table, words[0], words[1]);
  if (command == nullptr || words.size() > 2) {
    throw usage_failure(fill(tr("There is no such command. See {0}."), {"`sspf help`"}));
  }
  return command_page(*command, page);
}

// What a field takes, as a JSON value in a sample.
ordered_json sample_of(const FieldDescriptor* field);

ordered_json sample_of(const google::protobuf::Descriptor* type) {
  ordered_json object = ordered_json::object();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* const field = type->field(i);
    if (field->name() == "write") continue;
    const ordered_json one = sample_of(field);
    object[field->json_name()] = field->is_repeated() ? ordered_json::array({one}) : one;
  }
  return object;
}

ordered_json sample_of(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return field->enum_type()->value(1)->name();
    case FieldDescriptor::CPPTYPE_BOOL:
      return true;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field->message_type()->name() == "Timestamp") return "2026-12-01T12:00:00Z";
      return sample_of(field->message_type());
    case FieldDescriptor::CPPTYPE_STRING:
      return "";
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return 1;
  }
  return nullptr;
}

// Whatever else is given. A part of a message that may be absent is needed only with another part.
bool must_be_given(const Command& command, const Flag& flag) {
  const auto* const field = field_of(command, flag);
  if (field == nullptr || !is_required(field)) return false;
  const std::string path = flag.path;
  const auto dot = path.find('.');
  if (dot == std::string::npos) return true;
  const auto* const request = method_of(command)->input_type();
  return is_required(request->FindFieldByName(path.substr(0, dot)));
}

}  // namespace

std::string synopsis(const Command& command) {
  std::string text = "sspf " + full_name(command);
  bool has_options = false;
  for (const auto& flag : command.flags) {
    const bool is_required = must_be_given(command, flag);
    if (flag.place == Place::positional) text += " " + tr(flag.value);
    if (flag.place == Place::option && is_required) text += " " + flag_term(flag);
    has_options = has_options || (flag.place == Place::option && !is_required);
  }
  return has_options ? text + " " + tr("[options]") : text;
}

std::string flag_term(const Flag& flag) {
  if (flag.place == Place::positional) return tr(flag.value);
  const std::string name = "--" + std::string(flag.name);
  return std::string_view(flag.value).empty() ? name : name + " " + tr(flag.value);
}

std::string flag_meaning(const Command& command, const Flag& flag) {
  std::string text = tr(flag.summary) + ".";
  const auto* const field = field_of(command, flag);
  if (field == nullptr) return text;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    std::string words;
    for (const auto& word : words_of(field->enum_type())) {
      words += (words.empty() ? "" : ", ") + word;
    }
    text += " " + fill(tr("One of: {0}."), {words});
  }
  if (field->is_repeated()) text += " " + tr("May be repeated.");
  if (must_be_given(command, flag)) text += " " + tr("Required.");
  if (!is_sealed(field)) return text;
  return text + " " +
         (must_be_given(command, flag) ? tr("Secret: - or @FILE, or you are asked.")
                                       : tr("Secret: - or @FILE."));
}

std::string request_sample(const Command& command) {
  const auto* const method = method_of(command);
  if (method == nullptr || std::string_view(command.noun).empty()) return "";
  if (method->input_type()->field_count() == 0) return "";
  std::istringstream sample(sample_of(method->input_type()).dump(2));
  std::string lines;
  for (std::string line; std::getline(sample, line);) lines += "  " + line + "\n";
  return lines;
}

void help(const Session& session) {
  session.terminal.out() << page_for(session, session.values("topic"));
}

void help_for(const Session& session) {
  const Command* const command = session.typed.command;
  std::vector<std::string> words;
  if (!session.typed.noun.empty()) words.push_back(session.typed.noun);
  if (command != nullptr) words.emplace_back(command->verb);
  session.terminal.out() << page_for(session, words);
}

void help_on_error(const Session& session) {
  std::vector<std::string> words;
  if (!session.typed.noun.empty()) words.push_back(session.typed.noun);
  session.terminal.err() << page_for(session, words) << '\n';
}

}  // namespace sspf::cli
