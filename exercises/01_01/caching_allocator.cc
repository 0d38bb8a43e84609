#include "01_01/caching_allocator.h"

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>

namespace workbook {

CachingAllocator::CachingAllocator(PageSource& source)
    : CachingAllocator(source, ProcessWide{}) {
  Todo("01_01 task 7: CachingAllocator::CachingAllocator");
}

CachingAllocator::~CachingAllocator() = default;

void* CachingAllocator::AllocateAligned(
    [[maybe_unused]] std::size_t bytes,
    [[maybe_unused]] std::size_t alignment_bytes) {
  Todo("01_01 task 7: CachingAllocator::AllocateAligned");
}

void* CachingAllocator::AllocateZeroed([[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 7: CachingAllocator::AllocateZeroed");
}

void* CachingAllocator::AllocateTiny([[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 7: CachingAllocator::AllocateTiny");
}

std::size_t CachingAllocator::UsableSize(
    [[maybe_unused]] const void* block) const {
  Todo("01_01 task 7: CachingAllocator::UsableSize");
}

bool CachingAllocator::ExtendInPlace([[maybe_unused]] void* block,
                                     [[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 7: CachingAllocator::ExtendInPlace");
}

std::size_t CachingAllocator::ReleaseMemory() {
  Todo("01_01 task 7: CachingAllocator::ReleaseMemory");
}

CachingAllocator::Statistics CachingAllocator::GetStatistics() {
  Todo("01_01 task 7: CachingAllocator::GetStatistics");
}

void CachingAllocator::LockForFork() {
  Todo("01_01 task 7: CachingAllocator::LockForFork");
}

void CachingAllocator::UnlockAfterFork() {
  Todo("01_01 task 7: CachingAllocator::UnlockAfterFork");
}

void* CachingResource::do_allocate(
    [[maybe_unused]] std::size_t bytes,
    [[maybe_unused]] std::size_t alignment_bytes) {
  Todo("01_01 task 7: CachingResource::do_allocate");
}

void CachingResource::do_deallocate([[maybe_unused]] void* block, std::size_t,
                                    std::size_t) {
  Todo("01_01 task 7: CachingResource::do_deallocate");
}

bool CachingResource::do_is_equal(const memory_resource& other) const noexcept {
  const auto* resource = dynamic_cast<const CachingResource*>(&other);
  return resource != nullptr && &resource->allocator_ == &allocator_;
}

}  // namespace workbook
