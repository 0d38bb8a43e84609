// SPDX-License-Identifier: Apache-2.0

// A string of bounded length whose characters are inside the object.
#ifndef WORKBOOK_04_01_INPLACE_STRING_H_
#define WORKBOOK_04_01_INPLACE_STRING_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

namespace workbook {

// Up to N characters, any bytes. It is trivially copyable, so memcpy copies it
// and an array of them is one block. There is no terminating NUL: all N
// characters are yours.
// Bytes: N and the smallest unsigned integer that can hold N, so that
// sizeof(InplaceString<15>) is 16.
// Cost: O(characters touched); no allocation. A copy copies the whole object.
// Thread safety: as for an int.
// On failure: what does not fit is refused whole; the string stays what it was.
template <std::size_t N>
class InplaceString {
 public:
  static constexpr std::size_t kCapacity = N;

  InplaceString() = default;

  std::string_view view() const {
    // The string's own memory, on the heap beyond 15 characters.
    return text_;
  }
  std::size_t size() const { return view().size(); }
  bool empty() const { return size() == 0; }

  void Clear() {
    // Gives up the memory as well.
    text_ = std::string();
  }

  // Makes the string `text`, which may be a part of it. False when it is longer
  // than N.
  [[nodiscard]] bool TryAssign(std::string_view text) {
    if (text.size() > N) return false;
    text_ = std::string(text);
    return true;
  }

  // Appends `text`, which may be a part of it. False when the sum is longer
  // than N.
  [[nodiscard]] bool TryAppend(std::string_view text) {
    if (text.size() > N - size()) return false;
    text_ += text;
    return true;
  }

  [[nodiscard]] bool TryPushBack(char c) { return TryAppend({&c, 1}); }

  friend bool operator==(const InplaceString& a, const InplaceString& b) {
    return a.view() == b.view();
  }
  friend std::strong_ordering operator<=>(const InplaceString& a,
                                          const InplaceString& b) {
    return a.view() <=> b.view();
  }

 private:
  std::string text_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_01_INPLACE_STRING_H_
