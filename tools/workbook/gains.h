// SPDX-License-Identifier: Apache-2.0

// What a task saved, as its tests recorded it: RecordGain of
// tools/exercise/testing/recorded_gain.h.
#ifndef WORKBOOK_TOOLS_WORKBOOK_GAINS_H_
#define WORKBOOK_TOOLS_WORKBOOK_GAINS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/workbook/recorded_properties.h"

namespace workbook::cli {

struct Gain {
  std::string name;  // "allocations", "peak_bytes"
  std::int64_t before = 0;
  std::int64_t after = 0;

  bool operator==(const Gain&) const = default;
};

// Pairs before_NAME and after_NAME of each test, test by test, then by name. A
// pair that is not whole, or not of counts, is left out.
// Thread safety: any thread, for all functions here.
std::vector<Gain> FindGains(const RecordedProperties& recorded);

// The same by task: a suite that is named Task7... belongs to task 7.
std::map<int, std::vector<Gain>> GainsByTask(
    const RecordedProperties& recorded);

// "114,286 -> 0 allocations, peak 715,894 -> 788 B"; "" for none. A name that
// ends with "_bytes" is a size, any other the noun that is counted.
std::string GainText(const std::vector<Gain>& gains);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_GAINS_H_
