// SPDX-License-Identifier: Apache-2.0

#include "01_01/caching_resource.h"

#include <new>

namespace workbook {

void* CachingResource::do_allocate(std::size_t bytes,
                                   std::size_t alignment_bytes) {
  void* const block = allocator_.AllocateAligned(bytes, alignment_bytes);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void CachingResource::do_deallocate(void* block, std::size_t, std::size_t) {
  allocator_.Deallocate(block);
}

// [given]
bool CachingResource::do_is_equal(const memory_resource& other) const noexcept {
  const auto* resource = dynamic_cast<const CachingResource*>(&other);
  return resource != nullptr && &resource->allocator_ == &allocator_;
}

}  // namespace workbook
