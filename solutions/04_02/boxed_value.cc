// SPDX-License-Identifier: Apache-2.0

#include "04_02/boxed_value.h"

#include <bit>
#include <cmath>

namespace workbook {
namespace {

// The kind in the upper 16 bits, above what it carries.
constexpr std::uint64_t Tagged(std::uint64_t first_tag, BoxedKind kind,
                               std::uint64_t payload) {
  return (first_tag + static_cast<std::uint64_t>(kind)) << 48 | payload;
}

constexpr std::uint64_t kPayload = (std::uint64_t{1} << 48) - 1;

}  // namespace

BoxedValue::BoxedValue() : bits_(Tagged(kFirstTag, BoxedKind::kNil, 0)) {}

BoxedValue BoxedValue::Number(double value) {
  if (std::isnan(value)) return BoxedValue(kQuietNan);
  return BoxedValue(std::bit_cast<std::uint64_t>(value));
}

BoxedValue BoxedValue::Integer(std::int32_t value) {
  return BoxedValue(Tagged(kFirstTag, BoxedKind::kInteger,
                           static_cast<std::uint32_t>(value)));
}

BoxedValue BoxedValue::Bool(bool value) {
  return BoxedValue(Tagged(kFirstTag, BoxedKind::kBool, value ? 1 : 0));
}

BoxedValue BoxedValue::Pointer(const void* value) {
  return BoxedValue(Tagged(kFirstTag, BoxedKind::kPointer,
                           reinterpret_cast<std::uintptr_t>(value)));
}

BoxedKind BoxedValue::kind() const {
  const std::uint64_t tag = bits_ >> 48;
  if (tag <= kFirstTag) return BoxedKind::kNumber;
  return static_cast<BoxedKind>(tag - kFirstTag);
}

double BoxedValue::number() const { return std::bit_cast<double>(bits_); }

std::int32_t BoxedValue::integer() const {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits_));
}

bool BoxedValue::boolean() const { return (bits_ & 1) != 0; }

const void* BoxedValue::pointer() const {
  return reinterpret_cast<const void*>(bits_ & kPayload);
}

}  // namespace workbook
