// SPDX-License-Identifier: Apache-2.0

// A resource that counts what is lent, and can be out of memory.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_COUNTING_UPSTREAM_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_COUNTING_UPSTREAM_H_

#include <cstddef>
#include <memory_resource>
#include <new>

namespace workbook {

class CountingUpstream : public std::pmr::memory_resource {
 public:
  std::size_t blocks = 0;
  std::size_t bytes = 0;
  std::size_t last_alignment = 0;
  bool exhausted = false;

 private:
  void* do_allocate(std::size_t size_bytes, std::size_t alignment) override {
    if (exhausted) throw std::bad_alloc();
    blocks++;
    bytes += size_bytes;
    last_alignment = alignment;
    return std::pmr::new_delete_resource()->allocate(size_bytes, alignment);
  }
  void do_deallocate(void* block, std::size_t size_bytes,
                     std::size_t alignment) override {
    blocks--;
    bytes -= size_bytes;
    std::pmr::new_delete_resource()->deallocate(block, size_bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_COUNTING_UPSTREAM_H_
