// SPDX-License-Identifier: Apache-2.0

#include "04_01/in_place.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "exercises/04_01/before/in_place.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Ints = std::vector<std::int32_t>;

constexpr std::int32_t kMin = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kMax = std::numeric_limits<std::int32_t>::max();

std::int32_t Twice(std::int32_t value) { return value * 2; }
bool IsOdd(std::int32_t value) { return value % 2 != 0; }

int calls_of_keep = 0;
bool CountedIsOdd(std::int32_t value) {
  ++calls_of_keep;
  return IsOdd(value);
}

TEST(Task2InPlace, TransformsInOrder) {
  const Ints values = {3, -1, 0, 7};
  ExpectFills<std::int32_t>(
      {6, -2, 0, 14}, [&](auto out) { return Transform(values, Twice, out); });
  ExpectFills<std::int32_t>({},
                            [](auto out) { return Transform({}, Twice, out); });
}

TEST(Task2InPlace, TransformsWhereTheInputLay) {
  Ints values = {1, 2, 3, 4, 5};
  EXPECT_EQ(Transform(values, Twice, values),
            (BufferResult{BufferStatus::kOk, 5}));
  EXPECT_EQ(values, (Ints{2, 4, 6, 8, 10}));
}

TEST(Task2InPlace, FiltersWhereTheInputLay) {
  Ints values = {1, 2, 3, 4, 5};
  EXPECT_EQ(Filter(values, IsOdd, values),
            (BufferResult{BufferStatus::kOk, 3}));
  values.resize(3);
  EXPECT_EQ(values, (Ints{1, 3, 5}));
}

TEST(Task2InPlace, FiltersAndCountsWhatHasNoRoom) {
  const Ints values = {2, 1, 4, 3, 5, 6, -7};
  ExpectFills<std::int32_t>(
      {1, 3, 5, -7}, [&](auto out) { return Filter(values, IsOdd, out); });
}

TEST(Task2InPlace, AsksOnceAValue) {
  const Ints values = {2, 1, 4, 3, 5, 6, -7};
  Ints out(4);
  for (const std::size_t room : {4u, 2u, 0u}) {
    calls_of_keep = 0;
    Filter(values, CountedIsOdd, std::span(out).first(room));
    EXPECT_EQ(calls_of_keep, 7) << "with room for " << room;
  }
}

TEST(Task2InPlace, DedupesInPlace) {
  Ints values = {5, 1, 5, kMin, 1, kMax, 5};
  ASSERT_EQ(Dedupe(values), 4u);
  values.resize(4);
  EXPECT_EQ(values, (Ints{kMin, 1, 5, kMax}));
  EXPECT_EQ(Dedupe({}), 0u);
  Ints same(9, 4);
  EXPECT_EQ(Dedupe(same), 1u);
}

TEST(Task2InPlace, NeverAllocates) {
  Random random(403);
  Ints values(1000);
  for (auto& value : values) value = static_cast<std::int32_t>(random.Bits());
  Ints out(1000);
  const auto flip = IntMap([](int v) { return v ^ 1; });
  const AllocationScope plain;
  before::Filter(values, IsOdd, out);
  before::Dedupe(values);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] { Transform(values, flip, out); });
  ExpectNoAllocation([&] { Filter(values, IsOdd, out); });
  ExpectNoAllocation([&] { Dedupe(out); });
}

TEST(Task2InPlace, SomeStandardAlgorithmsAllocate) {
  Ints values(1000);
  Ints out(1000);
  const auto middle = values.begin() + 500;
  std::vector<std::int64_t> allocations;
  const auto count = [&](auto algorithm) {
    const AllocationScope scope;
    algorithm();
    return scope.Counts().allocations;
  };
  allocations.reserve(4);
  allocations.push_back(
      count([&] { std::sort(values.begin(), values.end()); }));
  allocations.push_back(
      count([&] { std::stable_sort(values.begin(), values.end()); }));
  allocations.push_back(count([&] {
    std::merge(values.begin(), middle, middle, values.end(), out.begin());
  }));
  allocations.push_back(
      count([&] { std::inplace_merge(values.begin(), middle, values.end()); }));
  EXPECT_EQ(allocations[0] + allocations[2], 0)
      << "std::sort and std::merge need no memory of their own";
  RecordProperty("standard_algorithms",
                 static_cast<int>(allocations[0] + allocations[1] +
                                  allocations[2] + allocations[3]));
}

void FillRandomly(Random& random, Ints& values) {
  values.resize(random.Below(9));
  for (auto& value : values) {
    value = static_cast<std::int32_t>(random.Below(20)) - 8;
  }
}

TEST(Task2InPlace, AnswersManyRandomInputsAsThePlainForm) {
  SeedTrace trace;
  Random random(404);
  Ints values;
  Ints out(16);
  Ints want(16);
  for (int i = 0; i < kRandomInputs / 6; ++i) {
    FillRandomly(random, values);
    const std::size_t room = random.Below(17);
    const auto to = std::span(out).first(room);
    const auto want_to = std::span(want).first(room);
    const auto same = [&](auto result, auto expected) {
      return SameResult(result, expected) &&
             (!result.ok() ||
              std::equal(want.data(), want.data() + result.size, out.data()));
    };
    const AllocationScope scope;
    const BufferResult kept = Filter(values, IsOdd, to);
    ASSERT_EQ(scope.Counts().allocations, 0) << "room " << room;
    ASSERT_TRUE(same(kept, before::Filter(values, IsOdd, want_to)));
    ASSERT_TRUE(same(Transform(values, Twice, to),
                     before::Transform(values, Twice, want_to)));
    Ints distinct = values;
    const std::size_t distinct_count = Dedupe(distinct);
    ASSERT_EQ(distinct_count, before::Dedupe(values));
    ASSERT_TRUE(std::equal(distinct.data(), distinct.data() + distinct_count,
                           values.data()));
  }
}

}  // namespace
}  // namespace workbook
