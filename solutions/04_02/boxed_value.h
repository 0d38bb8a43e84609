// SPDX-License-Identifier: Apache-2.0

// A value of a script in eight bytes: a double, or what hides in a NaN.
#ifndef WORKBOOK_04_02_BOXED_VALUE_H_
#define WORKBOOK_04_02_BOXED_VALUE_H_

#include <cstdint>

namespace workbook {

enum class BoxedKind : std::uint8_t {
  kNumber,
  kInteger,
  kBool,
  kNil,
  kPointer
};

// Every pattern of bits up to that of -infinity, and the one quiet NaN of the
// constants below, is a double. The others are NaNs that no operation of the
// hardware makes; they carry a kind in 3 bits and 48 bits more.
//
// Bytes: 8, as a double.
// Cost: O(1), no allocation.
// Thread safety: that of a plain number.
// Source: NaN boxing as in LuaJIT and SpiderMonkey; IEEE 754-2019, 6.2.1.
class BoxedValue {
 public:
  // Makes nil.
  BoxedValue();

  // Boxes a number. Every NaN becomes the one quiet NaN, so that none looks
  // like another kind; all other numbers keep each bit, -0.0 as well.
  static BoxedValue Number(double value);
  static BoxedValue Integer(std::int32_t value);
  static BoxedValue Bool(bool value);
  // Boxes an address.
  // REQUIRES: the address has at most 48 bits, as on x86-64 and AArch64 in a
  // process without larger ones.
  static BoxedValue Pointer(const void* value);

  // Returns what kind of value it is.
  BoxedKind kind() const;

  // Returns the value, as all below do.
  // REQUIRES: it is of that kind.
  double number() const;
  std::int32_t integer() const;
  bool boolean() const;
  const void* pointer() const;

 private:  // [given]
  // A NaN with its sign set: 0xFFF9 to 0xFFFC in the upper 16 bits name the
  // kinds but numbers. 0x7FF8 is the one quiet NaN.
  static constexpr std::uint64_t kQuietNan = 0x7FF8'0000'0000'0000;
  static constexpr std::uint64_t kFirstTag = 0xFFF8;

  explicit BoxedValue(std::uint64_t bits) : bits_(bits) {}

  std::uint64_t bits_;
};
static_assert(sizeof(BoxedValue) == 8);

}  // namespace workbook

#endif  // WORKBOOK_04_02_BOXED_VALUE_H_
