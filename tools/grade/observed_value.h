// SPDX-License-Identifier: Apache-2.0

// What an assertion of a hidden test saw of one operand, in a form that the
// test's process and the grader share.
#ifndef WORKBOOK_TOOLS_GRADE_OBSERVED_VALUE_H_
#define WORKBOOK_TOOLS_GRADE_OBSERVED_VALUE_H_

#include <bit>
#include <cstdint>

namespace workbook::grade {

// `kind` says what `bits` are:
//   s, u, f  a signed number, an unsigned one, a double
//   p        a pointer: 0 where it is null, else in the order of first sight
//   x        the hash of a text or of a container
//   ?        a type that we can't read
//   *        the same, and it was equal to two different numbers
struct ObservedValue {
  char kind = '?';
  std::uint64_t bits = 0;
  bool operator==(const ObservedValue&) const = default;
};

// What an assertion demands of its operands.
inline constexpr char kEqual = '=';
inline constexpr char kNotEqual = '!';
inline constexpr char kLess = '<';
inline constexpr char kLessOrEqual = 'l';
inline constexpr char kGreater = '>';
inline constexpr char kGreaterOrEqual = 'g';
inline constexpr char kTrue = 't';
inline constexpr char kReached = 'r';  // only that it was evaluated

template <typename Number>
constexpr bool HoldsFor(char relation, Number a, Number b) {
  switch (relation) {
    case kEqual:
      return a == b;
    case kNotEqual:
      return a != b;
    case kLess:
      return a < b;
    case kLessOrEqual:
      return a <= b;
    case kGreater:
      return a > b;
    case kGreaterOrEqual:
      return a >= b;
    default:
      return true;
  }
}

// False where the operands are known and can't have satisfied the assertion.
constexpr bool Holds(char relation, ObservedValue a, ObservedValue b) {
  if (a.kind == '*' || b.kind == '*') return false;
  if (relation == kTrue) return a.bits != 0;
  if (a.kind != b.kind) return true;
  switch (a.kind) {
    case 's':
      return HoldsFor(relation, static_cast<std::int64_t>(a.bits),
                      static_cast<std::int64_t>(b.bits));
    case 'u':
      return HoldsFor(relation, a.bits, b.bits);
    case 'f':
      return HoldsFor(relation, std::bit_cast<double>(a.bits),
                      std::bit_cast<double>(b.bits));
    case 'p':
    case 'x':
      return (relation != kEqual && relation != kNotEqual) ||
             HoldsFor(relation, a.bits, b.bits);
    default:
      return true;
  }
}

// The digest of a value behind those that `digest` is of. Source: the finalizer
// of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
// generators", 2014).
constexpr std::uint64_t Fold(std::uint64_t digest, ObservedValue value) {
  std::uint64_t mixed = digest * 0x9e3779b97f4a7c15 + value.bits;
  mixed ^= static_cast<std::uint64_t>(value.kind) << 56;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OBSERVED_VALUE_H_
