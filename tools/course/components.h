// SPDX-License-Identifier: Apache-2.0

// What exercises/NN_MM/components.bzl says of an exercise's components.
#ifndef WORKBOOK_TOOLS_COURSE_COMPONENTS_H_
#define WORKBOOK_TOOLS_COURSE_COMPONENTS_H_

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "tools/course/exercise.h"

namespace workbook {

// Returns the stems of the components that `components_bzl`, as buildifier lays
// it out, declares with `threads = True`: their tests start threads.
// Cost: one pass.
// Thread safety: any thread.
std::set<std::string> ComponentsWithThreads(std::string_view components_bzl);

// Does the same from the file of `exercise` in the course at `root`.
// On failure: empty.
std::set<std::string> ComponentsWithThreads(const std::filesystem::path& root,
                                            const Exercise& exercise);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_COMPONENTS_H_
