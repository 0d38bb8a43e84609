// SPDX-License-Identifier: Apache-2.0

// Blocks that know whether somebody else wrote to them.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_BLOCK_PATTERNS_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_BLOCK_PATTERNS_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <random>
#include <vector>

namespace workbook {

// Random allocations and frees of blocks that carry a pattern, so that a second
// owner is seen. The allocator has Allocate(bytes) and Deallocate(block).
// Thread safety: none. What is live at its end is left.
template <class Allocator>
class BlockPatterns {
 public:
  BlockPatterns(Allocator& allocator, unsigned seed)
      : allocator_(allocator), random_(seed) {}

  // Allocates up to `most_bytes` or frees; never above `most_blocks` live.
  void Step(std::size_t most_blocks, std::size_t most_bytes) {
    if (blocks_.size() < most_blocks &&
        (blocks_.empty() || random_() % 100 < 55)) {
      const std::size_t doubling = random_() % 12;
      std::size_t bytes = 1 + random_() % (std::size_t{8} << doubling);
      bytes = std::min(bytes, most_bytes);
      auto* const block =
          static_cast<unsigned char*>(allocator_.Allocate(bytes));
      if (block == nullptr) {
        ++failures_;
        return;
      }
      const auto pattern = static_cast<unsigned char>(random_());
      Paint(block, bytes, pattern);
      blocks_.push_back({block, bytes, pattern});
      return;
    }
    FreeOne(random_() % blocks_.size());
  }
  void FreeAll() {
    while (!blocks_.empty()) FreeOne(blocks_.size() - 1);
  }
  // Blocks whose pattern was gone, and allocations that returned nullptr.
  std::size_t damaged() const { return damaged_; }
  std::size_t failures() const { return failures_; }

 private:
  struct Block {
    unsigned char* memory;
    std::size_t bytes;
    unsigned char pattern;
  };
  // The first and last 16 bytes: ten million blocks in a few seconds.
  static void Paint(unsigned char* memory, std::size_t bytes,
                    unsigned char pattern) {
    const std::size_t edge = std::min<std::size_t>(bytes, 16);
    std::memset(memory, pattern, edge);
    std::memset(memory + bytes - edge, pattern, edge);
  }
  void FreeOne(std::size_t i) {
    const Block block = blocks_[i];
    blocks_[i] = blocks_.back();
    blocks_.pop_back();
    const std::size_t edge = std::min<std::size_t>(block.bytes, 16);
    const auto same = [&](const unsigned char* from) {
      return std::all_of(from, from + edge, [&](unsigned char byte) {
        return byte == block.pattern;
      });
    };
    if (!same(block.memory) || !same(block.memory + block.bytes - edge)) {
      ++damaged_;
    }
    allocator_.Deallocate(block.memory);
  }

  Allocator& allocator_;
  std::minstd_rand random_;
  std::vector<Block> blocks_;
  std::size_t damaged_ = 0;
  std::size_t failures_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_BLOCK_PATTERNS_H_
