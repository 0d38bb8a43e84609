// Which targets a Bazel run built and which tests passed, from the file that
// --build_event_json_file writes.
#ifndef WORKBOOK_TOOLS_AUTHORING_BAZEL_EVENTS_H_
#define WORKBOOK_TOOLS_AUTHORING_BAZEL_EVENTS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

struct BazelTestResult {
  std::string status;  // "PASSED", "FLAKY", "FAILED", "TIMEOUT", ...
  std::string log;     // the path of test.log; empty if there is none

  bool Passed() const { return status == "PASSED" || status == "FLAKY"; }
};

struct BazelEvents {
  std::map<std::string, BazelTestResult> tests;  // by label
  std::vector<std::string> built;                // labels
  std::vector<std::string> not_built;            // labels
};

// Reads the events, one JSON document a line. A line that is none is left out:
// a Bazel that was killed leaves half a line.
// Thread safety: any thread.
BazelEvents ParseBazelEvents(std::string_view lines);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_BAZEL_EVENTS_H_
