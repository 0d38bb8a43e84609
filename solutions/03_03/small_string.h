// SPDX-License-Identifier: Apache-2.0

// A string of 24 bytes that has 23 of them for its text.
#ifndef WORKBOOK_03_03_SMALL_STRING_H_
#define WORKBOOK_03_03_SMALL_STRING_H_

#include <cstddef>
#include <string_view>

namespace workbook {

// An immutable text with a zero byte behind it. Up to kInlineBytes lie in the
// object itself, longer texts on the heap; sizeof is 24.
//
// The last byte tells which. Of an inline text it is kInlineBytes - size, which
// is 0 for the longest one: so it is the terminator as well.
// Thread safety: as an int.
// Source: folly::fbstring, folly/FBString.h.
class SmallString {
 public:
  static constexpr std::size_t kInlineBytes = 23;

  // Makes the empty text.
  // Cost: O(1), no allocation.
  SmallString() noexcept;

  // Copies `text`.
  // Cost: O(text); no allocation up to kInlineBytes, else one of the text's
  // bytes and one more.
  // On failure: std::bad_alloc.
  explicit SmallString(std::string_view text);

  // Copies the text of `other`, or takes it over and leaves `other` empty.
  // Cost: that of SmallString(text); O(1) without an allocation for a move.
  // On failure: std::bad_alloc for a copy; a move can't fail.
  SmallString(const SmallString& other);
  SmallString(SmallString&& other) noexcept;

  // Takes the text of `other`, which may be this very string.
  // Cost: that of the copy or move.
  SmallString& operator=(SmallString other) noexcept;

  ~SmallString();

  // Returns the text, which may have zero bytes of its own. The view of an
  // inline text is good until this object is changed, moved from or destroyed.
  // Cost: O(1), no allocation.
  std::string_view view() const;

  // Returns the text with a zero byte behind it.
  // Cost: O(1), no allocation.
  const char* c_str() const { return view().data(); }

 private:
  // What bytes_ begins with where the text lies on the heap.
  struct Heap {
    char* data;
    std::size_t size_bytes;
  };
  static constexpr unsigned char kOnHeap = 0xFF;

  bool IsInline() const;
  Heap LoadHeap() const;

  alignas(void*) unsigned char bytes_[kInlineBytes + 1];
};

}  // namespace workbook

#endif  // WORKBOOK_03_03_SMALL_STRING_H_
