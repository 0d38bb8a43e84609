// SPDX-License-Identifier: Apache-2.0

#include "tools/probe/block_table.h"

#include <sys/mman.h>

namespace workbook {

namespace {

constexpr std::size_t kFirstCapacity = std::size_t{1} << 14;

}  // namespace

std::size_t BlockTable::Home(std::uintptr_t block) const {
  // Fibonacci hashing; the low four bits of a block's address are always zero.
  const std::uint64_t mixed = (block >> 4) * 0x9E3779B97F4A7C15u;
  return static_cast<std::size_t>(mixed >> 20) & (capacity_ - 1);
}

void BlockTable::Place(std::uintptr_t block, const BlockRecord& record) {
  std::size_t slot = Home(block);
  while (entries_[slot].block != 0 && entries_[slot].block != block) {
    slot = (slot + 1) & (capacity_ - 1);
  }
  if (entries_[slot].block == 0) ++used_;
  entries_[slot] = {block, record};
}

bool BlockTable::Grow() {
  const std::size_t capacity = capacity_ == 0 ? kFirstCapacity : 2 * capacity_;
  void* memory = mmap(nullptr, capacity * sizeof(Entry), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return false;
  Entry* const old_entries = entries_;
  const std::size_t old_capacity = capacity_;
  entries_ = static_cast<Entry*>(memory);
  capacity_ = capacity;
  used_ = 0;
  for (std::size_t i = 0; i < old_capacity; ++i) {
    if (old_entries[i].block != 0) {
      Place(old_entries[i].block, old_entries[i].record);
    }
  }
  if (old_entries != nullptr) munmap(old_entries, old_capacity * sizeof(Entry));
  return true;
}

bool BlockTable::Insert(const void* block, const BlockRecord& record) {
  if (2 * (used_ + 1) > capacity_ && !Grow()) {
    Remove(block);
    return false;
  }
  Place(reinterpret_cast<std::uintptr_t>(block), record);
  return true;
}

BlockRecord BlockTable::Remove(const void* block) {
  if (capacity_ == 0) return kUnknown;
  const std::size_t mask = capacity_ - 1;
  const auto address = reinterpret_cast<std::uintptr_t>(block);
  std::size_t slot = Home(address);
  while (entries_[slot].block != address) {
    if (entries_[slot].block == 0) return kUnknown;
    slot = (slot + 1) & mask;
  }
  const BlockRecord record = entries_[slot].record;
  std::size_t hole = slot;
  for (std::size_t i = (slot + 1) & mask; entries_[i].block != 0;
       i = (i + 1) & mask) {
    const std::size_t home = Home(entries_[i].block);
    if (((i - home) & mask) >= ((i - hole) & mask)) {
      entries_[hole] = entries_[i];
      hole = i;
    }
  }
  entries_[hole] = {};
  --used_;
  return record;
}

void BlockTable::Clear() {
  if (used_ == 0) return;
  // Not memset: ThreadSanitizer sees that one, but not the probe's own lock,
  // and takes two threads that open a scope in turn for a race. The empty
  // statement keeps the compiler from making a memset of the loop.
  for (std::size_t i = 0; i < capacity_; ++i) {
    entries_[i] = {};
    asm volatile("" : : : "memory");
  }
  used_ = 0;
}

}  // namespace workbook
