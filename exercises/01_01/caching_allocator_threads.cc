// SPDX-License-Identifier: Apache-2.0

// Which thread has which cache: from its first allocation to its end, and in a
// child after fork.
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <new>
#include <stdexcept>

#include "01_01/caching_allocator.h"
#include "tools/exercise/todo.h"

namespace workbook {

CachingAllocator::CachingAllocator(PageSource& source)
    : CachingAllocator(source, ProcessWide{}) {
  Todo("01_01 task 7: CachingAllocator::CachingAllocator");
}

CachingAllocator::~CachingAllocator() {
  // Yours. No Todo: it may not leave a destructor.
}

void CachingAllocator::LockForFork() {
  Todo("01_01 task 7: CachingAllocator::LockForFork");
}

void CachingAllocator::UnlockAfterFork() {
  Todo("01_01 task 7: CachingAllocator::UnlockAfterFork");
}

void CachingAllocator::UnlockInChild() {
  Todo("01_01 task 7: CachingAllocator::UnlockInChild");
}

}  // namespace workbook
