// SPDX-License-Identifier: Apache-2.0

// The sizes and ages of the blocks that are alive, by address.
#ifndef WORKBOOK_TOOLS_PROBE_BLOCK_TABLE_H_
#define WORKBOOK_TOOLS_PROBE_BLOCK_TABLE_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

struct BlockRecord {
  std::size_t size_bytes = 0;
  // How many scopes had been opened when it was allocated.
  std::uint64_t scopes_before = 0;
  bool operator==(const BlockRecord&) const = default;
};

// An open-addressing table with linear probing and backward-shift deletion
// (Knuth, TAOCP 3, 6.4, algorithm R), in memory of its own from mmap: it is
// used inside malloc, so it must not call malloc.
// Thread safety: none; the probe holds its lock.
class BlockTable {
 public:
  static constexpr BlockRecord kUnknown{~std::size_t{0}, 0};

  constexpr BlockTable() = default;

  // Remembers `record` for `block`; an older entry is replaced. Returns
  // false, and forgets the block, when the system has no memory for a larger
  // table.
  bool Insert(const void* block, const BlockRecord& record);

  // Forgets `block` and returns its record, or kUnknown.
  BlockRecord Remove(const void* block);

  void Clear();

 private:
  struct Entry {
    std::uintptr_t block;
    BlockRecord record;
  };

  bool Grow();
  std::size_t Home(std::uintptr_t block) const;
  void Place(std::uintptr_t block, const BlockRecord& record);

  Entry* entries_ = nullptr;
  std::size_t capacity_ = 0;  // a power of two
  std::size_t used_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_BLOCK_TABLE_H_
