// SPDX-License-Identifier: Apache-2.0

#include "04_01/doubles.h"

#include <gtest/gtest.h>

#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/doubles.h"
#include "exercises/04_01/testing/comma_locale.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

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

TEST(Task9Doubles, ReadsTheNearestDouble) {
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

TEST(Task9Doubles, TellsTooLargeAndTooSmallDoublesFromWrongOnes) {
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

TEST(Task9Doubles, WritesTheShortestDouble) {
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
  RecordProperty("characters_of_a_sum",
                 static_cast<int>(FormatDouble(0.1 + 0.2, {}).size));
}

TEST(Task9Doubles, WhatIsNoNumberIsWrittenAndNotRead) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  ExpectText(infinity, "inf");
  ExpectText(-infinity, "-inf");
  ExpectText(std::copysign(nan, 1.0), "nan");
  ExpectText(std::copysign(nan, -1.0), "-nan");
  for (const char* text : {"inf", "-inf", "nan", "-nan"}) {
    EXPECT_EQ(ParseDouble(text).status, ParseStatus::kInvalid) << text;
    EXPECT_EQ(ParseDouble(text).value, 0) << text;
  }
}

TEST(Task9Doubles, TheLocalePlaysNoPart) {
  const CommaLocale locale;
  ExpectDouble("1.5", 1.5);
  EXPECT_EQ(ParseDouble("1,5").status, ParseStatus::kInvalid);
  ExpectText(1.5, "1.5");
  ExpectText(1234567, "1234567");
}

TEST(Task9Doubles, NeverAllocates) {
  std::vector<char> out(64);
  const std::string text = "12345678901234567890123456789.5";
  const std::string long_text = "0." + std::string(700, '3');
  const AllocationScope plain;
  before::ParseDouble(text);
  before::FormatDouble(-DBL_MIN, out);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation(
      [&] { ASSERT_EQ(ParseDouble(text).status, ParseStatus::kOk); });
  ExpectNoAllocation(
      [&] { ASSERT_EQ(ParseDouble(long_text).status, ParseStatus::kOk); });
  ExpectNoAllocation([&] { ASSERT_TRUE(FormatDouble(-DBL_MIN, out).ok()); });
}

TEST(Task9Doubles, AnswersManyRandomTextsAsThePlainForm) {
  SeedTrace trace;
  Random random(412);
  std::string text;
  for (int i = 0; i < kRandomInputs / 2; ++i) {
    FillRandomly(random, "0123456789909-.e+", 20, text);
    const AllocationScope scope;
    const auto real = ParseDouble(text);
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    const auto want = before::ParseDouble(text);
    ASSERT_EQ(static_cast<int>(real.status), static_cast<int>(want.status))
        << text;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(real.value),
              std::bit_cast<std::uint64_t>(want.value))
        << text;
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

TEST(Task9Doubles, AMillionRandomDoublesComeBackFromTheirShortestText) {
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

}  // namespace
}  // namespace workbook
