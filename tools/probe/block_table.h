// SPDX-License-Identifier: Apache-2.0

// The sizes of the blocks that are alive, by address.
#ifndef WORKBOOK_TOOLS_PROBE_BLOCK_TABLE_H_
#define WORKBOOK_TOOLS_PROBE_BLOCK_TABLE_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

// An open-addressing table with linear probing and backward-shift deletion
// (Knuth, TAOCP 3, 6.4, algorithm R), in memory of its own from mmap: it is
// used inside malloc, so it must not call malloc.
// Thread safety: none; the probe holds its lock.
class BlockTable {
 public:
  static constexpr std::size_t kUnknown = ~std::size_t{0};

  constexpr BlockTable() = default;

  // Remembers `size_bytes` for `block`; an older entry is replaced. Returns
  // false, and forgets the block, when the system has no memory for a larger
  // table.
  bool Insert(const void* block, std::size_t size_bytes);

  // Forgets `block` and returns its size, or kUnknown.
  std::size_t Remove(const void* block);

  void Clear();

 private:
  struct Entry {
    std::uintptr_t block;
    std::size_t size_bytes;
  };

  bool Grow();
  std::size_t Home(std::uintptr_t block) const;
  void Place(std::uintptr_t block, std::size_t size_bytes);

  Entry* entries_ = nullptr;
  std::size_t capacity_ = 0;  // a power of two
  std::size_t used_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_BLOCK_TABLE_H_
