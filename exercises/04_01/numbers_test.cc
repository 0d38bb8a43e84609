// SPDX-License-Identifier: Apache-2.0

#include "04_01/numbers.h"

#include <gtest/gtest.h>

#include <bit>
#include <cfloat>
#include <cinttypes>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/numbers.h"
#include "exercises/04_01/testing/contract.h"

namespace workbook {
namespace {

void ExpectInt(std::string_view text, std::int64_t value,
               const char* file = __builtin_FILE(),
               int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ParseInt");
  GuardedBuffer memory(text.size());
  const Parsed<std::int64_t> parsed = ParseInt(memory.LastCopy(text));
  EXPECT_EQ(parsed.status, ParseStatus::kOk) << text;
  EXPECT_EQ(parsed.value, value) << text;
}

void ExpectDouble(std::string_view text, double value,
                  const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ParseDouble");
  GuardedBuffer memory(text.size());
  const Parsed<double> parsed = ParseDouble(memory.LastCopy(text));
  EXPECT_EQ(parsed.status, ParseStatus::kOk) << text;
  EXPECT_EQ(std::bit_cast<std::uint64_t>(parsed.value),
            std::bit_cast<std::uint64_t>(value))
      << text << " is not " << parsed.value;
}

TEST(Task8Numbers, ReadsIntegersToTheirLimits) {
  ExpectInt("0", 0);
  ExpectInt("-0", 0);
  ExpectInt("007", 7);
  ExpectInt("-42", -42);
  ExpectInt("9223372036854775807", INT64_MAX);
  ExpectInt("-9223372036854775808", INT64_MIN);
  ExpectInt("00000000000000000000000000001", 1);
}

TEST(Task8Numbers, TellsTooLargeIntegersFromWrongOnes) {
  for (const char* text : {"9223372036854775808", "-9223372036854775809",
                           "99999999999999999999999"}) {
    EXPECT_EQ(ParseInt(text).status, ParseStatus::kOutOfRange) << text;
    EXPECT_EQ(ParseInt(text).value, 0) << text;
  }
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1.0", "0x10", "--1",
                           "1e3", "1-", "abc", "9223372036854775808x"}) {
    EXPECT_EQ(ParseInt(text).status, ParseStatus::kInvalid) << text;
  }
}

TEST(Task8Numbers, WritesIntegersToTheirLimits) {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{9}, std::int64_t{10},
        std::int64_t{-1234567}, INT64_MAX, INT64_MIN}) {
    ExpectFillsText(std::to_string(value),
                    [&](std::span<char> out) { return FormatInt(value, out); });
  }
}

TEST(Task8Numbers, ReadsTheNearestDouble) {
  ExpectDouble("0", 0.0);
  ExpectDouble("-0.0", -0.0);
  ExpectDouble(".5", 0.5);
  ExpectDouble("5.", 5.0);
  ExpectDouble("1E+2", 100.0);
  ExpectDouble("1.7976931348623157e308", DBL_MAX);
  ExpectDouble("2.2250738585072011e-308", 2.2250738585072011e-308);
  ExpectDouble("5e-324", 5e-324);
  ExpectDouble("2.4703282292062328e-324", 5e-324);
  // 2^53 + 1 lies between two doubles: the even one. A digit more decides.
  ExpectDouble("9007199254740993", 9007199254740992.0);
  ExpectDouble("9007199254740993.00000000000000000000000001",
               9007199254740994.0);
  ExpectDouble("1e22", 1e22);
  ExpectDouble("1e23", 1e23);
  ExpectDouble("0e999999999", 0.0);
}

TEST(Task8Numbers, TellsTooLargeAndTooSmallDoublesFromWrongOnes) {
  for (const char* text : {"1e309", "-1.7976931348623159e308", "1e999999999",
                           "1e-400", "2e-324", "-1e-999999999999"}) {
    EXPECT_EQ(ParseDouble(text).status, ParseStatus::kOutOfRange) << text;
  }
  for (const char* text :
       {"",      "-",   ".",     "-.",    "e5",   ".e5",    "1e",   "1e+",
        "+1",    " 1",  "1 ",    "inf",   "-inf", "nan",    "-nan", "infinity",
        "0x1p3", "1,5", "1.2.3", "1e5.0", "--1",  "1e400x", "1f"}) {
    EXPECT_EQ(ParseDouble(text).status, ParseStatus::kInvalid) << text;
  }
}

void ExpectText(double value, std::string_view text,
                const char* file = __builtin_FILE(),
                int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "FormatDouble");
  SCOPED_TRACE(text);
  ExpectFillsText(
      text, [&](std::span<char> out) { return FormatDouble(value, out); });
}

TEST(Task8Numbers, WritesTheShortestDouble) {
  ExpectText(0.1, "0.1");
  ExpectText(0.1 + 0.2, "0.30000000000000004");
  ExpectText(-0.0, "-0");
  ExpectText(1.0, "1");
  ExpectText(10000.0, "10000");
  ExpectText(100000.0, "1e+05");
  ExpectText(123456789012345680000.0, "123456789012345683968");
  ExpectText(1e23, "1e+23");
  ExpectText(5e-324, "5e-324");
  ExpectText(DBL_MAX, "1.7976931348623157e+308");
  ExpectText(-DBL_MIN, "-2.2250738585072014e-308");
  ExpectText(9007199254740993.0, "9007199254740992");
  ExpectText(1.0 / 3, "0.3333333333333333");
  ExpectText(std::numeric_limits<double>::infinity(), "inf");
}

TEST(Task8Numbers, NeverAllocates) {
  std::vector<char> out(64);
  ExpectNoAllocation([&] {
    ASSERT_EQ(ParseInt("-9223372036854775808").value, INT64_MIN);
    ASSERT_TRUE(FormatInt(INT64_MIN, out).ok());
    ASSERT_EQ(ParseDouble("2.2250738585072014e-308").value, DBL_MIN);
    ASSERT_TRUE(FormatDouble(-DBL_MIN, out).ok());
    ASSERT_EQ(ParseDouble("12345678901234567890123456789.5").status,
              ParseStatus::kOk);
  });
}

TEST(Task8Numbers, AnswersAMillionRandomTextsAsThePlainForm) {
  SeedTrace trace;
  Random random(412);
  std::string text;
  for (int i = 0; i < kRandomInputs; ++i) {
    FillRandomly(random, "0123456789909-.e+", 20, text);
    const AllocationScope scope;
    const auto integer = ParseInt(text);
    const auto real = ParseDouble(text);
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    // The plain forms are slow: each sees half of the inputs.
    if (i % 2 == 0) {
      const auto want = before::ParseInt(text);
      ASSERT_EQ(static_cast<int>(integer.status), static_cast<int>(want.status))
          << text;
      ASSERT_EQ(integer.value, want.value) << text;
    } else {
      const auto want = before::ParseDouble(text);
      ASSERT_EQ(static_cast<int>(real.status), static_cast<int>(want.status))
          << text;
      ASSERT_EQ(std::bit_cast<std::uint64_t>(real.value),
                std::bit_cast<std::uint64_t>(want.value))
          << text;
    }
  }
}

// The significant digits of a number's text.
int Digits(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(0, text.find('e'))) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  while (digits.size() > 1 && digits[0] == '0') digits.erase(0, 1);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return static_cast<int>(digits.size());
}

TEST(Task8Numbers, AMillionRandomDoublesComeBackFromTheirShortestText) {
  SeedTrace trace;
  Random random(413);
  std::vector<char> out(32);
  char shorter[40];
  for (int i = 0; i < kRandomInputs; ++i) {
    std::uint64_t bits = random.Bits();
    if (i % 4 == 0) bits &= ~((std::uint64_t{1} << 36) - 1);  // short texts too
    const auto value = std::bit_cast<double>(bits);
    if (!std::isfinite(value) || value == 0) continue;
    const AllocationScope scope;
    const std::string_view text = Written(out, FormatDouble(value, out));
    const auto parsed = ParseDouble(text);
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    ASSERT_EQ(parsed.status, ParseStatus::kOk) << text;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(parsed.value), bits) << text;
    // Whole numbers without an exponent have all their digits.
    const bool has_all = text.find_first_of("e.") == std::string_view::npos;
    const int digits = i % 8 != 0 || has_all ? 1 : Digits(text);
    if (digits == 1) continue;
    // One digit less must not do; to find that out costs what printf costs.
    std::snprintf(shorter, sizeof(shorter), "%.*e", digits - 2, value);
    ASSERT_NE(std::strtod(shorter, nullptr), value)
        << text << " is longer than " << shorter;
  }
}

TEST(Task8Numbers, AMillionRandomIntegersComeBackFromTheirText) {
  SeedTrace trace;
  Random random(414);
  std::vector<char> out(20);
  char want[32];
  for (int i = 0; i < kRandomInputs; ++i) {
    const auto value =
        static_cast<std::int64_t>(random.Bits()) >> random.Below(64);
    const AllocationScope scope;
    const std::string_view text = Written(out, FormatInt(value, out));
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    ASSERT_EQ(ParseInt(text).value, value) << text;
    if (i % 4 != 0) continue;
    std::snprintf(want, sizeof(want), "%" PRId64, value);
    ASSERT_EQ(text, want);
  }
}

}  // namespace
}  // namespace workbook
