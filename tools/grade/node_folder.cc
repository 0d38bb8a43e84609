// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/node_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr int kSlots = 1000;  // JailCommand::slot

[[noreturn]] void Fail(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

// The name can be guessed: it must be ours, a folder, and no one else's to
// write.
void MakeOwn(const fs::path& path) {
  // Only root's jails run as another user, who has to come in.
  const mode_t mode = geteuid() == 0 ? 0711 : 0700;
  if (mkdir(path.c_str(), mode) != 0 && errno != EEXIST) {
    Fail(errno, path.string());
  }
  struct stat info {};
  if (lstat(path.c_str(), &info) != 0) Fail(errno, path.string());
  if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid() ||
      (info.st_mode & 0022) != 0) {
    Fail(EPERM, path.string() + " is not ours alone; remove it");
  }
  fs::permissions(path, fs::perms(mode));
}

int OpenLock(const fs::path& path) {
  const int file =
      open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) Fail(errno, path.string());
  return file;
}

}  // namespace

NodeFolder::NodeFolder(const fs::path& base, const std::string& name,
                       const fs::path& trusted)
    : path_(base /
            ("workbook_jobs_" + std::to_string(geteuid()) + "_" + name)) {
  MakeOwn(path_);
  fs::create_directories(path_ / "slots");
  fs::create_directories(objects());
  CopyOnce(trusted);
  TakeSlot();
}

NodeFolder::~NodeFolder() {
  std::error_code ignored;
  fs::remove_all(scratch(), ignored);
  close(lock_);
}

void NodeFolder::CopyOnce(const fs::path& trusted) const {
  const int lock = OpenLock(path_ / "lock");
  if (flock(lock, LOCK_EX) != 0) {
    const int error = errno;
    close(lock);
    Fail(error, path_.string());
  }
  std::error_code error;
  if (!fs::exists(this->trusted())) {
    const fs::path fresh = path_ / "trusted.new";
    fs::remove_all(fresh, error);
    fs::copy(trusted, fresh, fs::copy_options::recursive, error);
    if (!error) fs::rename(fresh, this->trusted(), error);
  }
  close(lock);
  if (error) throw std::system_error(error, trusted.string());
}

void NodeFolder::TakeSlot() {
  for (int slot = 0; slot < kSlots; ++slot) {
    const int file = OpenLock(path_ / "slots" / std::to_string(slot));
    if (flock(file, LOCK_EX | LOCK_NB) == 0) {
      slot_ = slot;
      lock_ = file;
      return;
    }
    close(file);
  }
  Fail(EAGAIN, path_.string() + ": every slot is in use");
}

}  // namespace workbook::grade
