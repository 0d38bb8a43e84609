// SPDX-License-Identifier: Apache-2.0

// Streams of observations: read, refused, and held against the reference's.
#include "tools/grade/observation.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tools/grade/observed_value.h"

namespace workbook::grade {
namespace {

constexpr char kEnd[] = "e1,0;";

std::uint64_t DigestOf(std::uint64_t number, std::uint64_t times = 1) {
  std::uint64_t digest = 0;
  for (; times > 0; --times) digest = Fold(digest, {'u', number});
  return digest;
}

// An assertion of relation `relation` that saw a and b, `times` times.
std::string Seen(int number, char relation, std::uint64_t a, std::uint64_t b,
                 std::uint64_t times = 1) {
  std::string stream;
  for (std::uint64_t i = 0; i < times; ++i) {
    stream += fmt::format("o{:x}{}u{:x},u{:x};", number, relation, a, b);
  }
  return stream;
}

std::string Sum(int number, int line, char relation, std::uint64_t a,
                std::uint64_t b, std::uint64_t times = 1) {
  return fmt::format("s{:x},t.cc:{}:ab{},{},{:x},{:x},{:x};", number, line,
                     relation, relation, times, DigestOf(a, times),
                     DigestOf(b, times));
}

std::string One(char relation, std::uint64_t a, std::uint64_t b,
                std::uint64_t times = 1, int line = 5) {
  return Seen(0, relation, a, b, times) + Sum(0, line, relation, a, b, times) +
         kEnd;
}

ExpectedTest Expected(const std::string& first, const std::string& second) {
  return Agree(Decode(first).observations, Decode(second).observations);
}
ExpectedTest Expected(const std::string& stream) {
  return Expected(stream, stream);
}

TEST(Stream, IsRead) {
  const Decoded decoded =
      Decode(Seen(0, '=', 6, 6) + Seen(1, 'l', 3, 10, 2) +
             Sum(0, 5, '=', 6, 6) + Sum(1, 7, 'l', 3, 10, 2) + "e1,0;");
  ASSERT_EQ(decoded.error, "");
  EXPECT_TRUE(decoded.observations.returned);
  EXPECT_TRUE(decoded.observations.complete);
  EXPECT_TRUE(decoded.observations.broken.empty());
  ASSERT_EQ(decoded.observations.sites.size(), 2u);
  EXPECT_EQ(decoded.observations.sites.at("t.cc:7:abl").count, 2u);
}

TEST(Stream, SaysWhichAssertionCannotHaveHeld) {
  const Decoded decoded = Decode(One('=', 6, 9));
  ASSERT_EQ(decoded.error, "");
  ASSERT_EQ(decoded.observations.broken.size(), 1u);
  EXPECT_EQ(decoded.observations.broken.at("t.cc:5:ab="),
            "6 where equal to 9 is asserted");
}

TEST(Stream, CutOffAnywhereIsNone) {
  const std::string whole = One('=', 6, 6, 3);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(Decode(whole.substr(0, size)).error, "") << size;
  }
}

TEST(Stream, GarbageIsNone) {
  for (const char* const text : {"x;",
                                 "o;",
                                 "o0;",
                                 "o0=;",
                                 "o0=u1;",
                                 "o0=u1,;",
                                 "o0=u1,u1",
                                 "o0zu1,u1;",
                                 "o0=u1,u1 ;",
                                 "o0=w1,u1;",
                                 "o-1=u1,u1;",
                                 "s0;",
                                 "s0,;",
                                 "s0,a,=;",
                                 "s0,,=,1,1,1;",
                                 "s0,a b,=,1,1,1;",
                                 "s0,\xff,=,1,1,1;",
                                 "s0,a,=,0,0,0;",
                                 "s0,a,=,11111111111111111,1,1;",
                                 "e;",
                                 "e2,0;",
                                 "e1,0",
                                 "e1;",
                                 "e1,0,;",
                                 ";",
                                 "\n",
                                 "passed"}) {
    EXPECT_NE(Decode(std::string(text) + kEnd).error, "") << text;
  }
}

TEST(Stream, TooLongANameIsNone) {
  EXPECT_NE(Decode("s0," + std::string(200, 'a') + ",=,1,1,1;" + kEnd).error,
            "");
  EXPECT_NE(Decode("s0," + std::string(20'000'000, 'a')).error, "");
}

TEST(Stream, WrongOrderIsNone) {
  const std::string seen = Seen(0, '=', 6, 6);
  const std::string sum = Sum(0, 5, '=', 6, 6);
  EXPECT_EQ(Decode(seen + sum + kEnd).error, "");
  EXPECT_NE(Decode(sum + seen + kEnd).error, "");
  EXPECT_NE(Decode(seen + kEnd + sum).error, "");
  EXPECT_NE(Decode(kEnd + seen + sum).error, "");
  EXPECT_NE(Decode(seen + sum + kEnd + kEnd).error, "");
  EXPECT_NE(Decode(seen + sum + sum + kEnd).error, "");
  EXPECT_NE(Decode(seen + kEnd).error, "");
}

TEST(Stream, DigestsAreOfWhatWasTold) {
  EXPECT_EQ(Decode(Seen(0, '=', 6, 6) + Sum(0, 5, '=', 6, 6) + kEnd).error, "");
  EXPECT_NE(Decode(Seen(0, '=', 6, 6) + Sum(0, 5, '=', 7, 7) + kEnd).error, "");
  EXPECT_NE(
      Decode(Seen(0, '=', 6, 6, 3) + Sum(0, 5, '=', 6, 6, 2) + kEnd).error, "");
  EXPECT_NE(Decode(Seen(0, '<', 6, 6) + Sum(0, 5, '=', 6, 6) + kEnd).error, "");
  // Of many, the first ones are told.
  EXPECT_EQ(
      Decode(Seen(0, '=', 6, 6, 2) + Sum(0, 5, '=', 6, 6, 9) + kEnd).error, "");
}

TEST(Comparison, TheSameStreamIsTheSame) {
  const std::string stream = One('=', 6, 6, 3);
  const ObservedComparison found = Compare(Expected(stream), stream);
  EXPECT_EQ(found.impossible, "");
  EXPECT_TRUE(found.differences.empty());
}

TEST(Comparison, WhatCannotHaveHeldIsImpossible) {
  const ExpectedTest expected = Expected(One('=', 6, 6));
  EXPECT_EQ(Compare(expected, One('=', 6, 9)).impossible,
            "t.cc:5 saw 6 where equal to 9 is asserted");
  EXPECT_NE(Compare(Expected(One('<', 6, 9)), One('<', 9, 9)).impossible, "");
  EXPECT_NE(Compare(Expected(One('l', 6, 9)), One('l', 10, 9)).impossible, "");
  EXPECT_NE(Compare(Expected(One('!', 6, 9)), One('!', 9, 9)).impossible, "");
  EXPECT_NE(Compare(Expected(One('t', 1, 0)), One('t', 0, 0)).impossible, "");
}

TEST(Comparison, NothingSeenIsImpossible) {
  const ExpectedTest expected = Expected(One('=', 6, 6));
  EXPECT_NE(Compare(expected, "").impossible, "");
  EXPECT_NE(Compare(expected, kEnd).impossible, "");
  EXPECT_NE(Compare(expected, "e1").impossible, "");
  EXPECT_NE(Compare(expected, One('=', 6, 6, 1, 77)).impossible, "");
}

TEST(Comparison, ABodyThatDidNotEndIsImpossible) {
  std::string left = One('=', 6, 6);
  left.replace(left.size() - 4, 1, "0");
  EXPECT_EQ(Compare(Expected(One('=', 6, 6)), left).impossible,
            "its body did not end");
  EXPECT_EQ(Compare(Expected(left), left).impossible, "");
}

TEST(Comparison, AnotherCountOrValueIsToldOnly) {
  const ExpectedTest expected = Expected(One('=', 6, 6, 3));
  const ObservedComparison fewer = Compare(expected, One('=', 6, 6, 2));
  EXPECT_EQ(fewer.impossible, "");
  ASSERT_EQ(fewer.differences.size(), 1u);
  EXPECT_EQ(fewer.differences[0], "t.cc:5 is evaluated 2 times and not 3");
  const ObservedComparison other = Compare(expected, One('=', 7, 7, 3));
  EXPECT_EQ(other.impossible, "");
  ASSERT_EQ(other.differences.size(), 1u);
  EXPECT_EQ(other.differences[0], "t.cc:5 sees other values");
}

TEST(Comparison, TheBoundedSideOfAnOrderMayDiffer) {
  const ExpectedTest expected = Expected(One('l', 3, 10));
  EXPECT_TRUE(Compare(expected, One('l', 9, 10)).differences.empty());
  EXPECT_EQ(Compare(expected, One('l', 9, 99)).differences.size(), 1u);
}

TEST(Comparison, WhatVariesOverTheReferenceIsMasked) {
  const ExpectedTest counts = Expected(One('=', 6, 6, 3), One('=', 6, 6, 2));
  EXPECT_TRUE(Compare(counts, One('=', 6, 6, 5)).differences.empty());
  const ExpectedTest values = Expected(One('=', 6, 6), One('=', 7, 7));
  EXPECT_TRUE(Compare(values, One('=', 8, 8)).differences.empty());
  EXPECT_NE(Compare(values, One('=', 8, 9)).impossible, "");
}

TEST(Comparison, WhatTheReferenceDoesNotSatisfyIsNotAsked) {
  const ExpectedTest expected = Expected(One('=', 6, 9));
  EXPECT_EQ(Compare(expected, One('=', 6, 9)).impossible, "");
}

TEST(Expectation, IsWrittenAndRead) {
  const ExpectedTest expected = Expected(One('l', ~0ull, 10, 3));
  const nlohmann::json json = expected;
  EXPECT_EQ(nlohmann::json::parse(json.dump()).get<ExpectedTest>(), expected);
}

TEST(Value, EqualToTwoValuesNeverHolds) {
  EXPECT_FALSE(Holds('=', {'*', 0}, {'u', 6}));
  EXPECT_TRUE(Holds('=', {'?', 0}, {'u', 6}));
  EXPECT_TRUE(Holds('<', {'s', ~0ull}, {'s', 0}));
  EXPECT_FALSE(Holds('<', {'u', ~0ull}, {'u', 0}));
}

}  // namespace
}  // namespace workbook::grade
