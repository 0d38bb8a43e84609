// SPDX-License-Identifier: Apache-2.0

#include "04_01/span_algorithms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "exercises/04_01/before/span_algorithms.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Ints = std::vector<std::int32_t>;
using Counts = std::vector<std::uint32_t>;

constexpr std::int32_t kMin = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kMax = std::numeric_limits<std::int32_t>::max();

TEST(Task10SpanAlgorithms, MergesWhatIsSorted) {
  const Ints left = {1, 3, 3, 9};
  const Ints right = {2, 3, 10};
  ExpectFills<std::int32_t>({1, 2, 3, 3, 3, 9, 10},
                            [&](auto out) { return Merge(left, right, out); });
  ExpectFills<std::int32_t>({1, 3, 3, 9},
                            [&](auto out) { return Merge(left, {}, out); });
}

TEST(Task10SpanAlgorithms, TheLargestComeFirst) {
  const Ints values = {4, kMax, -2, 8, 8, kMin};
  Ints top(3);
  EXPECT_EQ(TopK(values, top), 3u);
  EXPECT_EQ(top, (Ints{kMax, 8, 8}));
  Ints all(8, 77);
  EXPECT_EQ(TopK(values, all), 6u) << "there are no more than six";
  EXPECT_EQ(all, (Ints{kMax, 8, 8, 4, -2, kMin, 77, 77}));
  EXPECT_EQ(TopK(values, {}), 0u);
}

TEST(Task10SpanAlgorithms, TopKWritesNothingOutsideOfItsRoom) {
  const Ints values = {1, 9, 2, 8, 3, 7};
  GuardedBuffer memory(64);
  for (std::size_t k = 0; k <= 7; ++k) {
    const std::span<std::int32_t> top(
        reinterpret_cast<std::int32_t*>(memory.Last(k * 4).data()), k);
    std::size_t count = 0;
    ASSERT_FALSE(TouchesClosedMemory([&] { count = TopK(values, top); })) << k;
    ASSERT_EQ(count, std::min<std::size_t>(k, 6));
  }
}

TEST(Task10SpanAlgorithms, CountsByBounds) {
  const Ints values = {-5, 0, 9, 10, 10, 11, 100, kMax};
  const Ints bounds = {0, 10, 100};
  ExpectFills<std::uint32_t>({1, 2, 3, 2}, [&](auto counts) {
    return Histogram(values, bounds, counts);
  });
  ExpectFills<std::uint32_t>(
      {8}, [&](auto counts) { return Histogram(values, {}, counts); });
}

TEST(Task10SpanAlgorithms, NeverAllocates) {
  Random random(403);
  Ints values(1000);
  for (auto& value : values) value = static_cast<std::int32_t>(random.Bits());
  const Ints bounds = {-1000, 0, 1000};
  Ints out(1000);
  Counts counts(4);
  const AllocationScope plain;
  before::TopK(values, std::span(out).first(20));
  before::Histogram(values, bounds, counts);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] { TopK(values, std::span(out).first(20)); });
  ExpectNoAllocation([&] { Histogram(values, bounds, counts); });
  const Ints sorted = {1, 2, 3};
  ExpectNoAllocation([&] { Merge(sorted, sorted, out); });
}

void FillRandomly(Random& random, Ints& values) {
  values.resize(random.Below(9));
  for (auto& value : values) {
    value = static_cast<std::int32_t>(random.Below(20)) - 8;
  }
}

TEST(Task10SpanAlgorithms, AnswersAMillionRandomInputsAsThePlainForm) {
  SeedTrace trace;
  Random random(404);
  Ints values;
  Ints right;
  Ints out(16);
  Ints want(16);
  Counts counts(6);
  Counts want_counts(6);
  for (int i = 0; i < kRandomInputs / 6; ++i) {
    FillRandomly(random, values);
    FillRandomly(random, right);
    const std::size_t room = random.Below(17);
    const auto to = std::span(out).first(room);
    const auto want_to = std::span(want).first(room);
    const auto same = [&](auto result, auto expected) {
      return SameResult(result, expected) &&
             (!result.ok() ||
              std::equal(
                  want.begin(),
                  want.begin() + static_cast<std::ptrdiff_t>(result.size),
                  out.begin()));
    };
    const AllocationScope scope;
    const std::size_t top_count = TopK(values, to);
    ASSERT_EQ(scope.Counts().allocations, 0) << "room " << room;
    const BufferResult top = {BufferStatus::kOk, top_count};
    const before::BufferResult want_top = {before::BufferStatus::kOk,
                                           before::TopK(values, want_to)};
    ASSERT_TRUE(same(top, want_top)) << "the top " << room;
    const auto count = [&](auto histogram, Counts& into) {
      return histogram(values, right, std::span(into).first(room % 7));
    };
    std::sort(right.begin(), right.end());
    right.resize(std::min<std::size_t>(right.size(), 5));
    const auto result = count(Histogram, counts);
    const auto expected = count(before::Histogram, want_counts);
    ASSERT_TRUE(SameResult(result, expected));
    for (std::size_t bin = 0; result.ok() && bin < result.size; ++bin) {
      ASSERT_EQ(counts[bin], want_counts[bin]) << "bin " << bin;
    }
    std::sort(values.begin(), values.end());
    ASSERT_TRUE(
        same(Merge(values, right, to), before::Merge(values, right, want_to)));
  }
}

}  // namespace
}  // namespace workbook
