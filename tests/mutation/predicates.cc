// SPDX-License-Identifier: Apache-2.0
#include "tests/mutation/predicates.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <stdexcept>

#include "tests/places/places.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;

struct Statement {
  std::string function;
  std::string text;
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The function whose definition begins last before the place; definitions begin lines.
std::string function_at(const std::string& source, std::ptrdiff_t place) {
  static const std::regex definition(R"((?:^|\n)\w[^\n;(]*?((?:\w+::)?~?\w+)\()");
  std::string name = "nowhere";
  const auto end = source.begin() + place;
  for (std::sregex_iterator at(source.begin(), end, definition), last; at != last; ++at) {
    name = (*at)[1].str();
  }
  return name;
}

// Literals that follow each other are one statement.
std::vector<Statement> statements_in(const std::string& source) {
  static const std::regex literals(R"x((?:"(?:[^"\\\n]|\\.)*"\s*)+)x");
  static const std::regex literal(R"x("((?:[^"\\\n]|\\.)*)")x");
  static const std::regex sql("^(SELECT|INSERT|UPDATE|DELETE|WITH) ");
  std::vector<Statement> found;
  for (std::sregex_iterator at(source.begin(), source.end(), literals), last; at != last; ++at) {
    const std::string group = at->str();
    std::string text;
    for (std::sregex_iterator each(group.begin(), group.end(), literal); each != last; ++each) {
      text += (*each)[1].str();
    }
    if (!std::regex_search(text, sql)) continue;
    found.push_back({function_at(source, at->position()), text});
  }
  return found;
}

// Where the parenthesis that opens here closes.
std::size_t end_of_group(const std::string& text, std::size_t opening) {
  int depth = 0;
  for (std::size_t at = opening; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at + 1;
  }
  throw std::runtime_error("a parenthesis is not closed in: " + text);
}

void add_mutants(const std::string& file, const Statement& statement,
                 std::map<std::string, int>& seen, std::vector<Mutant>& mutants) {
  static const std::regex predicate(
      R"(\b(?:\w+\.)?\w*(?:municipality|agency)_id (?:(?:=|IS) (?:\?\d+|\w+\.\w+)|IN \())");
  const std::string& text = statement.text;
  for (std::sregex_iterator at(text.begin(), text.end(), predicate), last; at != last; ++at) {
    const auto begin = static_cast<std::size_t>(at->position());
    std::size_t end = begin + static_cast<std::size_t>(at->length());
    std::string shown = at->str();
    if (shown.back() == '(') {
      end = end_of_group(text, end - 1);
      shown += "...)";
    }
    Mutant mutant;
    mutant.name = file + " | " + statement.function + " | " + shown;
    const int count = ++seen[mutant.name];
    if (count > 1) mutant.name += " #" + std::to_string(count);
    mutant.from = text;
    mutant.to =
        text.substr(0, begin) + "(" + text.substr(begin, end - begin) + " OR 1)" + text.substr(end);
    mutants.push_back(mutant);
  }
}

}  // namespace

std::vector<Mutant> mutants() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(source_folder() / "server/store")) {
    if (entry.path().extension() == ".cc") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Mutant> mutants;
  for (const fs::path& file : files) {
    std::map<std::string, int> seen;
    for (const Statement& statement : statements_in(content_of(file))) {
      add_mutants(file.filename().string(), statement, seen, mutants);
    }
  }
  return mutants;
}

}  // namespace sspf::test
