// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "crypto/encoding.h"

namespace sspf::crypto {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t key_file_bytes = 2 * key_bytes + 1;
constexpr std::size_t secret_line_bytes_max = 200;
constexpr unsigned group_and_others = 077;

[[noreturn]] void fail(int error, const char* act, const std::filesystem::path& path) {
  throw std::system_error(error, std::generic_category(), act + (" " + path.string()));
}

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (is_open()) static_cast<void>(::close(descriptor_));
  }
  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// How many bytes there were, up to the size of `buffer`; -1 with errno set when reading failed.
ssize_t read_up_to(const File& file, std::span<std::uint8_t> buffer) {
  std::size_t size = 0;
  while (size < buffer.size()) {
    const ssize_t count = ::read(file.descriptor(), buffer.data() + size, buffer.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  return static_cast<ssize_t>(size);
}

// What is wrong with the file itself, whatever it holds; empty when nothing is.
std::string trouble_with(const struct stat& facts) {
  if (!S_ISREG(facts.st_mode)) return "is not a regular file";
  if ((facts.st_mode & group_and_others) != 0) return "can be reached by group or others";
  if (facts.st_uid != ::geteuid()) return "belongs to another user";
  return {};
}

// Writes all of it and makes it durable; the errno of what failed, or 0.
int write_durably(const File& file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file.descriptor(), content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file.descriptor()) == 0 ? 0 : errno;
}

// A new or renamed file is there after a crash only when its folder is synced too.
void sync_folder_of(const std::filesystem::path& path) {
  const std::filesystem::path parent = path.parent_path();
  const std::filesystem::path folder = parent.empty() ? "." : parent;
  const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.is_open()) fail(errno, "open", folder);
  if (::fsync(file.descriptor()) != 0) fail(errno, "fsync", folder);
}

Secret content_for(const Secret& key) {
  Secret content(key_file_bytes);
  std::string digits = hex(key.reveal());
  std::copy(digits.begin(), digits.end(), content.writable().begin());
  content.writable().back() = '\n';
  wipe(digits);
  return content;
}

// Removes a file that was not finished, and throws.
[[noreturn]] void give_up(int error, const char* act, const std::filesystem::path& path) {
  static_cast<void>(::unlink(path.c_str()));
  fail(error, act, path);
}

// The whole file, at most so many bytes of it, unless something is wrong with it.
std::variant<Secret, KeyFileTrouble> read_private(const std::filesystem::path& path,
                                                  std::size_t bytes_max) {
  const auto trouble = [&path](const std::string& text) {
    return KeyFileTrouble{"key file " + path.string() + " " + text};
  };
  // O_NONBLOCK: opening a FIFO would otherwise wait for a writer.
  const File file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open() && errno == ELOOP) return trouble("is a symbolic link");
  if (!file.is_open()) {
    return trouble("does not open: " + std::generic_category().message(errno));
  }
  struct stat facts {};
  if (::fstat(file.descriptor(), &facts) != 0) fail(errno, "fstat", path);
  const std::string text = trouble_with(facts);
  if (!text.empty()) return trouble(text);

  Secret content(bytes_max);
  const ssize_t size = read_up_to(file, content.writable());
  if (size < 0) return trouble("does not read: " + std::generic_category().message(errno));
  return Secret(content.reveal().first(static_cast<std::size_t>(size)));
}

}  // namespace

std::variant<Secret, KeyFileTrouble> read_key_file(const std::filesystem::path& path) {
  const KeyFileTrouble wrong{"key file " + path.string() + " is not 64 hex digits and a newline"};
  auto read = read_private(path, key_file_bytes + 1);  // one more than it may hold
  if (std::holds_alternative<KeyFileTrouble>(read)) return read;
  const Secret& content = std::get<Secret>(read);
  const std::string_view line = text_of(content.reveal());
  if (line.size() != key_file_bytes || line.back() != '\n') return wrong;
  std::optional<Bytes> key = from_hex(line.substr(0, key_file_bytes - 1));
  if (!key) return wrong;
  Secret secret(*key);
  wipe(*key);
  return secret;
}

std::variant<Secret, KeyFileTrouble> read_secret_line(const std::filesystem::path& path) {
  const KeyFileTrouble wrong{"key file " + path.string() +
                             " is not one line of 1 to 200 visible characters"};
  auto read = read_private(path, secret_line_bytes_max + 2);  // and one more than it may hold
  if (std::holds_alternative<KeyFileTrouble>(read)) return read;
  const Secret& content = std::get<Secret>(read);
  std::string_view line = text_of(content.reveal());
  if (line.ends_with('\n')) line.remove_suffix(1);
  const bool is_visible =
      std::all_of(line.begin(), line.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (line.empty() || line.size() > secret_line_bytes_max || !is_visible) return wrong;
  return Secret(view_of(line));
}

void write_key_file(const std::filesystem::path& path, const Secret& key) {
  if (key.size() != key_bytes) throw std::invalid_argument("a key file holds 32 bytes");
  const Secret content = content_for(key);
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                         S_IRUSR | S_IWUSR));
  if (!file.is_open()) fail(errno, "create", path);
  const int error = write_durably(file, text_of(content.reveal()));
  if (error != 0) give_up(error, "write", path);
  sync_folder_of(path);
}

void replace_file(const std::filesystem::path& path, std::string_view content, unsigned mode) {
  std::string temporary = path.string() + ".XXXXXX";
  const File file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) fail(errno, "create", temporary);
  if (::fchmod(file.descriptor(), mode) != 0) give_up(errno, "fchmod", temporary);
  const int error = write_durably(file, content);
  if (error != 0) give_up(error, "write", temporary);
  if (::rename(temporary.c_str(), path.c_str()) != 0) give_up(errno, "rename", temporary);
  sync_folder_of(path);
}

void rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail(errno, "rename", from);
  sync_folder_of(to);
}

void destroy_file(const std::filesystem::path& path) {
  {
    const File file(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.is_open() && errno == ENOENT) return;
    if (!file.is_open()) fail(errno, "open", path);
    struct stat facts {};
    if (::fstat(file.descriptor(), &facts) != 0) fail(errno, "fstat", path);
    if (!S_ISREG(facts.st_mode)) fail(EINVAL, "overwrite", path);
    const std::string zeroes(static_cast<std::size_t>(facts.st_size), '\0');
    const int error = write_durably(file, zeroes);
    if (error != 0) fail(error, "overwrite", path);
  }
  if (::unlink(path.c_str()) != 0) fail(errno, "unlink", path);
  sync_folder_of(path);
}

std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
  const File file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  if (!file.is_open()) fail(errno, "open", path);
  struct stat facts {};
  if (::fstat(file.descriptor(), &facts) != 0) fail(errno, "fstat", path);
  if (S_ISDIR(facts.st_mode)) fail(EISDIR, "read", path);
  if (!S_ISREG(facts.st_mode)) fail(EINVAL, "read", path);

  std::string content;
  std::array<std::uint8_t, 65536> buffer{};
  while (true) {
    const ssize_t size = read_up_to(file, buffer);
    if (size < 0) fail(errno, "read", path);
    const ByteView piece(buffer.data(), static_cast<std::size_t>(size));
    if (piece.size() > bytes_max - content.size()) fail(EFBIG, "read", path);
    content.append(text_of(piece));
    if (piece.size() < buffer.size()) return content;
  }
}

}  // namespace sspf::crypto
