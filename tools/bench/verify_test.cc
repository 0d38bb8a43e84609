// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/verify.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "tools/bench/runner.h"

namespace workbook {
namespace {

// What becomes of a row that makes these checks after its loop.
RowResult ResultOf(const std::function<void(benchmark::State&)>& check) {
  std::vector<std::unique_ptr<Row>> rows;
  rows.push_back(std::make_unique<Row>());
  rows[0]->case_name = "stem/case";
  rows[0]->body = [&](benchmark::State& state, void*) {
    for (auto _ : state) benchmark::ClobberMemory();
    check(state);
  };
  RunOptions options;
  options.time = false;
  return RunCase(SelectCases(rows, "")[0], options)[0];
}

TEST(Require, PassesOnWhatHolds) {
  const RowResult result = ResultOf(
      [](benchmark::State& state) { EXPECT_TRUE(Require(state, true, "")); });
  EXPECT_EQ(result.status, RowStatus::kMeasured);
}

TEST(Require, ReportsTheFirstThatFails) {
  const RowResult result = ResultOf([](benchmark::State& state) {
    EXPECT_FALSE(Require(state, false, "first"));
    EXPECT_FALSE(Require(state, false, "second"));
  });
  EXPECT_EQ(result.status, RowStatus::kError);
  EXPECT_EQ(result.message, "first");
}

std::string MessageAbout(std::array<void*, 3> blocks, std::size_t alignment) {
  return ResultOf([&](benchmark::State& state) {
           RequireDistinctBlocks(state, blocks, 16, alignment);
         })
      .message;
}

TEST(RequireDistinctBlocks, WantsBlocksThatAreApartAlignedAndThere) {
  alignas(32) static std::array<char, 128> memory;
  const auto at = [](std::size_t offset) -> void* { return &memory[offset]; };
  EXPECT_EQ(MessageAbout({at(64), at(0), at(32)}, 32), "");
  EXPECT_EQ(MessageAbout({at(64), at(0), at(64)}, 32),
            "two blocks that are both in use overlap");
  EXPECT_EQ(MessageAbout({at(64), at(0), at(56)}, 8),
            "two blocks that are both in use overlap");
  EXPECT_EQ(MessageAbout({at(64), at(0), at(24)}, 16), "a block is misaligned");
  EXPECT_EQ(MessageAbout({at(64), nullptr, at(32)}, 16), "a block is null");
}

TEST(RequireSameDigest, ComparesTheRowsOfAKey) {
  const auto check = [](const std::string& key, std::uint64_t value) {
    return ResultOf([&](benchmark::State& state) {
      Digest digest;
      digest.Add(value);
      RequireSameDigest(state, key, digest);
    });
  };
  EXPECT_EQ(check("one", 1).status, RowStatus::kMeasured);
  EXPECT_EQ(check("one", 1).status, RowStatus::kMeasured);
  EXPECT_EQ(check("two", 2).status, RowStatus::kMeasured);
  EXPECT_EQ(check("one", 2).message,
            "the output differs from that of the case's other rows");
}

TEST(Digest, DependsOnOrderAndOnWhereTextsEnd) {
  Digest one;
  one.Add("ab");
  one.Add("c");
  Digest other;
  other.Add("a");
  other.Add("bc");
  EXPECT_NE(one.value(), other.value());
  Digest same;
  same.Add("ab");
  same.Add("c");
  EXPECT_EQ(one.value(), same.value());
}

}  // namespace
}  // namespace workbook
