// SPDX-License-Identifier: Apache-2.0

// What four real programs and a linker asked of malloc, size by size: the CSV
// files of testdata, written by `trace sizes` of tools/trace.
#ifndef WORKBOOK_EXERCISES_01_03_GIVEN_RECORDED_SIZES_H_
#define WORKBOOK_EXERCISES_01_03_GIVEN_RECORDED_SIZES_H_

#include <string>
#include <string_view>
#include <vector>

#include "exercises/01_03/given/size_count.h"

namespace workbook {

// A line of such a file.
struct RecordedSize {
  std::size_t size_bytes = 0;
  std::uint64_t allocations = 0;
  std::uint64_t at_peak = 0;  // alive at the moment when most bytes were
};

// The programs that are there: gcc, git, python3, sqlite3, lld.
std::vector<std::string> RecordedPrograms();

// Reads exercises/01_03/testdata/NAME.csv, from the root of the course or of a
// test's runfiles.
// Cost: O(lines).
// Thread safety: any thread, for all functions here.
// On failure: std::runtime_error that names the file, the line and the fix.
std::vector<RecordedSize> ReadRecordedSizes(const std::string& program);

// Does the same from text; `name` is what an error names.
std::vector<RecordedSize> ParseRecordedSizes(std::string_view text,
                                             const std::string& name);

// Returns the sizes up to kLargestBytes, rounded up to multiples of kStepBytes
// and put together; of each the allocations, or the blocks at the peak.
// Cost: O(lines).
std::vector<SizeCount> SmallAllocations(const std::vector<RecordedSize>& sizes);
std::vector<SizeCount> SmallAtPeak(const std::vector<RecordedSize>& sizes);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_03_GIVEN_RECORDED_SIZES_H_
