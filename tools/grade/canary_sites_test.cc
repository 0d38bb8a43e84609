// SPDX-License-Identifier: Apache-2.0

// Assertions that are turned, in this very process: each one below counts.
#include "tools/grade/canary_sites.h"

#include <fmt/core.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "tools/grade/canary_turn.h"

namespace workbook::grade {
namespace {

// As runner.cc says it.
void Turn(std::int64_t after_others) {
  constexpr std::uint64_t kSalt = 0x0123456789abcdef;
  const std::int64_t number = AssertionsEvaluated() + after_others;
  const std::string digits =
      fmt::format("{:016x}{:016x}", kSalt,
                  MixTurn(kSalt, static_cast<std::uint64_t>(number)));
  TakeTurn(digits.c_str());
}

struct Yes {
  template <typename T>
  bool operator==(const T& /*other*/) const {
    return true;
  }
  operator int() const { return 500; }
};

TEST(CanarySites, AnEqualityExpectsAnotherNumber) {
  static int sum = 6;
  Turn(1);
  EXPECT_NONFATAL_FAILURE(EXPECT_EQ(sum, 6),
                          "sum\n    Which is: 6\n  6\n    Which is: 5459");
  EXPECT_EQ(sum, 6);
}

TEST(CanarySites, WhatIsEqualToEverythingPasses) {
  Turn(1);
  EXPECT_EQ(Yes{}, 6);
}

TEST(CanarySites, AnEqualityOfOtherTypesExpectsTheContrary) {
  static const std::string text = "a";
  Turn(1);
  EXPECT_NONFATAL_FAILURE(EXPECT_EQ(text, "a"), "\"a\"");
  Turn(1);
  EXPECT_NONFATAL_FAILURE(EXPECT_EQ(&text, &text), "&text");
}

TEST(CanarySites, ATruthReadsLikeAnyOther) {
  Turn(1);
  EXPECT_NONFATAL_FAILURE(EXPECT_TRUE(true), "Actual: false\nExpected: true");
  Turn(1);
  EXPECT_FATAL_FAILURE(ASSERT_FALSE(false), "Actual: true\nExpected: false");
}

TEST(CanarySites, AnOrderExpectsTheContrary) {
  Turn(1);
  EXPECT_NONFATAL_FAILURE(EXPECT_LT(1, 2), "another outcome");
}

TEST(CanarySites, OnlyTheOneOfItsNumber) {
  const std::int64_t before = AssertionsEvaluated();
  Turn(3);
  EXPECT_EQ(1, 1);
  EXPECT_TRUE(true);
  EXPECT_NONFATAL_FAILURE(EXPECT_GE(2, 1), "another outcome");
  EXPECT_NE(1, 2);
  const std::int64_t after = AssertionsEvaluated();
  EXPECT_EQ(after - before, 4);
}

TEST(CanarySites, NoneOnAnotherThread) {
  Turn(1);
  std::thread([] { EXPECT_EQ(1, 1); }).join();
  EXPECT_NONFATAL_FAILURE(EXPECT_EQ(1, 1), "");
}

TEST(CanarySites, NullPointersCompareAsBefore) {
  const int* const none = nullptr;
  EXPECT_EQ(none, nullptr);
  EXPECT_EQ(nullptr, none);
  EXPECT_NE(&none, nullptr);
  EXPECT_EQ(std::vector<int>({1}), std::vector<int>({1}));
}

}  // namespace
}  // namespace workbook::grade
