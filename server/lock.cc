// SPDX-License-Identifier: Apache-2.0
#include "server/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "server/trouble.h"

namespace sspf {

InstallationLock::InstallationLock(const std::filesystem::path& data_directory)
    : descriptor_(open((data_directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                       0600)) {
  if (descriptor_ < 0) {
    throw Trouble("the data directory is missing or cannot be written", exit_codes::config);
  }
  if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    close(descriptor_);
    throw Trouble("another process has this installation open", exit_codes::config);
  }
}

InstallationLock::~InstallationLock() { close(descriptor_); }

}  // namespace sspf
