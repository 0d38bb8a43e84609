// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace workbook::cli {

FileLock::FileLock(const std::filesystem::path& path, If wanted)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) return;
  const int operation = LOCK_EX | (wanted == If::kFree ? LOCK_NB : 0);
  int result = 0;
  do {
    result = ::flock(descriptor_, operation);
  } while (result != 0 && errno == EINTR);
  held_ = result == 0;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace workbook::cli
