// SPDX-License-Identifier: Apache-2.0
#include "tests/tidy/rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <regex>

namespace sspf::tidy {
namespace {

constexpr std::size_t file_lines_max = 300;
constexpr std::size_t function_lines_max = 60;
constexpr std::size_t line_characters_max = 100;

std::size_t line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

// Where the statement before an opening brace begins, when it is the head of a function.
std::size_t function_head(const std::string& code, std::size_t brace) {
  const std::size_t before = code.find_last_of(";{}", brace == 0 ? 0 : brace - 1);
  std::size_t begin = before == std::string::npos ? 0 : before + 1;
  begin = code.find_first_not_of(" \n", begin);
  const std::string head = code.substr(begin, brace - begin);
  static const std::regex not_a_function(
      "^(namespace|class|struct|enum|union|if|for|while|switch|do|else|try|catch|return|extern)\\b"
      "|=|\\[");
  const bool is_function = head.find('(') != std::string::npos && head.find("#") != 0 &&
                           !std::regex_search(head, not_a_function);
  return is_function ? begin : std::string::npos;
}

std::size_t closing_brace(const std::string& code, std::size_t brace) {
  int depth = 0;
  for (std::size_t at = brace; at < code.size(); ++at) {
    if (code[at] == '{') ++depth;
    if (code[at] == '}' && --depth == 0) return at;
  }
  return code.size() - 1;
}

void check_function_lengths(const SourceFile& file, Complaints& complaints) {
  const std::string code = layers_of(file.text).code;
  for (std::size_t at = code.find('{'); at != std::string::npos; at = code.find('{', at + 1)) {
    const std::size_t head = function_head(code, at);
    if (head == std::string::npos) continue;
    const std::size_t end = closing_brace(code, at);
    const std::size_t lines = line_at(code, end) - line_at(code, head) + 1;
    if (lines > function_lines_max) {
      complaints.push_back(complaint(file, line_at(code, head),
                                     "the function has " + std::to_string(lines) + " lines"));
    }
    at = end;
  }
}

struct Fence {
  std::string_view what;                 // prefix of an include
  std::vector<std::string_view> within;  // prefixes of the paths that may
};

const std::vector<Fence>& fences() {
  static const std::vector<Fence> list = {
      {"boost/", {"server/net/", "witness/http", "client/cli/connection"}},
      {"sqlcipher/", {"server/store/"}},
      {"openssl/", {"crypto/", "server/net/tls", "client/cli/connection"}},
      {"prometheus/", {"server/base/metrics"}},
      {"spdlog/", {"server/base/log"}},
      {"curl/", {"server/net/mail"}},
      {"toml++/", {"server/base/config"}},
  };
  return list;
}

struct Rank {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

const std::vector<Rank>& ranks() {
  static const std::vector<Rank> list = {
      {"crypto/", {}},
      {"schema/", {}},
      {"server/base/", {"crypto/"}},
      {"server/access/", {"server/base/", "crypto/", "sspf/"}},
      {"server/store/", {"server/access/", "server/base/", "crypto/", "schema/", "sspf/"}},
      {"server/policy/", {"server/store/", "server/access/", "server/base/", "crypto/", "sspf/"}},
      {"server/audit/", {"server/store/", "server/access/", "server/base/", "crypto/", "sspf/"}},
      {"server/handlers/",
       {"server/store/", "server/access/", "server/audit/", "server/base/", "crypto/", "sspf/"}},
      {"server/rpc/",
       {"server/handlers/", "server/policy/", "server/audit/", "server/store/", "server/access/",
        "server/base/", "crypto/", "sspf/"}},
      {"server/net/", {"server/base/", "crypto/"}},
      {"client/", {"crypto/", "sspf/"}},
      // Serves HTTP as the server does, for a program that knows no case.
      {"witness/", {"server/net/", "server/base/", "server/lock.h", "server/trouble.h", "crypto/"}},
  };
  return list;
}

bool begins_with_any(std::string_view text, const std::vector<std::string_view>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.rfind(prefix, 0) == 0; });
}

bool is_ours(std::string_view include) {
  return begins_with_any(
      include, {"server/", "client/", "witness/", "crypto/", "schema/", "tests/", "sspf/"});
}

bool is_test(const SourceFile& file) { return is_under(file, "tests"); }

}  // namespace

Complaints check_lengths(const SourceFile& file) {
  Complaints complaints;
  const auto lines = lines_of(file.text);
  const bool is_source = is_cpp(file) || is_script(file) || file.path.ends_with(".sql") ||
                         file.path.ends_with("CMakeLists.txt");
  if (is_cpp(file) && lines.size() > file_lines_max) {
    complaints.push_back(
        complaint(file, 1, "the file has " + std::to_string(lines.size()) + " lines"));
  }
  for (std::size_t i = 0; is_source && i < lines.size(); ++i) {
    // A script's output and a test's vector may have long lines that break would change.
    if (characters_of(lines[i]) <= line_characters_max + (is_script(file) ? 20 : 0)) continue;
    complaints.push_back(complaint(file, i + 1, "the line is longer than 100 characters"));
  }
  if (is_cpp(file)) check_function_lengths(file, complaints);
  return complaints;
}

Complaints check_licence(const SourceFile& file) {
  const bool is_source = is_cpp(file) || is_script(file) || file.path.ends_with(".proto") ||
                         file.path.ends_with(".cmake") || file.path.ends_with("CMakeLists.txt") ||
                         file.path.ends_with(".sql") || file.path.ends_with(".yaml") ||
                         file.path.ends_with(".service") || file.path.ends_with(".toml.example");
  if (!is_source) return {};
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < std::min<std::size_t>(2, lines.size()); ++i) {
    if (lines[i].find("SPDX-License-Identifier: Apache-2.0") != std::string_view::npos) return {};
  }
  return {complaint(file, 1, "the SPDX line is missing")};
}

Complaints check_includes(const SourceFile& file) {
  if (!is_cpp(file) || is_test(file)) return {};
  Complaints complaints;
  for (const Include& include : includes_of(file)) {
    for (const Fence& fence : fences()) {
      const bool fenced = include.path.rfind(fence.what, 0) == 0;
      if (fenced && !begins_with_any(file.path, fence.within)) {
        complaints.push_back(complaint(file, include.line, include.path + " is fenced off here"));
      }
    }
    if (!is_ours(include.path)) continue;
    for (const Rank& rank : ranks()) {
      if (file.path.rfind(rank.folder, 0) != 0 || include.path.rfind(rank.folder, 0) == 0) continue;
      if (begins_with_any(include.path, rank.may_include)) continue;
      complaints.push_back(complaint(file, include.line, include.path + " is not of a lower rank"));
    }
  }
  return complaints;
}

Complaints check_sql(const SourceFile& file) {
  if (!is_cpp(file) || is_test(file) || is_under(file, "server/store")) return {};
  static const std::regex statement("\\b(SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE .* SET)\\b");
  Complaints complaints;
  const std::string literals = layers_of(file.text).literals;
  const auto lines = lines_of(literals);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (std::regex_search(lines[i].begin(), lines[i].end(), statement)) {
      complaints.push_back(complaint(file, i + 1, "SQL belongs in server/store"));
    }
  }
  return complaints;
}

Complaints check_words(const SourceFile& file) {
  if (!is_cpp(file) || is_under(file, "tests/tidy")) return {};
  struct Banned {
    std::regex word;
    std::string_view instead;
    bool in_tests;
    std::string_view except;
  };
  static const std::vector<Banned> banned = {
      {std::regex("\\bassert\\("), "assert( -> ENSURE(", true, ""},
      {std::regex("\\bstd::cout\\b"), "std::cout -> fmt::print or the log", false,
       "client/cli/terminal.cc"},
      {std::regex("\\bmemcmp\\("), "memcmp -> crypto::equal", true, ""},
      {std::regex("\\bs?rand\\(\\)"), "rand -> crypto::random_bytes", true, ""},
      {std::regex("\\bmt19937"), "mt19937 -> crypto::random_bytes", false, ""},
      {std::regex("system_clock::now"), "system_clock::now -> Clock", false,
       "server/base/clock.cc"},
      {std::regex("\\bnew [A-Za-z]"), "new -> std::make_unique", true, ""},
      {std::regex("\\busing namespace "
                  "(?!sspf|handlers|std::chrono_literals|std::string_literals|testing)"),
       "using namespace -> names", true, ""},
  };
  static const std::regex unfinished("\\b(TODO|FIXME|XXX|NOLINT)\\b");
  Complaints complaints;
  const Layers layers = layers_of(file.text);
  const auto code = lines_of(layers.code);
  const auto comments = lines_of(layers.comments);
  for (std::size_t i = 0; i < code.size(); ++i) {
    for (const Banned& each : banned) {
      if (!each.in_tests && is_test(file)) continue;
      if (each.except.find(file.path) != std::string_view::npos) continue;
      if (each.except.find("client/") != std::string_view::npos && is_under(file, "client"))
        continue;
      if (std::regex_search(code[i].begin(), code[i].end(), each.word)) {
        complaints.push_back(complaint(file, i + 1, each.instead));
      }
    }
    if (std::regex_search(comments[i].begin(), comments[i].end(), unfinished)) {
      complaints.push_back(complaint(file, i + 1, "unfinished work belongs in an issue"));
    }
  }
  return complaints;
}

Complaints check_markdown(const SourceFile& file) {
  if (!is_markdown(file)) return {};
  std::size_t titles = 0;
  bool in_code = false;
  for (const std::string_view line : lines_of(file.text)) {
    if (line.rfind("```", 0) == 0) in_code = !in_code;
    if (!in_code && line.rfind("# ", 0) == 0) ++titles;
  }
  if (titles == 1) return {};
  return {complaint(file, 1, "a page has one title")};
}

Complaints check_places(const SourceFile& file) {
  static const std::regex machine("(^|[^A-Za-z0-9_.])/(work|root|home/[a-z]+)/");
  Complaints complaints;
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_under(file, "tests/tidy") &&
        std::regex_search(lines[i].begin(), lines[i].end(), machine)) {
      complaints.push_back(complaint(file, i + 1, "a path of somebody's machine"));
    }
  }
  return complaints;
}

}  // namespace sspf::tidy
