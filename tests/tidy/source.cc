// SPDX-License-Identifier: Apache-2.0
#include "tests/tidy/source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>

namespace sspf::tidy {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Reads C++ once from left to right and writes each character to one layer.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {
    for (std::string* layer : {&layers_.code, &layers_.literals, &layers_.comments}) {
      layer->assign(text.size(), ' ');
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') (*layer)[i] = '\n';
      }
    }
  }

  Layers run() && {
    while (at_ < text_.size()) {
      if (starts("//")) {
        take_until("\n", layers_.comments);
      } else if (starts("/*")) {
        take_until("*/", layers_.comments);
      } else if (starts("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) {
        take_raw_string();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !is_separator())) {
        take_literal(text_[at_]);
      } else {
        put(layers_.code);
      }
    }
    return std::move(layers_);
  }

 private:
  bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  bool is_separator() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  void put(std::string& layer) {
    layer[at_] = text_[at_];
    ++at_;
  }

  void take_until(std::string_view end, std::string& layer) {
    while (at_ < text_.size() && !starts(end)) put(layer);
    for (std::size_t i = 0; i < end.size() && at_ < text_.size(); ++i) put(layer);
  }

  void take_literal(char quote) {
    put(layers_.code);
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\') put(layers_.literals);
      if (at_ < text_.size()) put(layers_.literals);
    }
    if (at_ < text_.size()) put(layers_.code);
  }

  void take_raw_string() {
    put(layers_.code);
    put(layers_.code);
    std::string end = ")";
    while (at_ < text_.size() && text_[at_] != '(') {
      end += text_[at_];
      put(layers_.code);
    }
    end += '"';
    while (at_ < text_.size() && !starts(end)) put(layers_.literals);
    for (std::size_t i = 0; i < end.size() && at_ < text_.size(); ++i) put(layers_.code);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Layers layers_;
};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_left_out(const std::filesystem::path& relative) {
  constexpr std::array<std::string_view, 3> folders = {"build", "demo", "node_modules"};
  const std::string name = relative.filename().string();
  if (name == ".git" || name == ".cache") return true;
  return std::find(folders.begin(), folders.end(), name) != folders.end() &&
         relative != std::filesystem::path("deploy/demo");
}

}  // namespace

std::string complaint(const SourceFile& file, std::size_t line, std::string_view what) {
  return file.path + ":" + std::to_string(line) + ": " + std::string(what);
}

Layers layers_of(std::string_view text) { return Lexer(text).run(); }

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_header(const SourceFile& file) { return ends_with(file.path, ".h"); }
bool is_cpp(const SourceFile& file) { return is_header(file) || ends_with(file.path, ".cc"); }
bool is_script(const SourceFile& file) { return file.text.rfind("#!", 0) == 0; }
bool is_markdown(const SourceFile& file) { return ends_with(file.path, ".md"); }
bool is_under(const SourceFile& file, std::string_view folder) {
  return file.path.rfind(std::string(folder) + "/", 0) == 0;
}

std::size_t characters_of(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  const Layers layers = layers_of(file.text);
  const auto code = lines_of(layers.code);
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (code[i].rfind("#include ", 0) != 0) continue;
    const std::size_t begin = lines[i].find_first_of("<\"");
    const std::size_t end = lines[i].find_last_of(">\"");
    if (begin == std::string_view::npos || end <= begin) continue;
    includes.push_back({i + 1, std::string(lines[i].substr(begin + 1, end - begin - 1))});
  }
  return includes;
}

std::vector<SourceFile> read_repository(const std::filesystem::path& root) {
  std::vector<SourceFile> files;
  auto entries = std::filesystem::recursive_directory_iterator(root);
  for (auto entry = begin(entries); entry != end(entries); ++entry) {
    const std::filesystem::path relative = std::filesystem::relative(entry->path(), root);
    if (is_left_out(relative)) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(entry->path(), std::ios::binary).rdbuf();
    if (text.str().find('\0') != std::string::npos) continue;
    files.push_back({relative.generic_string(), text.str()});
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace sspf::tidy
