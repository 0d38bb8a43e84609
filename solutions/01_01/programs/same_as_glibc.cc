// SPDX-License-Identifier: Apache-2.0

// Calls of malloc's family whose outcome POSIX leaves open, or names an error
// for. Each line is what came of one call; on glibc's malloc and on ours the
// lines must be the same.
#include <malloc.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace {

// A compiler that sees these warns of them.
volatile std::size_t unseen = SIZE_MAX;
const std::size_t most = unseen;
const std::size_t half = most / 2;

const char* ErrnoName() {
  if (errno == 0) return "errno kept";
  if (errno == ENOMEM) return "ENOMEM";
  return errno == EINVAL ? "EINVAL" : "another errno";
}

// What came of a call, and whether the block is large and aligned enough.
void Print(const char* call, void* block, std::size_t bytes = 0,
           std::size_t alignment = 8) {
  const char* const error = ErrnoName();
  if (block == nullptr) {
    std::printf("%s: null, %s\n", call, error);
    return;
  }
  const bool fits = malloc_usable_size(block) >= bytes;
  const bool aligned = reinterpret_cast<std::uintptr_t>(block) % alignment == 0;
  std::memset(block, 0x5a, malloc_usable_size(block));
  std::printf("%s: a block, %s, %s, %s\n", call, fits ? "fits" : "SHORT",
              aligned ? "aligned" : "NOT ALIGNED", error);
  errno = 0;
  std::free(block);
  if (errno != 0) std::printf("%s: free changed errno\n", call);
}

#define PRINT(call, ...)              \
  do {                                \
    errno = 0;                        \
    void* const block = call;         \
    Print(#call, block, __VA_ARGS__); \
  } while (false)

void Sizes() {
  PRINT(std::malloc(0), 0);
  PRINT(std::malloc(1), 1, 16);
  PRINT(std::malloc(100'000), 100'000, 16);
  PRINT(std::malloc(half), 0);
  PRINT(std::malloc(half + 1), 0);
  PRINT(std::malloc(most), 0);
  PRINT(std::calloc(0, 8), 0);
  PRINT(std::calloc(8, 0), 0);
  PRINT(std::calloc(3, 100), 300, 16);
  PRINT(std::calloc(half, 2), 0);
  PRINT(std::calloc(half + 1, 2), 0);
  PRINT(std::calloc(most >> 31, most >> 31), 0);
  PRINT(std::realloc(nullptr, 0), 0);
  PRINT(std::realloc(nullptr, 100), 100, 16);
  PRINT(reallocarray(nullptr, 0, 8), 0);
  PRINT(reallocarray(nullptr, 3, 100), 300, 16);
  PRINT(reallocarray(nullptr, half + 1, 2), 0);
}

void OfABlock(const char* call, void* (*function)(void*)) {
  auto* const block = static_cast<char*>(std::malloc(100));
  std::memset(block, 7, 100);
  errno = 0;
  void* const result = function(block);
  std::printf("%s: %s, %s\n", call, result == nullptr ? "null" : "a block",
              ErrnoName());
  if (result != nullptr) std::free(result);
  if (result != nullptr || errno == 0) return;  // the old block is gone
  int kept = 0;
  for (int i = 0; i < 100; ++i) kept += block[i] == 7;
  std::printf("%s: %d of 100 bytes kept\n", call, kept);
  std::free(block);
}

void Reallocs() {
  OfABlock("realloc(block, 0)", [](void* p) { return std::realloc(p, 0); });
  OfABlock("realloc(block, 1)", [](void* p) { return std::realloc(p, 1); });
  OfABlock("realloc(block, 1 MB)",
           [](void* p) { return std::realloc(p, 1'000'000); });
  OfABlock("realloc(block, half)",
           [](void* p) { return std::realloc(p, half + 1); });
  OfABlock("realloc(block, all)",
           [](void* p) { return std::realloc(p, most); });
  OfABlock("reallocarray(block, 0, 8)",
           [](void* p) { return reallocarray(p, 0, 8); });
  OfABlock("reallocarray(block, 8, 0)",
           [](void* p) { return reallocarray(p, 8, 0); });
  OfABlock("reallocarray(block, wraps to 16)",
           [](void* p) { return reallocarray(p, most / 16 + 2, 16); });
}

void Alignments() {
  PRINT(memalign(0, 8), 8, 1);
  PRINT(memalign(1, 8), 8, 16);
  PRINT(memalign(3, 100), 100, 4);
  PRINT(memalign(24, 100), 100, 32);
  PRINT(memalign(33, 5'000), 5'000, 64);
  PRINT(memalign(5'000, 100), 100, 8'192);
  PRINT(memalign(100'000, 1), 1, 131'072);
  PRINT(memalign(64, 0), 0, 64);
  PRINT(memalign(64, most - 32), 0);
  PRINT(memalign(std::size_t{1} << 62, 1), 0);
  PRINT(memalign(half + 1, 1), 0);
  PRINT(memalign(half + 2, 1), 0);
  PRINT(memalign(most, 1), 0);
  PRINT(aligned_alloc(64, 0), 0, 64);
  PRINT(aligned_alloc(64, 128), 128, 64);
  PRINT(aligned_alloc(64, 100), 100, 64);
  PRINT(aligned_alloc(1, 8), 8, 16);
  PRINT(aligned_alloc(64, most - 32), 0);
  PRINT(aligned_alloc(most, 1), 0);
  PRINT(valloc(0), 0, 4'096);
  PRINT(valloc(5'000), 5'000, 4'096);
  PRINT(valloc(most), 0);
  PRINT(pvalloc(0), 0, 4'096);
  PRINT(pvalloc(1), 4'096, 4'096);
  PRINT(pvalloc(4'097), 8'192, 4'096);
  PRINT(pvalloc(most), 0);
  PRINT(pvalloc(most - 4'095), 0);
}

void PosixAlignment(std::size_t alignment, std::size_t bytes) {
  int local = 0;
  void* block = &local;
  errno = 0;
  const int result = posix_memalign(&block, alignment, bytes);
  std::printf("posix_memalign(%zu, %zu): %s\n", alignment, bytes,
              result == 0        ? "0"
              : result == EINVAL ? "EINVAL"
              : result == ENOMEM ? "ENOMEM"
                                 : "another error");
  errno = 0;  // glibc sets it beside the result, which nobody promises
  if (result == 0) {
    Print("its block", block, bytes, alignment);
  } else if (block != &local) {
    std::printf("it changed the pointer\n");
  }
}

void PosixAlignments() {
  for (const std::size_t alignment :
       {std::size_t{0}, std::size_t{1}, std::size_t{4}, std::size_t{8},
        std::size_t{12}, std::size_t{16}, std::size_t{24}, std::size_t{4'096},
        std::size_t{1} << 20, half + 1, most}) {
    for (const std::size_t bytes : {std::size_t{0}, std::size_t{100}, most}) {
      if (alignment == half + 1 && bytes == 0) continue;
      PosixAlignment(alignment, bytes);
    }
  }
}

}  // namespace

int main() {
  Sizes();
  Reallocs();
  Alignments();
  PosixAlignments();
  std::printf("malloc_usable_size(nullptr): %zu\n",
              malloc_usable_size(nullptr));
  void* const first = std::malloc(0);
  void* const second = std::malloc(0);
  std::printf("two blocks of 0 bytes: %s\n",
              first != second ? "two addresses" : "ONE ADDRESS");
  std::free(first);
  std::free(second);
}
