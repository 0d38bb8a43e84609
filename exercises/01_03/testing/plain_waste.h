// SPDX-License-Identifier: Apache-2.0

// Answers computed in the plainest way, to compare with.
#ifndef WORKBOOK_EXERCISES_01_03_TESTING_PLAIN_WASTE_H_
#define WORKBOOK_EXERCISES_01_03_TESTING_PLAIN_WASTE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "exercises/01_03/given/size_count.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {

// What gtest prints of a size.
inline void PrintTo(const SizeCount& size, std::ostream* out) {
  *out << size.size_bytes << " bytes x " << size.count;
}

// Returns `count` sizes, each with 1 to 20 blocks.
std::vector<SizeCount> SomeSizes(std::size_t count, Random& random);

// Returns what the classes waste on the sizes, and the greatest number there is
// if a size has no class.
std::uint64_t PlainWaste(std::span<const std::size_t> classes,
                         std::span<const SizeCount> sizes);

// Calls `visit` with each table of at most `k` classes that are sizes and serve
// all of them.
// REQUIRES: there are fewer than 20 sizes.
void ForEachTable(
    std::span<const SizeCount> sizes, std::size_t k,
    const std::function<void(const std::vector<std::size_t>&)>& visit);

// Returns the least waste of all these tables.
std::uint64_t LeastWasteOfAll(std::span<const SizeCount> sizes, std::size_t k);

// Returns the classes of a table: at most so many, for these sizes.
using TableOf = std::function<std::vector<std::size_t>(
    const std::vector<SizeCount>&, std::size_t)>;

// Compares what the table of `function` wastes with the best of all tables, on
// random sizes: few of them first, so a failure prints an input that is small
// enough to go through by hand. `salt` tells the inputs of two tests apart.
void ExpectLeastWaste(const TableOf& table, const std::string& function,
                      std::uint64_t salt, const char* file = __builtin_FILE(),
                      int line = __builtin_LINE());

// A table that was computed before, and what it wastes.
struct KnownTable {
  std::string program;
  std::uint64_t waste_bytes = 0;
  std::vector<std::size_t> classes;
};

// Returns the table of `count` classes that wastes least on the blocks that
// `program` has at its peak, from exercises/01_03/testdata/optimal.csv.
// On failure: std::runtime_error that names the file.
KnownTable KnownOptimum(const std::string& program, std::size_t count);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_03_TESTING_PLAIN_WASTE_H_
