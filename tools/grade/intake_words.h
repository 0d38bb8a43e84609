// SPDX-License-Identifier: Apache-2.0

// What a student is told of a file that was not taken: what happened, and what
// to do.
#ifndef WORKBOOK_TOOLS_GRADE_INTAKE_WORDS_H_
#define WORKBOOK_TOOLS_GRADE_INTAKE_WORDS_H_

#include <set>
#include <string>
#include <vector>

namespace workbook::grade {

// Why `bytes` are not taken as the text of `name`; "" where they are text.
// Cost: one pass over the bytes.
std::string WhyNoText(const std::string& name, const std::string& bytes);

// A note for each of `missing` that one of `others` stands for: DynArray.h,
// "dyn_array (1).h" or dyn_array.hpp for dyn_array.h. Tests, benchmarks and
// cases of that stem are none. `others` are names without a path.
// Cost: a pass over `others` for each of `missing`.
std::vector<std::string> NotesOnNames(const std::set<std::string>& missing,
                                      const std::set<std::string>& others);

// Why there is nothing to grade where no file of `wanted` was found.
// Cost: a pass over `others`.
std::string WhyNothing(const std::vector<std::string>& wanted,
                       const std::set<std::string>& others);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_INTAKE_WORDS_H_
