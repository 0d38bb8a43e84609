// SPDX-License-Identifier: Apache-2.0

// Other histograms than the learner's tests have, drawn at random, each answer
// beside one that is computed in the plainest way. For grading: WORKBOOK_SEED
// chooses the data, and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "01_03/fast_classes.h"
#include "01_03/greedy_classes.h"
#include "01_03/optimal_classes.h"
#include "01_03/size_histogram.h"
#include "01_03/span_waste.h"
#include "01_03/tuned_tables.h"
#include "01_03/waste_report.h"
#include "exercises/01_03/given/class_tables.h"
#include "exercises/01_03/testing/plain_waste.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

using Classes = std::vector<std::size_t>;

TEST(Task1Hidden, CountsRandomRequests) {
  const SeedTrace trace;
  Random random(1);
  const auto histogram = std::make_unique<SizeHistogram>();
  std::map<std::size_t, std::uint64_t> expected;
  std::uint64_t large = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::size_t size_bytes =
        random.Below(random.Chance(50) ? 64 : 40'000);
    histogram->Record(size_bytes);
    if (size_bytes > kLargestBytes) {
      ++large;
    } else {
      ++expected[(std::max<std::size_t>(size_bytes, 1) + 7) / 8 * 8];
    }
  }
  std::vector<SizeCount> sizes;
  for (const auto& [size_bytes, count] : expected) {
    sizes.push_back({size_bytes, count});
  }
  EXPECT_EQ(histogram->Sizes(), sizes);
  EXPECT_EQ(histogram->large_requests(), large);
  EXPECT_EQ(histogram->requests(), 20'000u);
}

TEST(Task2Hidden, ReportsAnyTable) {
  const SeedTrace trace;
  Random random(2);
  for (int round = 0; round < 200; ++round) {
    const std::vector<SizeCount> sizes = SomeSizes(random.Below(20), random);
    Classes classes;
    for (std::size_t bytes = 0; bytes < 300;) {
      bytes += 8 * random.Between(1, 9);
      classes.push_back(bytes);
    }
    const WasteReport report = ReportWaste(classes, sizes);
    std::uint64_t waste = 0;
    std::uint64_t unserved = 0;
    for (const auto& [size_bytes, count] : sizes) {
      const auto found =
          std::lower_bound(classes.begin(), classes.end(), size_bytes);
      if (found == classes.end()) {
        unserved += count;
      } else {
        waste += count * (*found - size_bytes);
      }
    }
    ASSERT_EQ(report.waste_bytes, waste);
    ASSERT_EQ(report.unserved, unserved);
    ASSERT_EQ(report.classes.size(), classes.size());
  }
}

TEST(Task3Hidden, NoTableWastesLess) {
  const SeedTrace trace;
  Random random(3);
  for (int round = 0; round < 60; ++round) {
    std::vector<SizeCount> sizes = SomeSizes(random.Between(1, 12), random);
    for (SizeCount& size : sizes) size.count *= random.Between(1, 1000);
    const std::size_t k = random.Between(1, sizes.size());
    const GroupCost cost(sizes);
    ASSERT_EQ(PlainWaste(OptimalClasses(cost, k), sizes),
              LeastWasteOfAll(sizes, k));
  }
}

TEST(Task4Hidden, DropsTheCheapestEachTime) {
  const SeedTrace trace;
  Random random(4);
  for (int round = 0; round < 100; ++round) {
    std::vector<SizeCount> left = SomeSizes(random.Between(2, 30), random);
    const std::vector<SizeCount> sizes = left;
    const std::size_t k = random.Between(1, left.size());
    while (left.size() > k) {
      std::pair<std::uint64_t, std::size_t> least = {
          std::numeric_limits<std::uint64_t>::max(), 0};
      for (std::size_t i = 0; i + 1 < left.size(); ++i) {
        const std::size_t distance =
            left[i + 1].size_bytes - left[i].size_bytes;
        least = std::min(least, {left[i].count * distance, i});
      }
      left[least.second + 1].count += left[least.second].count;
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(least.second));
    }
    Classes expected;
    for (const SizeCount& size : left) expected.push_back(size.size_bytes);
    ASSERT_EQ(GreedyClasses(sizes, k), expected);
  }
}

TEST(Task5Hidden, AgreesWithTheSlowWay) {
  const SeedTrace trace;
  Random random(5);
  for (int round = 0; round < 20; ++round) {
    const std::vector<SizeCount> sizes =
        SomeSizes(random.Between(1, 120), random);
    const std::size_t k = random.Between(1, 20);
    const GroupCost slow(sizes);
    const GroupCost fast(sizes);
    ASSERT_EQ(PlainWaste(FastOptimalClasses(fast, k), sizes),
              PlainWaste(OptimalClasses(slow, k), sizes));
  }
}

TEST(Task6Hidden, NoTableNeedsFewerSpans) {
  const SeedTrace trace;
  Random random(6);
  for (int round = 0; round < 40; ++round) {
    std::vector<SizeCount> sizes = SomeSizes(random.Between(1, 8), random);
    for (SizeCount& size : sizes) {
      size.size_bytes *= 16;
      size.count *= random.Between(1, 40);
    }
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    ForEachTable(sizes, 4, [&](const Classes& classes) {
      least = std::min(least, SpanWaste(classes, sizes));
    });
    ASSERT_EQ(SpanWaste(OptimalClassesOfSpans(sizes, 4), sizes), least);
  }
}

TEST(Task7Hidden, PlaysRandomTraces) {
  const SeedTrace trace;
  Random random(7);
  Trace played;
  played.slots = 30;
  std::map<std::uint32_t, std::uint64_t> live;
  std::uint64_t peak = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto slot = static_cast<std::uint32_t>(random.Below(30));
    const bool is_live = live.contains(slot);
    const TraceOp op = !is_live            ? TraceOp::kAllocate
                       : random.Chance(50) ? TraceOp::kFree
                                           : TraceOp::kReallocate;
    const std::uint64_t bytes = random.Below(50'000);
    played.events.push_back({.op = op, .slot = slot, .bytes = bytes});
    live.erase(slot);
    if (op != TraceOp::kFree) {
      const auto classes = GoClasses();
      const auto found = std::lower_bound(classes.begin(), classes.end(),
                                          std::max<std::uint64_t>(bytes, 1));
      live[slot] =
          found != classes.end() ? *found : (bytes + 8191) / 8192 * 8192;
    }
    std::uint64_t sum = 0;
    for (const auto& [used, block] : live) sum += block;
    peak = std::max(peak, sum);
  }
  EXPECT_EQ(PeakBytes(played, GoClasses()), peak);
}

}  // namespace
}  // namespace workbook
