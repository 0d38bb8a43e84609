// SPDX-License-Identifier: Apache-2.0

// The text of four profilers, read into lines with numbers.
#ifndef WORKBOOK_EXERCISES_03_06_GIVEN_PROFILE_TEXT_H_
#define WORKBOOK_EXERCISES_03_06_GIVEN_PROFILE_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// A function and what it cost. Names are as the tool prints them, so compare
// with find: "workbook::(anonymous namespace)::HashText(...)".
struct ProfileLine {
  std::string function;
  double cost = 0;
};

// Reads `perf report --stdio --no-children`: cost is the share of samples in
// the function itself, in per cent.
// Cost of all functions here: O(text).
// Thread safety: any thread.
// On failure: lines that are not understood are left out.
std::vector<ProfileLine> ParsePerfReport(std::string_view text);

// Reads `callgrind_annotate`: cost is in instructions, of the function itself,
// or with what it calls where --inclusive=yes was given.
std::vector<ProfileLine> ParseCallgrind(std::string_view text);

// Reads the part "MOST CALLS TO ALLOCATION FUNCTIONS" of heaptrack_print: cost
// is the number of calls to the allocator. The function is the innermost one in
// the namespace workbook; where heaptrack lost it, the line of main that led
// there: "main at given/word_index.cc:75".
std::vector<ProfileLine> ParseHeaptrack(std::string_view text);

// One moment of massif's log. What the program asked for, and what the
// allocator added to it: headers and rounding.
struct MassifSnapshot {
  std::int64_t instructions = 0;  // since the start
  std::int64_t heap_bytes = 0;
  std::int64_t extra_bytes = 0;
};

// Reads massif.out.
std::vector<MassifSnapshot> ParseMassif(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_GIVEN_PROFILE_TEXT_H_
