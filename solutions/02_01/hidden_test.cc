// SPDX-License-Identifier: Apache-2.0

// Other data than the learner's tests have, drawn at random, each answer beside
// one that is computed in the plainest way. For grading: WORKBOOK_SEED chooses
// the data, and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "02_01/callbacks.h"
#include "02_01/coroutine_frames.h"
#include "02_01/errors_as_values.h"
#include "02_01/fixed_arrays.h"
#include "02_01/inline_function.h"
#include "02_01/ownership.h"
#include "02_01/returned_containers.h"
#include "02_01/snippet_costs.h"
#include "02_01/texts.h"
#include "exercises/02_01/given/numbers.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<double> SomeReadings(Random& random) {
  std::vector<double> readings(random.Below(60));
  for (double& reading : readings) {
    reading = static_cast<double>(random.Below(9));
  }
  return readings;
}

std::string SomeText(Random& random, std::string_view letters) {
  std::string text;
  for (std::size_t i = random.Below(24); i > 0; --i) {
    text += letters[random.Below(letters.size())];
  }
  return text;
}

std::size_t hidden_bytes = 0;
void SomeBlock() { std::vector<char> block(hidden_bytes); }

TEST(Task1Hidden, CountsBlocksOfAnySize) {
  const SeedTrace trace;
  Random random(1);
  for (int round = 0; round < 20; ++round) {
    hidden_bytes = random.Between(1, 5000);
    const SnippetCost cost = CostOf({"some_block", SomeBlock});
    ASSERT_EQ(cost.bytes, static_cast<std::int64_t>(hidden_bytes));
    ASSERT_EQ(cost.allocations, 1);
  }
}

TEST(Task2Hidden, ChoosesAndViews) {
  const SeedTrace trace;
  Random random(2);
  for (int round = 0; round < 300; ++round) {
    const std::vector<double> readings = SomeReadings(random);
    const double limit = static_cast<double>(random.Below(9));
    std::vector<double> expected = readings;
    std::erase_if(expected, [limit](double r) { return !(r > limit); });
    AllocationScope scope;
    const std::vector<double> above = Above(readings, limit);
    ASSERT_LE(scope.Counts().allocations, 1);
    ASSERT_EQ(above, expected);
    std::size_t best = 0;
    for (std::size_t begin = 0; begin < readings.size(); ++begin) {
      std::size_t end = begin + 1;
      while (end < readings.size() && readings[end] > readings[end - 1]) ++end;
      best = std::max(best, end - begin);
    }
    ASSERT_EQ(LongestRise(readings).size(), best);
  }
}

TEST(Task3Hidden, VisitsTheLinesOfAnyText) {
  const SeedTrace trace;
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    const std::string text = SomeText(random, "ab\n");
    std::string joined;
    AllocationScope scope;
    joined.reserve(100);
    ForEachLine(text, [&joined](std::string_view line) {
      joined.append(line) += '\n';
    });
    ASSERT_LE(scope.Counts().allocations, 1);
    std::string expected = text;
    if (!expected.empty() && expected.back() != '\n') expected += '\n';
    ASSERT_EQ(joined, expected);
  }
}

TEST(Task4Hidden, ATreeOfAnyShapeIsFreed) {
  const SeedTrace trace;
  Random random(4);
  AllocationScope scope;
  {
    Outline outline;
    std::vector<std::pair<Outline::Node*, int>> nodes = {{outline.root(), 0}};
    for (int i = 0; i < 200; ++i) {
      const auto [parent, depth] = random.Pick(nodes);
      nodes.emplace_back(outline.Add(parent, "node"), depth + 1);
    }
    for (const auto& [node, depth] : nodes) {
      ASSERT_EQ(Outline::DepthOf(node), depth);
    }
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task5Hidden, QuotesAndExtensions) {
  const SeedTrace trace;
  Random random(5);
  for (int round = 0; round < 500; ++round) {
    const std::string path = SomeText(random, "ab./");
    const std::size_t begin = path.rfind('/') + 1;
    const std::size_t dot = path.rfind('.');
    const bool has = dot != std::string::npos && dot > begin;
    ASSERT_EQ(Extension(path), has ? path.substr(dot + 1) : "") << path;
    const std::string field = SomeText(random, "a\",");
    std::string line = "x";
    AppendQuoted(line, field);
    std::string back;
    for (std::size_t i = 2; i + 1 < line.size(); ++i) {
      back += line[i];
      if (line[i] == '"') ++i;
    }
    ASSERT_EQ(back, field);
  }
}

TEST(Task6Hidden, MediansOfAnyNumber) {
  const SeedTrace trace;
  Random random(6);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values(random.Between(1, 150));
    for (double& value : values) value = static_cast<double>(random.Below(50));
    const double median = MedianOf(values);
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    const double expected = values.size() % 2 == 1
                                ? values[middle]
                                : (values[middle - 1] + values[middle]) / 2;
    ASSERT_EQ(median, expected);
  }
}

Numbers<InBuffer> Counting(FrameBuffer&, int last) {
  for (int i = 1; i <= last; ++i) co_yield i;
}

TEST(Task7Hidden, FramesNestInTheirBuffer) {
  const SeedTrace trace;
  Random random(7);
  FrameBuffer buffer(4096);
  for (int round = 0; round < 50; ++round) {
    const int last = static_cast<int>(random.Below(9));
    int sum = 0;
    Numbers<InBuffer> outer = Counting(buffer, last);
    while (outer.Next()) {
      Numbers<InBuffer> inner = Counting(buffer, outer.value());
      while (inner.Next()) ++sum;
    }
    ASSERT_EQ(sum, last * (last + 1) / 2);
  }
  EXPECT_EQ(buffer.used_bytes(), 0u);
}

TEST(Task8Hidden, EveryNumberIsAPortOrNone) {
  const SeedTrace trace;
  Random random(8);
  for (int round = 0; round < 500; ++round) {
    const std::size_t number = random.Below(200'000);
    const std::string text = std::to_string(number);
    const Result<std::uint16_t> port = ParsePort(text);
    ASSERT_EQ(port.ok(), number >= 1 && number <= 65535) << text;
    if (port.ok()) {
      ASSERT_EQ(port.value(), number);
    }
  }
}

TEST(Task9Hidden, MovesThroughAVectorWithoutTheHeap) {
  const SeedTrace trace;
  Random random(9);
  std::vector<InlineFunction<24, std::size_t>> callables;
  callables.reserve(100);
  std::size_t expected = 0;
  AllocationScope scope;
  for (int i = 0; i < 100; ++i) {
    const std::size_t a = random.Below(100);
    const std::size_t b = random.Below(100);
    callables.emplace_back([a, b] { return a + b; });
    expected += a + b;
    std::swap(random.Pick(callables), callables.back());
  }
  std::size_t sum = 0;
  for (auto& callable : callables) sum += callable();
  EXPECT_EQ(sum, expected);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

}  // namespace
}  // namespace workbook
