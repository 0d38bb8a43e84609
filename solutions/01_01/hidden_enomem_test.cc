// SPDX-License-Identifier: Apache-2.0

// malloc and its family where mmap is refused: each call in turn, once and from
// there on. A sanitizer needs mmap for itself, so this is not in its build;
// hidden_out_of_memory_test.cc is.
#include "tools/probe/sanitizer.h"

#if !WORKBOOK_SANITIZER_MALLOC
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <functional>
#include <utility>
#include <vector>

#include "01_01/malloc_api.h"

namespace {

// Which calls of mmap are refused. Those of glibc do not come by here.
constinit int maps = 0;
constinit int first_refused = -1;
constinit int last_refused = -1;

}  // namespace

// Instead of glibc's, in this binary.
extern "C" void* mmap(void* address, std::size_t bytes, int protection,
                      int flags, int file, off_t offset) noexcept {
  const int number = maps++;
  if (number >= first_refused && number <= last_refused) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return reinterpret_cast<void*>(
      syscall(SYS_mmap, address, bytes, protection, flags, file, offset));
}

namespace workbook {
namespace {

constexpr int kEver = 1 << 30;

// 0: as the standards say; else what went wrong. `failures` counts the nulls.
int AskMallocForEverything(int& failures) {
  std::vector<std::pair<char*, std::size_t>> blocks;
  for (std::size_t i = 0; i < 300; ++i) {
    const std::size_t bytes = 50 + i * 733 % 90'000;
    errno = 0;
    void* block = nullptr;
    int error = 0;
    if (i % 4 == 0) block = Malloc(bytes);
    if (i % 4 == 1) block = Calloc(bytes, 1);
    if (i % 4 == 2) block = AlignedAlloc(4'096, bytes);
    if (i % 4 == 3) error = PosixMemalign(&block, 256, bytes);
    if (block == nullptr) {
      ++failures;
      if (i % 4 == 3 ? error != ENOMEM || errno != 0 : errno != ENOMEM) {
        return 1;
      }
      continue;
    }
    std::memset(block, static_cast<int>(bytes % 251), bytes);
    blocks.emplace_back(static_cast<char*>(block), bytes);
  }
  for (auto& [block, bytes] : blocks) {
    errno = 0;
    void* const longer = Realloc(block, 2 * bytes);
    if (longer == nullptr && errno != ENOMEM) return 2;
    if (longer == nullptr) ++failures;
    if (longer != nullptr) block = static_cast<char*>(longer);
    const auto same =
        std::count(block, block + bytes, static_cast<char>(bytes % 251));
    if (same != static_cast<std::ptrdiff_t>(bytes)) return 3;
  }
  for (const auto& [block, bytes] : blocks) {
    errno = EDOM;
    Free(block);
    if (errno != EDOM) return 6;
  }
  return 0;
}

// What `work` returns in a process of its own; 255: it was killed.
int InChild(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);
    _exit(work());
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status)) return 255;
  return WEXITSTATUS(status);
}

TEST(Task9HiddenOutOfMemory, MallocSaysEnomemAtEveryRefusedMmap) {
  const int calls = InChild([] {
    maps = 0;
    int failures = 0;
    return AskMallocForEverything(failures) == 0 ? maps : 255;
  });
  ASSERT_GE(calls, 4);
  ASSERT_LT(calls, 200);
  for (int first = 0; first < calls; ++first) {
    for (const int last : {first, kEver}) {
      const int wrong = InChild([=] {
        maps = 0;
        first_refused = first;
        last_refused = last;
        int failures = 0;
        const int result = AskMallocForEverything(failures);
        if (result != 0) return result;
        if (last == kEver && failures == 0) return 4;
        first_refused = last_refused = -1;
        failures = 0;
        const int again = AskMallocForEverything(failures);
        if (again != 0) return 10 + again;
        return failures == 0 ? 0 : 5;  // it works again
      });
      EXPECT_EQ(wrong, 0) << "refused from " << first << " to " << last;
    }
  }
}

}  // namespace
}  // namespace workbook
#endif
