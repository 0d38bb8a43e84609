// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/churn.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <random>
#include <thread>
#include <utility>
#include <vector>

namespace workbook {
namespace {

using Blocks = std::vector<void*>;

constexpr std::size_t kThreads = 2;
constexpr std::size_t kBlocks = 5'000;
constexpr std::size_t kReplacements = 20'000;
constexpr int kLooks = 12;

std::size_t SizeOf(unsigned random) { return 10 + random % 490; }

// False: there was no memory.
bool Replace(Blocks& blocks, unsigned seed) {
  std::minstd_rand random(seed);
  for (std::size_t i = 0; i < kReplacements; ++i) {
    void*& block = blocks[random() % kBlocks];
    std::free(block);
    const std::size_t bytes = SizeOf(static_cast<unsigned>(random()));
    block = std::malloc(bytes);
    if (block == nullptr) return false;
    static_cast<volatile char*>(block)[bytes - 1] = 1;
  }
  return true;
}

std::size_t ResidentBytes() {
  std::FILE* const file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  unsigned long pages = 0;
  const int found = std::fscanf(file, "%*u %lu", &pages);
  std::fclose(file);
  return found == 1 ? pages * static_cast<std::size_t>(getpagesize()) : 0;
}

}  // namespace

std::size_t ChurnBlocks(std::chrono::milliseconds duration,
                        const std::function<void(std::chrono::milliseconds,
                                                 std::size_t)>& on_look) {
  std::array<Blocks, kThreads> blocks;
  blocks.fill(Blocks(kBlocks, nullptr));
  std::size_t replaced = 0;
  unsigned seed = 0;
  int looks = 0;
  const auto start = std::chrono::steady_clock::now();
  while (looks < kLooks) {
    std::array<bool, kThreads> served{};
    std::array<std::thread, kThreads> threads;
    for (std::size_t t = 0; t < kThreads; ++t) {
      threads[t] = std::thread([&own = blocks[t], &done = served[t],
                                mine = ++seed] { done = Replace(own, mine); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const bool done : served) {
      if (!done) throw std::bad_alloc();
    }
    std::swap(blocks[0], blocks[1]);
    replaced += kThreads * kReplacements;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    if (elapsed < duration * (looks + 1) / kLooks) continue;
    ++looks;
    on_look(elapsed, ResidentBytes());
  }
  for (const Blocks& own : blocks) {
    for (void* block : own) std::free(block);
  }
  return replaced;
}

}  // namespace workbook
