// SPDX-License-Identifier: Apache-2.0

#include "04_01/numbers.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/numbers.h"
#include "exercises/04_01/testing/comma_locale.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

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

TEST(Task4Numbers, ReadsIntegersToTheirLimits) {
  ExpectInt("0", 0);
  ExpectInt("-0", 0);
  ExpectInt("007", 7);
  ExpectInt("-42", -42);
  ExpectInt("9223372036854775807", INT64_MAX);
  ExpectInt("-9223372036854775808", INT64_MIN);
  ExpectInt("00000000000000000000000000001", 1);
}

TEST(Task4Numbers, TellsTooLargeIntegersFromWrongOnes) {
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

TEST(Task4Numbers, FromCharsTakesAPrefix) {
  const std::string_view text = "12ab";
  std::int64_t value = 0;
  const auto [rest, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  EXPECT_EQ(error, std::errc());
  EXPECT_EQ(value, 12);
  EXPECT_EQ(rest, text.data() + 2);
}

TEST(Task4Numbers, ReadsNothingBehindTheText) {
  GuardedBuffer memory(32);
  for (const char* text : {"", "-", "1", "-12", "99999999999999999999"}) {
    const std::string_view copy = memory.LastCopy(text);
    EXPECT_FALSE(TouchesClosedMemory([&] { ParseInt(copy); })) << text;
  }
}

TEST(Task4Numbers, WritesIntegersToTheirLimits) {
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{9}, std::int64_t{10},
        std::int64_t{-1234567}, INT64_MAX, INT64_MIN}) {
    ExpectFillsText(std::to_string(value),
                    [&](std::span<char> out) { return FormatInt(value, out); });
  }
}

TEST(Task4Numbers, TheLocalePlaysNoPart) {
  const CommaLocale locale;
  ExpectInt("1234567", 1234567);
  EXPECT_EQ(ParseInt("1.234").status, ParseStatus::kInvalid);
  ExpectFillsText("1234567",
                  [](std::span<char> out) { return FormatInt(1234567, out); });
}

TEST(Task4Numbers, NeverAllocates) {
  std::vector<char> out(64);
  const std::string longest = "-9223372036854775808";
  const AllocationScope plain;
  before::ParseInt(longest);
  const auto stream = plain.Counts().allocations;
  RecordProperty("stream_allocations", static_cast<int>(stream));
  before::FormatInt(INT64_MIN, out);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] { ASSERT_EQ(ParseInt(longest).value, INT64_MIN); });
  ExpectNoAllocation([&] { ASSERT_TRUE(FormatInt(INT64_MIN, out).ok()); });
}

TEST(Task4Numbers, AnswersManyRandomTextsAsThePlainForm) {
  SeedTrace trace;
  Random random(412);
  std::string text;
  for (int i = 0; i < kRandomInputs / 2; ++i) {
    FillRandomly(random, "0123456789909-.e+", 22, text);
    const AllocationScope scope;
    const auto integer = ParseInt(text);
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    const auto want = before::ParseInt(text);
    ASSERT_EQ(static_cast<int>(integer.status), static_cast<int>(want.status))
        << text;
    ASSERT_EQ(integer.value, want.value) << text;
  }
}

TEST(Task4Numbers, AMillionRandomIntegersComeBackFromTheirText) {
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
