// SPDX-License-Identifier: Apache-2.0
//
// A file of the repository as the style checks read it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sspf::tidy {

struct SourceFile {
  std::string path;  // from the root of the repository, with /
  std::string text;
};

// "path:line: what is wrong", lines counted from one.
using Complaints = std::vector<std::string>;

std::string complaint(const SourceFile& file, std::size_t line, std::string_view what);

// C++ text in three layers of the same shape: in each, what belongs to the other two is blank, so
// places and lines agree. Raw strings and digit separators are understood.
struct Layers {
  std::string code;
  std::string literals;  // without their quotes
  std::string comments;
};
Layers layers_of(std::string_view text);

std::vector<std::string_view> lines_of(std::string_view text);

bool is_cpp(const SourceFile& file);
bool is_header(const SourceFile& file);
bool is_script(const SourceFile& file);  // starts with #!
bool is_markdown(const SourceFile& file);
bool is_under(const SourceFile& file, std::string_view folder);

// Characters, not bytes.
std::size_t characters_of(std::string_view line);

// The paths that the file's #include lines name, and on which line.
struct Include {
  std::size_t line = 0;
  std::string path;
};
std::vector<Include> includes_of(const SourceFile& file);

// Every text file below `root` but what is built, fetched or hidden.
std::vector<SourceFile> read_repository(const std::filesystem::path& root);

}  // namespace sspf::tidy
