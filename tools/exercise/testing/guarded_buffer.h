// SPDX-License-Identifier: Apache-2.0

// Buffers whose neighbours nobody may touch: what is written or read past an
// end is seen at the very byte, in every build.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_GUARDED_BUFFER_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_GUARDED_BUFFER_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

namespace workbook {

// Whole pages from mmap between two pages that mprotect has closed. The memory
// is not the heap's: an AllocationScope does not see it.
// Thread safety: one thread at a time for each object.
class GuardedBuffer {
 public:
  // Room for `most_bytes`, rounded up to pages. On failure: throws
  // std::bad_alloc.
  explicit GuardedBuffer(std::size_t most_bytes);
  ~GuardedBuffer();
  GuardedBuffer(const GuardedBuffer&) = delete;
  GuardedBuffer& operator=(const GuardedBuffer&) = delete;

  // `size_bytes` bytes, filled with 0xA5. Last ends where the closed page
  // begins; First begins where the other one ends.
  // REQUIRES: size_bytes is at most the room; throws std::length_error
  // otherwise.
  std::span<char> Last(std::size_t size_bytes);
  std::span<char> First(std::size_t size_bytes);

  // The same with the bytes of `text`: for what is only read.
  std::string_view LastCopy(std::string_view text);
  std::string_view FirstCopy(std::string_view text);

 private:
  char* mapping_;
  std::size_t mapping_bytes_;
  std::size_t room_bytes_;
  std::size_t page_bytes_;
};

// Runs `call`; whether it touched memory that is closed to it (SIGSEGV). Then
// it was left where it stood: what it held on the heap is lost. So a test fails
// with a message, and does not die.
// Thread safety: one call at a time in the process; they do not nest.
bool TouchesClosedMemory(const std::function<void()>& call);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_GUARDED_BUFFER_H_
