// SPDX-License-Identifier: Apache-2.0

// The allocator for code that takes a std::pmr::memory_resource.
#ifndef WORKBOOK_01_01_CACHING_RESOURCE_H_
#define WORKBOOK_01_01_CACHING_RESOURCE_H_

#include <cstddef>
#include <memory_resource>

#include "01_01/caching_allocator.h"

// [given]
namespace workbook {

// A CachingAllocator as the memory of standard containers.
class CachingResource final : public std::pmr::memory_resource {
 public:
  explicit CachingResource(CachingAllocator& allocator)
      : allocator_(allocator) {}

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment_bytes) override;
  void do_deallocate(void* block, std::size_t, std::size_t) override;
  bool do_is_equal(const memory_resource& other) const noexcept override;

  CachingAllocator& allocator_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_CACHING_RESOURCE_H_
