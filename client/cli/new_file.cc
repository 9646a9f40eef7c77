// SPDX-License-Identifier: Apache-2.0
#include "client/cli/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "client/cli/failure.h"
#include "client/cli/language.h"

namespace sspf::cli {

NewFile::NewFile(std::string path)
    : path_(std::move(path)),
      number_(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
  if (number_ >= 0) return;
  if (errno == EEXIST) throw local_failure(tr("The file exists already. It was not changed."));
  throw local_failure(tr("The file cannot be made."));
}

NewFile::~NewFile() {
  close(number_);
  if (!is_kept_) unlink(path_.c_str());
}

void NewFile::write_all(const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto count = write(number_, bytes.data() + at, bytes.size() - at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw local_failure(tr("The file cannot be written: is the disk full?"));
    at += static_cast<std::size_t>(count);
  }
}

void NewFile::keep() {
  if (fsync(number_) != 0) {
    throw local_failure(tr("The file cannot be written: is the disk full?"));
  }
  is_kept_ = true;
}

NewFolder::NewFolder(std::filesystem::path path) : path_(std::move(path)) {
  if (mkdir(path_.c_str(), 0700) == 0) return;
  if (errno == EEXIST) throw local_failure(tr("The file exists already. It was not changed."));
  throw local_failure(tr("The folder cannot be made."));
}

NewFolder::~NewFolder() {
  std::error_code error;
  if (!is_kept_) std::filesystem::remove_all(path_, error);
}

void NewFolder::write(const std::string& name, const std::string& bytes) {
  const auto place = path_ / name;
  std::filesystem::path folder = path_;
  for (const auto& part : std::filesystem::path(name).parent_path()) {
    folder /= part;
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
      throw local_failure(tr("The folder cannot be made."));
    }
  }
  NewFile file(place);
  file.write_all(bytes);
  file.keep();
}

}  // namespace sspf::cli
