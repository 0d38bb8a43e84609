// SPDX-License-Identifier: Apache-2.0

// A course in a git repository of its own, and a place to release it to. For
// tests.
#ifndef WORKBOOK_TOOLS_RELEASE_SAMPLE_RELEASE_H_
#define WORKBOOK_TOOLS_RELEASE_SAMPLE_RELEASE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/authoring/sample_course.h"
#include "tools/process/scratch_folder.h"
#include "tools/release/release.h"

namespace workbook::release {

// What is released of the sample.
inline constexpr char kSampleContents[] =
    "WORKSPACE\nexercises/{id}/*.h\nexercises/{id}/*.cc\nexercises/{id}/*.md\n"
    "exercises/way.toml\nexercises/{id}/exercise.toml\nexercises/{id}/"
    "components.bzl\n!exercises/{id}/bench.toml\n"
    "!exercises/{id}/BUILD.bazel\n!exercises/{id}/predictions.toml\n"
    "chapters/{chapter}/{id}.md\n";

// The body of a function of its reference, long enough to be recognised.
inline constexpr char kSampleBody[] =
    "    if (last_ == limit_of_this_counter) throw "
    "std::overflow_error(\"full\");\n"
    "    const int before_this_call = last_;\n"
    "    last_ = before_this_call + 1;\n"
    "    history_of_numbers.push_back(before_this_call);\n"
    "    if (history_of_numbers.size() > 16) history_of_numbers.erase(begin);\n"
    "    for (auto& watcher : watchers_of_this) watcher(before_this_call, "
    "last_);\n"
    "    for (int at = 0; at < before_this_call; at += step_of_this) {\n"
    "      sums_by_number[at % sums_by_number.size()] += last_ - at;\n"
    "    }\n"
    "    return last_;\n";

class SampleRelease : public testing::Test {
 protected:
  SampleRelease();

  // git in the course; a failure is a failure of the test.
  void Git(std::vector<std::string> arguments);
  void Commit();

  // Releases without a build; what was printed is said_.
  ReleaseResult Run(const std::filesystem::path& out,
                    std::vector<std::string> exercises = {});

  // Run() must end with this one problem, its place and what to do.
  void ExpectProblem(const std::filesystem::path& out, const std::string& what,
                     std::vector<std::string> exercises = {});

  // Run() must recognise something in `file`, and leave nothing behind.
  void ExpectLeak(const std::string& file, const std::string& what);

  SampleCourse course_;
  ScratchFolder place_;
  const std::filesystem::path out_ = place_.path() / "copy";
  std::string said_;
};

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_SAMPLE_RELEASE_H_
