// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_03/testing/plain_waste.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>

#include "tools/exercise/testing/called_from.h"

namespace workbook {
namespace {

constexpr char kOptimal[] = "exercises/01_03/testdata/optimal.csv";

constexpr std::uint64_t kNotServed = std::numeric_limits<std::uint64_t>::max();

}  // namespace

std::vector<SizeCount> SomeSizes(std::size_t count, Random& random) {
  std::vector<SizeCount> sizes(count);
  std::size_t size_bytes = 0;
  for (SizeCount& size : sizes) {
    size_bytes += kStepBytes * random.Between(1, 6);
    size = {.size_bytes = size_bytes, .count = random.Between(1, 20)};
  }
  return sizes;
}

std::uint64_t PlainWaste(std::span<const std::size_t> classes,
                         std::span<const SizeCount> sizes) {
  std::uint64_t waste = 0;
  for (const auto& [size_bytes, count] : sizes) {
    const auto found =
        std::find_if(classes.begin(), classes.end(),
                     [bytes = size_bytes](std::size_t class_bytes) {
                       return class_bytes >= bytes;
                     });
    if (found == classes.end()) return kNotServed;
    waste += count * (*found - size_bytes);
  }
  return waste;
}

void ForEachTable(
    std::span<const SizeCount> sizes, std::size_t k,
    const std::function<void(const std::vector<std::size_t>&)>& visit) {
  for (std::uint32_t chosen = 1; chosen < (1u << sizes.size()); ++chosen) {
    std::vector<std::size_t> classes;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if ((chosen >> i & 1) != 0) classes.push_back(sizes[i].size_bytes);
    }
    const bool serves_all =
        !classes.empty() && classes.back() == sizes.back().size_bytes;
    if (serves_all && classes.size() <= k) visit(classes);
  }
}

std::uint64_t LeastWasteOfAll(std::span<const SizeCount> sizes, std::size_t k) {
  std::uint64_t least = kNotServed;
  ForEachTable(sizes, k, [&](const std::vector<std::size_t>& classes) {
    least = std::min(least, PlainWaste(classes, sizes));
  });
  return least;
}

void ExpectLeastWaste(const TableOf& table, const std::string& function,
                      std::uint64_t salt, const char* file, int line) {
  const CalledFrom here(file, line, function);
  const SeedTrace trace;
  Random random(salt);
  for (std::size_t round = 0; round < 306; ++round) {
    const std::vector<SizeCount> sizes = SomeSizes(1 + round / 34, random);
    for (std::size_t k = 1; k <= sizes.size(); ++k) {
      const std::vector<std::size_t> classes = table(sizes, k);
      const std::string input =
          "for the sizes " + testing::PrintToString(sizes) +
          " and k = " + std::to_string(k) + " your classes are " +
          testing::PrintToString(classes);
      ASSERT_LE(classes.size(), k) << input;
      ASSERT_TRUE(std::is_sorted(classes.begin(), classes.end())) << input;
      const std::uint64_t wasted = PlainWaste(classes, sizes);
      const bool serves_all_sizes = wasted != kNotServed;
      ASSERT_TRUE(serves_all_sizes) << input;
      const std::uint64_t least = LeastWasteOfAll(sizes, k);
      ASSERT_EQ(wasted, least) << "bytes; " << input;
    }
  }
}

KnownTable KnownOptimum(const std::string& program, std::size_t count) {
  std::ifstream file(kOptimal);
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    KnownTable table;
    std::size_t classes = 0;
    if (!(fields >> table.program >> classes >> table.waste_bytes)) continue;
    if (table.program != program || classes != count) continue;
    for (std::size_t bytes = 0; fields >> bytes;) {
      table.classes.push_back(bytes);
    }
    return table;
  }
  throw std::runtime_error(std::string(kOptimal) + ": no table of " +
                           std::to_string(count) + " classes for " + program +
                           ". Fix: run the test at the root of the course");
}

}  // namespace workbook
