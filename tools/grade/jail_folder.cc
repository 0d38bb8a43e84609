// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <system_error>

#include "tools/grade/whole_io.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr char kPrefix[] = "workbook_grade_";
constexpr char kLock[] = "owner.lock";

bool IsMine(const fs::path& folder) {
  struct stat status {};
  return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == geteuid();
}

// A folder without a lock is left alone: its owner may be about to make one.
void RemoveIfAbandoned(const fs::path& folder) {
  if (!IsMine(folder)) return;
  const int lock = open((folder / kLock).c_str(), O_RDWR | O_CLOEXEC);
  if (lock < 0) return;
  if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
    std::error_code ignored;  // what stays is found again the next time
    fs::remove_all(folder, ignored);
  }
  close(lock);
}

void RemoveAbandoned(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    if (entry.path().filename().string().starts_with(kPrefix)) {
      RemoveIfAbandoned(entry.path());
    }
  }
}

// Locked before it has its name: nobody finds it there unlocked.
int MakeLock(const fs::path& folder) {
  const fs::path unnamed = folder / "owner.new";
  const int lock = open(unnamed.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ThrowErrno(unnamed.string());
  }
  fs::rename(unnamed, folder / kLock);
  return lock;
}

}  // namespace

// Under /tmp, where the jail's users can come.
JailFolder::JailFolder(const fs::path& parent) {
  RemoveAbandoned(parent);
  std::string name = (parent / kPrefix).string() + "XXXXXX";
  if (mkdtemp(name.data()) == nullptr) ThrowErrno(name);
  path_ = name;
  lock_ = MakeLock(path_);
  fs::permissions(path_, fs::perms(0711));
  for (const char* folder : {"trusted", "objects"}) {
    fs::create_directory(path_ / folder);
  }
}

JailFolder::~JailFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  close(lock_);
}

}  // namespace workbook::grade
