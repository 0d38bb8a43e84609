// SPDX-License-Identifier: Apache-2.0

// The short way from a save to a verdict: past Bazel, with its commands, where
// nothing but the learner's sources has changed since it built the tests.
//
// Bazel's share of a check of one edited file is as long as half of the
// compile, link and run that it does. What cannot be known for certain is
// Bazel's: any other file that is not what it was, a new include, a file that
// comes or goes.
#ifndef WORKBOOK_TOOLS_WORKBOOK_DIRECT_DIRECT_H_
#define WORKBOOK_TOOLS_WORKBOOK_DIRECT_DIRECT_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "tools/bazel_client/build_events.h"
#include "tools/workbook/direct/plan.h"

namespace workbook::direct {

// The tests of one exercise, and where what is known of them is kept.
struct Place {
  std::filesystem::path root;
  std::string folder;             // "exercises/01_02"
  Words labels;                   // of its tests
  std::filesystem::path scratch;  // ".workbook/direct/01_02"
};

inline std::filesystem::path PlanFile(const Place& place) {
  return place.scratch / "plan.json";
}

// Builds and tests what the edited sources need, on all processors. Tests that
// they do not touch keep their result; where nothing has changed, red ones run
// again.
// Cost: a look at each file that the tests are made of, about a thousand; then
// the compiles, links and runs.
// Thread safety: one check of a place at a time.
// On failure: nullopt: Bazel has to do it, and nothing is lost.
std::optional<BuildEvents> TestDirectly(const Place& place);

// Taken before Bazel starts: what was saved since may be in its result or not.
struct Before {
  std::int64_t started_ns = 0;
  std::vector<FileState> learners;
};
Before LookBefore(const Place& place);

// What Bazel is asked for when there is no plan, or when the BUILD files are
// others: the actions behind the tests, and its execution root.
struct Questions {
  std::function<std::optional<std::string>()> actions;
  std::function<std::optional<std::string>()> execution_root;
};

// Remembers a run of Bazel in which every test was built, for TestDirectly.
// Cost: with a new plan Bazel's answers, about half a second; else reads of
// about a hundred files.
// On failure, and where a test was not built: what was remembered before stays,
// and is no longer true, which TestDirectly sees; the next check is Bazel's.
void Remember(const Place& place, const Before& before,
              const BuildEvents& events, const Questions& questions);

}  // namespace workbook::direct

#endif  // WORKBOOK_TOOLS_WORKBOOK_DIRECT_DIRECT_H_
