// SPDX-License-Identifier: Apache-2.0

// Memory that runs out when a test says so.
#ifndef WORKBOOK_EXERCISES_04_02_TESTING_SCARCE_MEMORY_H_
#define WORKBOOK_EXERCISES_04_02_TESTING_SCARCE_MEMORY_H_

#include <cstddef>
#include <limits>
#include <memory_resource>
#include <new>

namespace workbook {

class ScarceMemory : public std::pmr::memory_resource {
 public:
  // How many allocations succeed from now on; later ones throw std::bad_alloc.
  int allowed = std::numeric_limits<int>::max();
  int allocations = 0;

 private:
  void* do_allocate(std::size_t size_bytes, std::size_t alignment) override {
    if (allowed == 0) throw std::bad_alloc();
    --allowed;
    ++allocations;
    return std::pmr::new_delete_resource()->allocate(size_bytes, alignment);
  }
  void do_deallocate(void* block, std::size_t size_bytes,
                     std::size_t alignment) override {
    std::pmr::new_delete_resource()->deallocate(block, size_bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_02_TESTING_SCARCE_MEMORY_H_
