// SPDX-License-Identifier: Apache-2.0

// The way through the course as data: what exercises/way.toml says.
//
//   way = ["03_01", "03_06"]   ids of exercises, in the order in which
//                              learners are led
//
// An id may name an exercise that the course does not have: a copy for a class
// may hold a part of the course, and an exercise may be yet to come. An
// exercise that the file does not name comes after those that it names. The
// file may be absent. No other field exists.
#ifndef WORKBOOK_TOOLS_COURSE_WAY_H_
#define WORKBOOK_TOOLS_COURSE_WAY_H_

#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook {

// Where the file lies, relative to the course's root.
inline constexpr char kWayFile[] = "exercises/way.toml";

struct WayResult {
  std::vector<std::string> ids;  // without those that `problems` name
  std::vector<Problem> problems;
};

// Reads the text of kWayFile.
// Thread safety: any thread.
// On failure: `problems`, each with its line; nothing is thrown.
WayResult ParseWay(const std::string& text);

// Sorts `exercises` by their place in `ids`. Those that `ids` does not name
// come last, in the order that they have.
// Thread safety: any thread.
void SortByWay(const std::vector<std::string>& ids,
               std::vector<Exercise>& exercises);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_WAY_H_
