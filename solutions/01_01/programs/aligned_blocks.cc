// SPDX-License-Identifier: Apache-2.0

// A program that knows nothing of the allocator: what it is told by malloc's
// family must hold, whoever answers. It prints what it saw; 0: all of it held.
#include <malloc.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

int wrong = 0;

void Expect(bool holds, const char* what, std::size_t alignment,
            std::size_t bytes) {
  if (holds) return;
  ++wrong;
  std::printf("%s: alignment %zu, %zu bytes\n", what, alignment, bytes);
}

bool IsAligned(const void* block, std::size_t alignment) {
  return block != nullptr &&
         reinterpret_cast<std::uintptr_t>(block) % alignment == 0;
}

// Every power of two to 64 KiB, sizes around it, by each function that takes
// one. All blocks live at once, each filled with a byte of its own.
void AskForAlignments() {
  struct Block {
    unsigned char* memory;
    std::size_t bytes;
    unsigned char pattern;
  };
  std::vector<Block> blocks;
  const auto keep = [&](void* memory, std::size_t alignment, std::size_t bytes,
                        const char* function) {
    Expect(IsAligned(memory, alignment), function, alignment, bytes);
    if (memory == nullptr) return;
    Expect(malloc_usable_size(memory) >= bytes, "usable", alignment, bytes);
    const auto pattern = static_cast<unsigned char>(blocks.size());
    std::memset(memory, pattern, bytes);
    blocks.push_back({static_cast<unsigned char*>(memory), bytes, pattern});
  };
  for (std::size_t alignment = 8; alignment <= 65'536; alignment *= 2) {
    for (const std::size_t bytes :
         {std::size_t{1}, alignment - 1, alignment, alignment + 1,
          3 * alignment, std::size_t{40'000}}) {
      void* block = nullptr;
      if (posix_memalign(&block, alignment, bytes) != 0) block = nullptr;
      keep(block, alignment, bytes, "posix_memalign");
      keep(aligned_alloc(alignment,
                         (bytes + alignment - 1) / alignment * alignment),
           alignment, bytes, "aligned_alloc");
      keep(memalign(alignment, bytes), alignment, bytes, "memalign");
    }
  }
  for (const std::size_t bytes : {1u, 4'095u, 4'097u, 50'000u}) {
    keep(valloc(bytes), 4'096, bytes, "valloc");
    void* const rounded = pvalloc(bytes);
    keep(rounded, 4'096, (bytes + 4'095) / 4'096 * 4'096, "pvalloc");
  }
  for (const Block& block : blocks) {
    bool same = true;
    for (std::size_t i = 0; i < block.bytes; ++i) {
      same = same && block.memory[i] == block.pattern;
    }
    Expect(same, "overwritten", 0, block.bytes);
    std::free(block.memory);
  }
  std::printf("%zu aligned blocks\n", blocks.size());
}

// Until there is no more, and then again: the process goes on.
void RunOutOfMemory() {
  const rlimit bound = {std::size_t{600} << 20, std::size_t{600} << 20};
  Expect(setrlimit(RLIMIT_AS, &bound) == 0, "setrlimit", 0, 0);
  for (int round = 0; round < 3; ++round) {
    std::vector<void*> blocks;
    blocks.reserve(100'000);
    for (;;) {
      errno = 0;
      void* const block = std::malloc(100'000);
      if (block == nullptr) break;
      blocks.push_back(block);
    }
    Expect(errno == ENOMEM, "malloc's errno", 0, 100'000);
    errno = 0;
    Expect(std::calloc(10'000'000, 100) == nullptr && errno == ENOMEM,
           "calloc's errno", 0, 0);
    void* untouched = &wrong;
    Expect(posix_memalign(&untouched, 64, std::size_t{1} << 30) == ENOMEM &&
               untouched == &wrong,
           "posix_memalign", 64, std::size_t{1} << 30);
    Expect(blocks.size() > 1'000, "blocks before the bound", 0, blocks.size());
    void* const last = blocks.back();
    errno = 0;
    Expect(
        std::realloc(last, std::size_t{1} << 30) == nullptr && errno == ENOMEM,
        "realloc's errno", 0, 0);
    for (void* block : blocks) std::free(block);
    void* const again = std::malloc(1'000'000);
    Expect(again != nullptr, "malloc after it was freed", 0, 1'000'000);
    std::free(again);
  }
  std::printf("three times out of memory\n");
}

}  // namespace

int main() {
  AskForAlignments();
  RunOutOfMemory();
  return wrong == 0 ? 0 : 1;
}
