// Bazel's build event protocol (--build_event_json_file): what was built, what
// failed and where each test left its report.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BUILD_EVENTS_H_
#define WORKBOOK_TOOLS_WORKBOOK_BUILD_EVENTS_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct BazelTest {
  std::string status;  // Bazel's word: PASSED, FAILED, TIMEOUT, ...
  std::filesystem::path log{};
  std::filesystem::path xml{};
  int duration_ms = 0;
  bool cached = false;
};

struct BazelTarget {
  bool built = false;
  std::vector<std::filesystem::path> outputs;
  std::vector<std::string> failed_actions;  // keys of BuildEvents::actions
  std::string abort_reason;                 // why it was not even tried; or ""
  std::optional<BazelTest> test;
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
  std::optional<int> exit_code;  // absent when Bazel did not get to the end
  std::vector<std::string> problems;  // aborted without a target, in order
};

// Lines that are not JSON are left out: a Bazel that was killed may leave half
// of one.
BuildEvents ParseBuildEvents(std::string_view json_lines);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BUILD_EVENTS_H_
