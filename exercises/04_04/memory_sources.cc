// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_sources.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <climits>
#include <cstdio>
#include <span>
#include <system_error>

#include "tools/exercise/todo.h"

namespace workbook {

MemorySources::MemorySources(const std::string& root)
    : rollup_(root + "/proc/self/smaps_rollup"),
      statm_(root + "/proc/self/statm"),
      machine_pressure_(root + "/proc/pressure/memory"),
      mount_(root + "/sys/fs/cgroup") {
  FindGroup();
}

// /proc/self/cgroup has a line ID:CONTROLLERS:PATH for each hierarchy; version
// 2's is 0::PATH. Both at once is the hybrid layout: then the memory controller
// of version 1 is the one with limits.
void MemorySources::FindGroup() {
  Todo("04_04 task 11: MemorySources::FindGroup");
}

MemorySample MemorySources::Read() const {
  Todo("04_04 task 11: MemorySources::Read");
}

void MemorySources::ReadProcess(MemorySample& sample) const {
  Todo("04_04 task 11: MemorySources::ReadProcess");
}

// An ancestor's limit holds for its descendants too.
void MemorySources::ReadGroup(MemorySample& sample) const {
  Todo("04_04 task 11: MemorySources::ReadGroup");
}

void MemorySources::ReadPressure(MemorySample& sample) const {
  Todo("04_04 task 11: MemorySources::ReadPressure");
}

}  // namespace workbook
