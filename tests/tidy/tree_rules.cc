// SPDX-License-Identifier: Apache-2.0
//
// The rules about the tree as a whole.
#include <regex>
#include <set>

#include "tests/tidy/rules.h"

namespace sspf::tidy {
namespace {

struct Declared {
  std::string folder;
  std::string name;
  friend auto operator<=>(const Declared&, const Declared&) = default;
};

// Functions that begin a line, from `from` to `to`: those of a namespace, members are indented.
std::set<Declared> functions_in(const SourceFile& file, std::string_view code) {
  static const std::regex function("(?:^|\n)[A-Za-z][\\w:<>,&* ]*[ &*>]([a-z_]\\w*)\\(");
  const std::string text(code);
  const std::string folder = file.path.substr(0, file.path.rfind('/'));
  std::set<Declared> declared;
  for (auto found = std::sregex_iterator(text.begin(), text.end(), function);
       found != std::sregex_iterator(); ++found) {
    declared.insert({folder, (*found)[1]});
  }
  return declared;
}

std::string_view unnamed_namespace(std::string_view code) {
  const auto begin = code.find("\nnamespace {\n");
  if (begin == std::string_view::npos) return {};
  return code.substr(begin, code.find("\n}  ", begin) - begin);
}

}  // namespace

Complaints check_hidden_functions(const std::vector<SourceFile>& files) {
  std::set<Declared> shared;
  for (const SourceFile& file : files) {
    if (is_header(file)) shared.merge(functions_in(file, layers_of(file.text).code));
  }
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (!is_cpp(file) || is_header(file)) continue;
    const std::string code = layers_of(file.text).code;
    for (const Declared& own : functions_in(file, unnamed_namespace(code))) {
      if (!shared.contains(own)) continue;
      complaints.push_back(complaint(file, 1, own.name + "() hides a function of the folder's"));
    }
  }
  return complaints;
}

Complaints check_unused_headers(const std::vector<SourceFile>& files) {
  std::set<std::string> included;
  for (const SourceFile& file : files) {
    if (!is_cpp(file)) continue;
    for (const Include& include : includes_of(file)) included.insert(include.path);
  }
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (is_header(file) && !included.contains(file.path)) {
      complaints.push_back(complaint(file, 1, "nobody includes this header"));
    }
  }
  return complaints;
}

Complaints check_limits_are_tested(const std::vector<SourceFile>& files) {
  static const std::regex constant("inline constexpr [a-z_:0-9]+ ([a-z_]+) =");
  std::string tests;
  for (const SourceFile& file : files) {
    if (is_under(file, "tests") && is_cpp(file)) tests += file.text;
  }
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (file.path != "server/base/limits.h") continue;
    for (auto found = std::sregex_iterator(file.text.begin(), file.text.end(), constant);
         found != std::sregex_iterator(); ++found) {
      const std::string name = (*found)[1];
      if (tests.find(name) != std::string::npos) continue;
      complaints.push_back(complaint(file, 1, "no test names limits::" + name));
    }
  }
  return complaints;
}

Complaints check_rpcs_are_tested(const std::vector<SourceFile>& files) {
  static const std::regex declared("(service|  rpc) ([A-Za-z]+)");
  std::string tests;
  for (const SourceFile& file : files) {
    // Tests of many RPCs send them through what they share.
    if (is_under(file, "tests/request") || is_under(file, "tests/support")) tests += file.text;
  }
  Complaints complaints;
  for (const SourceFile& file : files) {
    if (!file.path.ends_with(".proto")) continue;
    std::string service;
    for (auto found = std::sregex_iterator(file.text.begin(), file.text.end(), declared);
         found != std::sregex_iterator(); ++found) {
      if ((*found)[1] == "service") {
        service = (*found)[2];
        continue;
      }
      const std::string rpc = service + "/" + (*found)[2].str();
      if (tests.find(rpc) == std::string::npos) {
        complaints.push_back(complaint(file, 1, "no test of requests names " + rpc));
      }
    }
  }
  return complaints;
}

}  // namespace sspf::tidy
