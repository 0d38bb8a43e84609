// SPDX-License-Identifier: Apache-2.0

// Bazel's build event protocol (--build_event_json_file): what was built, what
// failed and where each test left its report.
#ifndef WORKBOOK_TOOLS_BAZEL_CLIENT_BUILD_EVENTS_H_
#define WORKBOOK_TOOLS_BAZEL_CLIENT_BUILD_EVENTS_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

struct BazelTest {
  std::string status;  // Bazel's word: PASSED, FLAKY, FAILED, TIMEOUT, ...
  std::filesystem::path log{};
  std::filesystem::path xml{};
  int duration_ms = 0;
  bool cached = false;

  bool Passed() const { return status == "PASSED" || status == "FLAKY"; }

  // False for what only has a summary, because it or all else was not built.
  bool Ran() const {
    return status != "NO_STATUS" && status != "FAILED_TO_BUILD";
  }
};

struct BazelTarget {
  bool built = false;
  std::vector<std::filesystem::path> outputs;
  std::vector<std::string> failed_actions;  // keys of BuildEvents::actions
  std::string abort_reason;                 // why it was not even tried; or ""
  std::optional<BazelTest> test;            // the worst of its shards
  int timeout_seconds = 0;
};

// A failed compiler or linker run.
struct FailedAction {
  std::string label;
  std::string kind;  // CppCompile, CppLink, ...
  std::filesystem::path stderr_file;
};

struct BuildEvents {
  std::map<std::string, BazelTarget> targets;   // by label, "//a/b:c"
  std::map<std::string, FailedAction> actions;  // by primary output
  std::vector<std::string> not_built;           // labels, in Bazel's order
  std::optional<int> exit_code;  // absent when Bazel did not get to the end
  std::vector<std::string> problems;  // aborted without a target, in order
};

// Reads the events, one JSON document a line. Lines that are none are left out:
// a Bazel that was killed may leave half of one.
// Thread safety: any thread.
BuildEvents ParseBuildEvents(std::string_view json_lines);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BAZEL_CLIENT_BUILD_EVENTS_H_
