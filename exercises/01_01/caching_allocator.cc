// SPDX-License-Identifier: Apache-2.0

#include "01_01/caching_allocator.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "tools/exercise/todo.h"

namespace workbook {

void* CachingAllocator::AllocateAligned(std::size_t bytes,
                                        std::size_t alignment_bytes) {
  Todo("01_01 task 7: CachingAllocator::AllocateAligned");
}

void* CachingAllocator::AllocateZeroed(std::size_t bytes) {
  Todo("01_01 task 7: CachingAllocator::AllocateZeroed");
}

void* CachingAllocator::AllocateTiny(std::size_t bytes) {
  Todo("01_01 task 7: CachingAllocator::AllocateTiny");
}

std::size_t CachingAllocator::UsableSize(const void* block) const {
  Todo("01_01 task 7: CachingAllocator::UsableSize");
}

bool CachingAllocator::ExtendInPlace(void* block, std::size_t bytes) {
  Todo("01_01 task 7: CachingAllocator::ExtendInPlace");
}

std::size_t CachingAllocator::ReleaseMemory() {
  Todo("01_01 task 7: CachingAllocator::ReleaseMemory");
}

CachingAllocator::Statistics CachingAllocator::GetStatistics() {
  Todo("01_01 task 7: CachingAllocator::GetStatistics");
}

}  // namespace workbook
