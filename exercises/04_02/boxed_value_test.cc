// SPDX-License-Identifier: Apache-2.0

#include "04_02/boxed_value.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <variant>

#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Limits = std::numeric_limits<double>;
// [region Natural]
using Natural =
    std::variant<double, std::int32_t, bool, std::monostate, const void*>;
// [end]

double FromBits(std::uint64_t bits) { return std::bit_cast<double>(bits); }

TEST(Task10BoxedValue, TakesTheBytesOfADouble) {
  EXPECT_EQ(sizeof(BoxedValue), 8u);
  RecordGain("bytes", sizeof(Natural), sizeof(BoxedValue));
  RecordProperty("variant", static_cast<int>(sizeof(Natural)));
}

TEST(Task10BoxedValue, NilIsTheFirstValue) {
  EXPECT_EQ(BoxedValue().kind(), BoxedKind::kNil);
}

TEST(Task10BoxedValue, NumbersKeepEachBit) {
  for (const double number :
       {0.0, -0.0, 1.5, -1.5, Limits::max(), Limits::lowest(),
        Limits::denorm_min(), Limits::infinity(), -Limits::infinity()}) {
    const BoxedValue value = BoxedValue::Number(number);
    ASSERT_EQ(value.kind(), BoxedKind::kNumber) << number;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(value.number()),
              std::bit_cast<std::uint64_t>(number))
        << number;
  }
}

TEST(Task10BoxedValue, EveryNanIsANumber) {
  for (const std::uint64_t bits :
       {0x7FF8'0000'0000'0000u, 0xFFF8'0000'0000'0000u, 0x7FF0'0000'0000'0001u,
        0xFFF9'0000'0000'0007u, 0xFFFB'0000'0000'0000u, 0xFFFC'1234'5678'9ABCu,
        0xFFFF'FFFF'FFFF'FFFFu}) {
    const BoxedValue value = BoxedValue::Number(FromBits(bits));
    EXPECT_EQ(value.kind(), BoxedKind::kNumber) << std::hex << bits;
    EXPECT_TRUE(std::isnan(value.number())) << std::hex << bits;
  }
}

TEST(Task10BoxedValue, IntegersOfBothSigns) {
  for (const std::int32_t number :
       {0, 1, -1, std::numeric_limits<std::int32_t>::min(),
        std::numeric_limits<std::int32_t>::max()}) {
    const BoxedValue value = BoxedValue::Integer(number);
    ASSERT_EQ(value.kind(), BoxedKind::kInteger) << number;
    ASSERT_EQ(value.integer(), number);
  }
}

TEST(Task10BoxedValue, BothTruthValues) {
  EXPECT_EQ(BoxedValue::Bool(true).kind(), BoxedKind::kBool);
  EXPECT_EQ(BoxedValue::Bool(false).kind(), BoxedKind::kBool);
  EXPECT_TRUE(BoxedValue::Bool(true).boolean());
  EXPECT_FALSE(BoxedValue::Bool(false).boolean());
}

TEST(Task10BoxedValue, PointersAndTheNullPointer) {
  const int on_stack = 0;
  static const int in_static_memory = 0;
  for (const void* const pointer : {static_cast<const void*>(&on_stack),
                                    static_cast<const void*>(&in_static_memory),
                                    static_cast<const void*>(nullptr)}) {
    const BoxedValue value = BoxedValue::Pointer(pointer);
    ASSERT_EQ(value.kind(), BoxedKind::kPointer);
    ASSERT_EQ(value.pointer(), pointer);
  }
}

TEST(Task10BoxedValue, RandomNumbersComeBack) {
  std::mt19937_64 random(10);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t bits = random();
    const BoxedValue value = BoxedValue::Number(FromBits(bits));
    ASSERT_EQ(value.kind(), BoxedKind::kNumber) << std::hex << bits;
    if (!std::isnan(FromBits(bits))) {
      ASSERT_EQ(std::bit_cast<std::uint64_t>(value.number()), bits);
    }
  }
}

}  // namespace
}  // namespace workbook
