// SPDX-License-Identifier: Apache-2.0

#include "exercises/03_05/given/snapshot.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace workbook {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

}  // namespace

ThreadIds::ThreadIds(std::initializer_list<int> ids) {
  for (const int id : ids) Add(id);
  std::sort(ids_.begin(), ids_.begin() + size_);
}

ThreadIds ThreadIds::OfThisProcess() {
  const std::unique_ptr<DIR, CloseFolder> folder(opendir("/proc/self/task"));
  if (folder == nullptr) {
    throw std::system_error(errno, std::generic_category(),
                            "can't read /proc/self/task. Fix: mount /proc");
  }
  ThreadIds ids{};
  while (const dirent* const entry = readdir(folder.get())) {
    if (entry->d_name[0] != '.') ids.Add(std::atoi(entry->d_name));
  }
  std::sort(ids.ids_.begin(), ids.ids_.begin() + ids.size_);
  return ids;
}

void ThreadIds::Add(int id) {
  if (size_ == kMax) {
    throw std::length_error(
        "the process has more than 4096 threads. Fix: look earlier.");
  }
  ids_[size_++] = id;
}

}  // namespace workbook
