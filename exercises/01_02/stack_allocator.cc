// SPDX-License-Identifier: Apache-2.0

#include "01_02/stack_allocator.h"

#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

StackAllocator::StackAllocator(std::size_t capacity_bytes) {
  Todo("01_02 task 3: StackAllocator::StackAllocator");
}

StackAllocator::StackAllocator(std::span<std::byte> buffer) {
  Todo("01_02 task 3: StackAllocator::StackAllocator");
}

void StackAllocator::Free(void* block) {
  Todo("01_02 task 3: StackAllocator::Free");
}

void StackAllocator::Reset() {
  // Whatever else you keep about blocks ends here, too.
  Todo("01_02 task 3: StackAllocator::Reset");
}

std::size_t StackAllocator::CapacityBytes() const {
  Todo("01_02 task 3: StackAllocator::CapacityBytes");
}

std::size_t StackAllocator::UsedBytes() const {
  Todo("01_02 task 3: StackAllocator::UsedBytes");
}

std::size_t StackAllocator::HighWaterMarkBytes() const {
  Todo("01_02 task 3: StackAllocator::HighWaterMarkBytes");
}

std::size_t StackAllocator::BytesHeld() const {
  Todo("01_02 task 3: StackAllocator::BytesHeld");
}

StackScope::~StackScope() {
  // Yours. No Todo: it may not leave a destructor.
}

}  // namespace workbook
