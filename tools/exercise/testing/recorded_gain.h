// SPDX-License-Identifier: Apache-2.0

// What a test measured before and after the learner's work, for people to see.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_RECORDED_GAIN_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_RECORDED_GAIN_H_

#include <gtest/gtest.h>

#include <concepts>
#include <string>

namespace workbook {

// Records what the running test saved as its properties before_NAME and
// after_NAME. `./workbook check` prints them when the task turns green, and
// `report` keeps them.
// REQUIRES: a test is running; `name` is the plural noun that is counted, such
// as "allocations", or a size that ends with "_bytes", such as "peak_bytes";
// neither count is negative.
// Thread safety: the test's own thread.
void RecordGain(const std::string& name, std::integral auto before,
                std::integral auto after) {
  testing::Test::RecordProperty("before_" + name, std::to_string(before));
  testing::Test::RecordProperty("after_" + name, std::to_string(after));
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_RECORDED_GAIN_H_
