// SPDX-License-Identifier: Apache-2.0
#include "client/cli/render.h"

#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>

#include "client/cli/language.h"
#include "client/cli/plain_text.h"

namespace sspf::cli {
namespace {

using google::protobuf::Message;
using nlohmann::ordered_json;

constexpr const char* api = "sspf/v1";

std::vector<Heading> headings_of(const Section& section) {
  std::vector<Heading> headings;
  for (const auto& column : section.columns) headings.push_back({tr(column.header), column.fit});
  return headings;
}

std::vector<Cell> row_of(const Message& message, const Section& section) {
  std::vector<Cell> row;
  for (const auto& column : section.columns) row.push_back(cell_of(message, column.path));
  return row;
}

Grid grid_of(const Message& response, const Section& section) {
  Grid grid{headings_of(section), {}};
  if (section.layout == Layout::fields) {
    const Message* const message = message_at(response, section.path);
    if (message != nullptr) grid.rows.push_back(row_of(*message, section));
    return grid;
  }
  const auto* const field = response.GetDescriptor()->FindFieldByName(section.path);
  const auto* const reflection = response.GetReflection();
  for (int i = 0; i < reflection->FieldSize(response, field); ++i) {
    grid.rows.push_back(row_of(reflection->GetRepeatedMessage(response, field, i), section));
  }
  return grid;
}

std::string section_text(const Message& response, const Section& section, const Page& page) {
  const Grid grid = grid_of(response, section);
  if (grid.rows.empty()) return "";
  const std::string body =
      section.layout == Layout::table ? table_text(grid, page) : blocks_text(grid, page);
  if (section.title == nullptr || body.empty()) return body;
  return title_text(tr(section.title), page) + body;
}

std::string written(const ordered_json& object) {
  return escaped_json(object.dump(2, ' ', false, ordered_json::error_handler_t::replace)) + "\n";
}

}  // namespace

std::string response_text(const Message& response, const std::vector<Section>& sections,
                          const Page& page) {
  std::string text;
  for (const auto& section : sections) {
    const std::string part = section_text(response, section, page);
    if (!text.empty() && !part.empty()) text += '\n';
    text += part;
  }
  return text;
}

std::string response_json(const Message& response) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = false;
  std::string text;
  const bool is_written =
      google::protobuf::util::MessageToJsonString(response, &text, options).ok();
  const ordered_json fields = ordered_json::parse(is_written ? text : "{}", nullptr, false);
  return object_json(fields.is_object() ? fields : ordered_json::object());
}

std::string object_json(const ordered_json& fields) {
  ordered_json object{{"api", api}};
  for (const auto& [key, value] : fields.items()) object[key] = value;
  return written(object);
}

std::string problem_json(const Problem& problem) {
  const ordered_json error{{"code", problem.code},
                           {"reason", problem.reason},
                           {"field", problem.field},
                           {"message", problem.message},
                           {"exit", static_cast<int>(problem.exit)}};
  return object_json({{"error", error}});
}

std::string problem_text(const Problem& problem, const std::string& flag, bool has_colour) {
  const std::string name = has_colour ? "\x1b[31msspf:\x1b[0m " : "sspf: ";
  std::string message = problem.message;
  // The user knows the flag, not the field of the request. Sentences about a field begin with it;
  // further on "state" and "text" may be words.
  const bool is_named = !flag.empty() && message.starts_with(problem.field + ' ');
  if (is_named) message.replace(0, problem.field.size(), flag);
  return name + escaped(message) + "\n";
}

void write_facts(const std::vector<Fact>& facts, Output output, Terminal& terminal) {
  if (output == Output::json) {
    ordered_json fields;
    for (const auto& fact : facts) fields[fact.key] = fact.value;
    terminal.out() << object_json(fields);
    return;
  }
  Grid grid;
  grid.rows.emplace_back();
  for (const auto& fact : facts) {
    grid.headings.push_back({tr(fact.heading), Fit::shrink});
    grid.rows[0].push_back({escaped_lines(fact.value), Tone::plain});
  }
  terminal.out() << blocks_text(grid, page_of(terminal));
}

void write_warning(const std::string& message, Output output, Terminal& terminal) {
  terminal.end_progress();
  if (output == Output::table) {
    terminal.err() << "sspf: " << message << '\n';
    return;
  }
  const ordered_json object{{"api", api}, {"warning", {{"message", message}}}};
  terminal.err() << escaped_json(
                        object.dump(-1, ' ', false, ordered_json::error_handler_t::replace))
                 << '\n';
}

std::string moment_text(UtcSeconds time, Output output) {
  return output == Output::json ? utc_seconds_text(time) : stockholm_text(time, Precision::minutes);
}

Page page_of(const Terminal& terminal) { return {terminal.width(), terminal.shows_colour()}; }

}  // namespace sspf::cli
