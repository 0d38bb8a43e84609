// SPDX-License-Identifier: Apache-2.0

// Text that never changes, so that all copies and parts of it share one block.
#ifndef WORKBOOK_03_03_SHARED_STRING_H_
#define WORKBOOK_03_03_SHARED_STRING_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace workbook {

// An immutable text in a block that counts its owners: the last of them frees
// it. sizeof is 16, as that of a string in Go.
//
// Invariants:
// 1. The count of a block is the number of SharedStrings that hold it.
// 2. A text of no byte holds no block.
//
// Thread safety: as an int. Threads may copy one SharedString that none of them
// changes, and each may destroy its own: the count is atomic.
class SharedString {
 public:
  // Makes the empty text.
  // Cost: O(1), no allocation.
  SharedString() = default;

  // Copies `text` into a new block.
  // Cost: O(text), one allocation of the text's bytes and at most 16 more; none
  // for an empty text.
  // On failure: std::bad_alloc; std::length_error for 4 GiB or more, before it
  // reads the text.
  explicit SharedString(std::string_view text);

  // Shares the block of `other`; a move takes it over and leaves `other` empty.
  // Cost: O(1), no allocation; one atomic addition, none for a move.
  SharedString(const SharedString& other) noexcept;
  SharedString(SharedString&& other) noexcept;

  // Takes the text of `other`, which may be this very string.
  // Cost: that of the copy or move, and of the destructor.
  SharedString& operator=(SharedString other) noexcept;

  // Lets go of the block, and frees it if no other SharedString holds it.
  // Cost: O(1), one atomic subtraction.
  ~SharedString();

  // Returns the part of `size_bytes` bytes that begins at byte `offset` of this
  // string (0 is its own first byte, also where it is a part itself), or all
  // bytes from there on where there are fewer. It shares the block. An offset
  // of size() gives the empty text.
  // Cost: O(1), no allocation.
  // On failure: std::out_of_range where `offset` is more than size().
  SharedString Substring(std::size_t offset, std::size_t size_bytes) const;

  // Returns this text in a block of its own if it holds more than `max_ratio`
  // times the bytes that it shows; else returns a string that shares the block.
  // Cost: O(1), or that of SharedString(view()).
  // On failure: as SharedString(view()).
  SharedString Trimmed(std::size_t max_ratio) const;

  // Returns the bytes of text that this string keeps alive: those of its block,
  // or 0 where it holds none.
  // Cost: O(1), no allocation.
  std::size_t HeldBytes() const;

  // Returns the text, a view that is good for as long as a SharedString holds
  // the block. Does not compile for a temporary, which may be the last one.
  // Cost: O(1), no allocation.
  std::string_view view() const&;
  std::string_view view() const&& = delete;

  // Returns the number of bytes that the text has.
  // Cost: O(1), no allocation.
  std::size_t size() const;

 private:
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_03_03_SHARED_STRING_H_
