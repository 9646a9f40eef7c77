// SPDX-License-Identifier: Apache-2.0
//
// What the tests of crypto/ share: bytes from hex, published vectors from files, folders that
// disappear.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/secret.h"
#include "tests/places/places.h"

namespace sspf::crypto {

inline Bytes unhex(std::string_view text) {
  const std::optional<Bytes> bytes = from_hex(text);
  if (!bytes) throw std::invalid_argument("a test's hex is wrong");
  return *bytes;
}

inline Digest digest_from_hex(std::string_view text) {
  const Bytes bytes = unhex(text);
  Digest digest{};
  if (bytes.size() != digest.size()) throw std::runtime_error("a digest is 32 bytes");
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

inline Secret secret_from_hex(std::string_view text) { return Secret(unhex(text)); }

// As many bytes as wanted, the same ones in every run.
inline Bytes pattern(std::size_t size) {
  Bytes bytes(size);
  std::uint32_t state = 0x9E3779B9U + static_cast<std::uint32_t>(size);
  for (std::uint8_t& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<std::uint8_t>(state >> 24U);
  }
  return bytes;
}

inline std::string source_file(const std::string& path) {
  std::ifstream file(test::source_folder() / path, std::ios::binary);
  if (!file) throw std::runtime_error("no file " + path);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

inline std::string vector_file(const std::string& name) {
  return source_file("tests/vectors/" + name);
}

// The words of each line that is neither empty nor a comment.
inline std::vector<std::vector<std::string>> vector_lines(const std::string& name) {
  std::vector<std::vector<std::string>> lines;
  std::istringstream content(vector_file(name));
  for (std::string line; std::getline(content, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::vector<std::string> row;
    for (std::string word; words >> word;) row.push_back(word);
    lines.push_back(row);
  }
  return lines;
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sspf.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sspf::crypto
