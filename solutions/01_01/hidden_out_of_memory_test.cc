// A system that refuses memory at each step of a fixed workload: once, and from
// there on.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>
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

// Pages that can be refused, and given back at the end.
class RefusingPages final : public PageSource {
 public:
  void* Map(std::size_t bytes) noexcept override {
    const int number = calls++;
    if (number >= first && number <= last) return nullptr;
    return pages.Map(bytes);
  }
  void Discard(void* memory, std::size_t bytes) noexcept override {
    pages.Discard(memory, bytes);
  }

  LimitedPages pages;
  int calls = 0;
  int first = -1;
  int last = -1;
};

// Blocks of every tier, each filled with a byte of its own.
class Workload {
 public:
  explicit Workload(CachingAllocator& allocator) : allocator_(allocator) {}
  ~Workload() { FreeAll(); }

  // 8 MiB, a third of the blocks freed on the way, a part by another thread.
  void Run() {
    Fill(100);
    std::thread([&] { Fill(50); }).join();
    Fill(60);
  }
  void FreeAll() {
    while (!blocks_.empty()) FreeLast();
  }
  int failures() const { return failures_; }
  int damaged() const { return damaged_; }

 private:
  struct Block {
    unsigned char* memory;
    std::size_t bytes;
    unsigned char pattern;
  };

  void Fill(int count) {
    constexpr std::array<std::size_t, 8> kBytes = {
        16, 100, 1'000, 5'000, 20'000, 60'000, 7, 300'000};
    for (int i = 0; i < count; ++i) {
      const std::size_t bytes = kBytes[static_cast<std::size_t>(i) % 8];
      Keep(Ask(i, bytes), bytes);
      if (i % 3 == 0) FreeLast();
    }
  }
  void* Ask(int i, std::size_t bytes) {
    if (bytes < kTinyBlockBytes) return allocator_.AllocateTiny(bytes);
    if (i % 16 == 5) return allocator_.AllocateAligned(bytes, 16'384);
    if (i % 16 == 7) return allocator_.AllocateZeroed(bytes);
    return allocator_.Allocate(bytes);
  }
  void Keep(void* memory, std::size_t bytes) {
    if (memory == nullptr) {
      ++failures_;
      return;
    }
    const auto pattern = static_cast<unsigned char>(++patterns_);
    std::memset(memory, pattern, bytes);
    blocks_.push_back({static_cast<unsigned char*>(memory), bytes, pattern});
  }
  void FreeLast() {
    if (blocks_.empty()) return;
    const Block block = blocks_.back();
    blocks_.pop_back();
    damaged_ +=
        std::count(block.memory, block.memory + block.bytes, block.pattern) !=
        static_cast<std::ptrdiff_t>(block.bytes);
    allocator_.Deallocate(block.memory);
  }

  CachingAllocator& allocator_;
  std::vector<Block> blocks_;
  int patterns_ = 0;
  int failures_ = 0;
  int damaged_ = 0;
};

TEST(HiddenOutOfMemory, EveryRefusedMapIsOneFailureAndNoMore) {
  int calls = 1;
  std::size_t mapped_bytes = 0;
  for (int first = -1; first < calls; ++first) {
    for (const int last : {first, kEver}) {
      if (first < 0 && last == kEver) continue;
      RefusingPages source;
      const auto allocator = std::make_unique<CachingAllocator>(source);
      source.first = first;
      source.last = last;
      {
        Workload workload(*allocator);
        workload.Run();
        if (first < 0) {  // nothing is refused: what is there to refuse
          calls = source.calls;
          mapped_bytes = source.pages.mapped_bytes;
          ASSERT_GE(calls, 6);
        }
        if (last == kEver && first >= 0) {
          EXPECT_GT(workload.failures(), 0) << "from call " << first;
        } else {
          EXPECT_LE(workload.failures(), first < 0 ? 0 : 1)
              << "call " << first << " alone";
        }
        source.first = source.last = -1;
        const int before = workload.failures();
        workload.Run();
        EXPECT_EQ(workload.failures(), before) << "it works again";
        workload.FreeAll();
        EXPECT_EQ(workload.damaged(), 0);
      }
      allocator->ReleaseMemory();
      const CachingAllocator::Statistics statistics =
          allocator->GetStatistics();
      EXPECT_EQ(statistics.objects_out_of_centre, 0u);
      EXPECT_LE(statistics.pages.in_use_bytes, kPageBytes)
          << "the block that tiny objects share stays";
      EXPECT_LE(source.pages.mapped_bytes, 2 * mapped_bytes + (4u << 20))
          << "two runs, and pages without a leaf";
    }
  }
}

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
  for (const auto& [block, bytes] : blocks) Free(block);
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

TEST(HiddenOutOfMemory, MallocSaysEnomemAtEveryRefusedMmap) {
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
