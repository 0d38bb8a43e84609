// SPDX-License-Identifier: Apache-2.0

#include "03_02/map_bytes.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {

// What gtest prints of a use.
void PrintTo(const HeapUse& use, std::ostream* out) {
  *out << use.blocks << " blocks of together " << use.bytes << " bytes";
}

namespace {

// The probe's own answer, so that a test can tell which half is wrong.
HeapUse LiveNow(const AllocationScope& scope) {
  const AllocationCounts counts = scope.Counts();
  return {static_cast<std::size_t>(counts.allocations - counts.frees),
          static_cast<std::size_t>(counts.live_bytes)};
}

constexpr std::array<std::size_t, 5> kCounts = {0, 1, 10, 1000, 30'000};

template <class Map>
NodeShape ShapeOf(bool keeps_hash) {
  return {sizeof(typename Map::value_type), keeps_hash};
}

TEST(Task2MapBytes, ANodeHasAPointerAnEntryAndPerhapsAHash) {
  EXPECT_EQ(NodeBytes({8, false}), 16u) << "int to int";
  EXPECT_EQ(NodeBytes({16, false}), 24u);
  EXPECT_EQ(NodeBytes({40, true}), 56u) << "std::string to an int";
  EXPECT_EQ(NodeBytes({2, false}), 16u) << "char to char, rounded up";
  EXPECT_EQ(NodeBytes({12, true}), 32u) << "the hash begins at 24";
  EXPECT_EQ(NodeBytes({1, true}), 24u);
}

TEST(Task2MapBytes, ComputesARealMapOfIntegers) {
  for (const std::size_t count : kCounts) {
    SCOPED_TRACE(std::to_string(count) + " entries");
    const AllocationScope scope;
    std::unordered_map<std::uint64_t, std::uint64_t> map;
    for (std::uint64_t i = 0; i < count; ++i) map[i * 7] = i;
    const HeapUse measured = LiveNow(scope);
    const HeapUse computed =
        NodeMapUse(count, map.bucket_count(), ShapeOf<decltype(map)>(false));
    EXPECT_EQ(computed, measured) << "what the probe counts for a real map";
  }
}

TEST(Task2MapBytes, ComputesARealMapOfTexts) {
  const AllocationScope scope;
  std::unordered_map<std::string, int> map;
  for (int i = 0; i < 500; ++i) map[std::to_string(i)] = i;
  const HeapUse measured = LiveNow(scope);
  const HeapUse computed =
      NodeMapUse(500, map.bucket_count(), ShapeOf<decltype(map)>(true));
  EXPECT_EQ(computed, measured) << "what the probe counts for a real map";
}

TEST(Task2MapBytes, SevenEighthsFit) {
  EXPECT_EQ(FlatCapacity(0), 0u);
  EXPECT_EQ(FlatCapacity(1), 16u);
  EXPECT_EQ(FlatCapacity(14), 16u);
  EXPECT_EQ(FlatCapacity(15), 32u);
  EXPECT_EQ(FlatCapacity(896), 1024u);
  EXPECT_EQ(FlatCapacity(897), 2048u);
  EXPECT_EQ(FlatCapacity(std::size_t{1} << 60), std::size_t{1} << 61);
  for (std::size_t count = 1; count < 4000; ++count) {
    const std::size_t capacity = FlatCapacity(count);
    ASSERT_EQ(capacity & (capacity - 1), 0u) << "no power of two";
    ASSERT_LE(8 * count, 7 * capacity) << count << " entries do not fit";
    if (capacity > 16) {
      ASSERT_GT(8 * count, 7 * (capacity / 2)) << "half of it would do";
    }
  }
}

TEST(Task2MapBytes, AFlatMapIsOneBlock) {
  EXPECT_EQ(FlatMapUse(0, 16), (HeapUse{0, 0}));
  EXPECT_EQ(FlatMapUse(16, 16), (HeapUse{1, 290}))
      << "16 slots of 17 bytes, 16 bits, and 16 bytes more";
  EXPECT_EQ(FlatMapUse(1024, 40), (HeapUse{1, 42'128}));
}

TEST(Task2MapBytes, AFlatMapSavesMostJustBeforeItGrows) {
  const auto bytes_of_nodes = [](std::size_t count) {
    std::unordered_map<std::uint64_t, std::uint64_t> map(count);
    return NodeMapUse(count, map.bucket_count(), {16, false}).bytes;
  };
  const auto bytes_of_flat = [](std::size_t count) {
    return FlatMapUse(FlatCapacity(count), 16).bytes;
  };
  EXPECT_LT(bytes_of_flat(896), bytes_of_nodes(896)) << "7/8 full";
  EXPECT_GT(bytes_of_flat(897), bytes_of_nodes(897))
      << "7/16 full: more empty slots than entries";
  RecordGain("map_bytes", bytes_of_nodes(896), bytes_of_flat(896));
  const auto record = [](const char* name, double bytes) {
    RecordProperty(name, std::to_string(bytes));
  };
  record("node", static_cast<double>(bytes_of_nodes(896)) / 896);
  record("flat_full", static_cast<double>(bytes_of_flat(896)) / 896);
  record("flat_grown", static_cast<double>(bytes_of_flat(897)) / 897);
}

TEST(Task2MapBytes, MeasuresWhatStaysAlive) {
  const HeapUse use = MeasuredUse([] {
    const std::vector<char> scratch(5000);
    auto kept = std::make_unique<std::string>(scratch.size() / 50, 'x');
    return kept;
  });
  EXPECT_EQ(use.blocks, 2u) << "the std::string and its 100 letters";
  EXPECT_EQ(use.bytes, sizeof(std::string) + 101u)
      << "scratch is freed, so it is no part of the object";
  EXPECT_EQ(MeasuredUse([] { return 5; }), HeapUse{});
}

TEST(Task2MapBytes, MeasuredIsComputed) {
  std::size_t buckets = 0;
  const HeapUse measured = MeasuredUse([&] {
    std::unordered_map<std::uint64_t, std::uint64_t> map;
    for (std::uint64_t i = 0; i < 2000; ++i) map[i] = i;
    buckets = map.bucket_count();
    return map;
  });
  EXPECT_EQ(measured, NodeMapUse(2000, buckets, {16, false}));
}

}  // namespace
}  // namespace workbook
