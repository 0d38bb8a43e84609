// SPDX-License-Identifier: Apache-2.0

// Memory that counts what is lent, and runs out when a test wants it to.
#ifndef WORKBOOK_EXERCISES_03_03_TESTING_SCARCE_MEMORY_H_
#define WORKBOOK_EXERCISES_03_03_TESTING_SCARCE_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory_resource>
#include <new>

namespace workbook {

// Thread safety: one thread.
class ScarceMemory : public std::pmr::memory_resource {
 public:
  // Lets the next `count` allocations succeed; the one behind them throws.
  void AllowAllocations(std::int64_t count) { allowed_ = count; }
  void AllowAll() { allowed_ = std::numeric_limits<std::int64_t>::max(); }

  std::size_t live_bytes() const { return live_bytes_; }
  std::int64_t allocations() const { return allocations_; }

 private:
  void* do_allocate(std::size_t size_bytes, std::size_t alignment) override {
    if (allowed_ == 0) throw std::bad_alloc();
    --allowed_;
    ++allocations_;
    live_bytes_ += size_bytes;
    return std::pmr::new_delete_resource()->allocate(size_bytes, alignment);
  }
  void do_deallocate(void* block, std::size_t size_bytes,
                     std::size_t alignment) override {
    live_bytes_ -= size_bytes;
    std::pmr::new_delete_resource()->deallocate(block, size_bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }

  std::int64_t allowed_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t allocations_ = 0;
  std::size_t live_bytes_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_03_TESTING_SCARCE_MEMORY_H_
