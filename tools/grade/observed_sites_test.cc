// SPDX-License-Identifier: Apache-2.0

// What assertions observe, in this very process: each macro below is ours.
#include "tools/grade/observed_sites.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tools/grade/canary_turn.h"
#include "tools/grade/observation.h"

namespace workbook::grade {

std::string told;
void TellObserved(const char* text, std::size_t size) noexcept {
  told.append(text, size);
}

namespace {

struct Yes {
  template <typename T>
  bool operator==(const T& /*other*/) const {
    return true;
  }
};

struct Wrong {
  operator int() const { return 500; }
  bool operator==(int /*other*/) const { return true; }
};

enum class Color { kRed, kBlue };

// All tests of this file make one stream; it is read once.
TEST(ObservedSites, TellWhatTheySaw) {
  TakeTurn("0123456789abcdef0123456789abcdef");
  const int sum = 6;
  const std::string text = "abc";
  const std::vector<int> numbers{1, 2};
  const int* const none = nullptr;
  EXPECT_EQ(sum, 6u);
  EXPECT_EQ(text, "abc");
  EXPECT_EQ(numbers, std::vector<int>({1, 2}));
  EXPECT_EQ(Color::kBlue, Color::kBlue);
  EXPECT_EQ(none, nullptr);
  EXPECT_NE(&sum, nullptr);
  EXPECT_LT(sum, 7);
  EXPECT_GE(-1, -2);
  EXPECT_NEAR(1.0, 1.5, 0.5);
  EXPECT_TRUE(text == "abc");
  EXPECT_FALSE(text.empty());
  EXPECT_THROW(throw std::runtime_error("x"), std::exception);
  EXPECT_DOUBLE_EQ(1.0, 1.0);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(i, i);
  std::thread([] { EXPECT_EQ(1, 1); }).join();
  EXPECT_EQ(0.0, -0.0);
  BodyReturns();
  FinishObservations();
  const Decoded decoded = Decode(told);
  ASSERT_EQ(decoded.error, "") << told;
  const Observations& seen = decoded.observations;
  EXPECT_TRUE(seen.returned);
  EXPECT_TRUE(seen.broken.empty()) << seen.broken.begin()->second;
  std::map<char, int> relations;
  std::uint64_t most = 0;
  for (const auto& [name, site] : seen.sites) {
    ++relations[site.relation];
    most = std::max(most, site.count);
  }
  EXPECT_EQ(relations['='], 7);
  EXPECT_EQ(relations['!'], 1);
  EXPECT_EQ(relations['<'], 1);
  EXPECT_EQ(relations['g'], 1);
  EXPECT_EQ(relations['l'], 1);
  EXPECT_EQ(relations['t'], 3);
  EXPECT_EQ(relations['r'], 1);
  EXPECT_EQ(most, 1000u);
}

TEST(ObservedSites, ReadOperandsByCodeOfOurs) {
  const auto read = [](const auto& a, const auto& b) {
    return ReadBoth(kEqual, a, b);
  };
  EXPECT_EQ(read(-1, 4294967295u).first.bits, 4294967295u);
  EXPECT_EQ(read(Wrong{}, 6).first.bits, 500u);
  EXPECT_EQ(read(Yes{}, 6).first.kind, '*');
  EXPECT_EQ(read(6, Yes{}).second.kind, '*');
  EXPECT_EQ(read(std::string("a"), Yes{}).second.kind, '*');
  EXPECT_EQ(read(Yes{}, Color::kRed).first.kind, '*');
  EXPECT_EQ(read(Yes{}, Yes{}).first.kind, '?');
  EXPECT_EQ(read(std::atomic<int>(1), 1).first.kind, '?');
  EXPECT_TRUE(read(std::string("a"), "a").first ==
              read(std::string("a"), "a").second);
}

TEST(ObservedSites, StillFail) {
  EXPECT_NONFATAL_FAILURE(EXPECT_EQ(1, 2), "1\n  2");
  EXPECT_NONFATAL_FAILURE(EXPECT_LT(2, 1), "(2) < (1)");
  EXPECT_NONFATAL_FAILURE(EXPECT_NEAR(1.0, 2.0, 0.5), "exceeds 0.5");
  EXPECT_NONFATAL_FAILURE(EXPECT_TRUE(1 > 2), "Actual: false");
  EXPECT_NONFATAL_FAILURE(EXPECT_THROW(static_cast<void>(0), int),
                          "it throws nothing");
  EXPECT_NONFATAL_FAILURE(EXPECT_THROW(throw 1L, int), "a different type");
}

}  // namespace
}  // namespace workbook::grade
