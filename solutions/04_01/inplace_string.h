// SPDX-License-Identifier: Apache-2.0

// A string of bounded length whose characters are inside the object.
#ifndef WORKBOOK_04_01_INPLACE_STRING_H_
#define WORKBOOK_04_01_INPLACE_STRING_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
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

  std::string_view view() const { return {text_, size_}; }
  std::size_t size() const { return view().size(); }
  bool empty() const { return size() == 0; }

  void Clear() { size_ = 0; }

  // Makes the string `text`, which may be a part of it. False when it is longer
  // than N.
  [[nodiscard]] bool TryAssign(std::string_view text) {
    if (text.size() > N) return false;
    if (!text.empty()) std::memmove(text_, text.data(), text.size());
    size_ = static_cast<Size>(text.size());
    return true;
  }

  // Appends `text`, which may be a part of it. False when the sum is longer
  // than N.
  [[nodiscard]] bool TryAppend(std::string_view text) {
    if (text.size() > N - size()) return false;
    if (!text.empty()) std::memmove(text_ + size_, text.data(), text.size());
    size_ = static_cast<Size>(size_ + text.size());
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
  template <typename T>
  static constexpr bool kHolds = N <= std::numeric_limits<T>::max();
  using Size = std::conditional_t<
      kHolds<std::uint8_t>, std::uint8_t,
      std::conditional_t<kHolds<std::uint16_t>, std::uint16_t, std::uint32_t>>;
  static_assert(kHolds<std::uint32_t>, "4 GiB inside an object");
  static_assert(N > 0, "an array of no characters is not C++");

  Size size_ = 0;
  // Left as it is: writing N zeros would cost more than most assignments.
  char text_[N];
};

}  // namespace workbook

#endif  // WORKBOOK_04_01_INPLACE_STRING_H_
