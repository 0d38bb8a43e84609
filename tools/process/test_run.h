// SPDX-License-Identifier: Apache-2.0

// Runs a GoogleTest binary and reads what it reported.
#ifndef WORKBOOK_TOOLS_PROCESS_TEST_RUN_H_
#define WORKBOOK_TOOLS_PROCESS_TEST_RUN_H_

#include <chrono>
#include <string>
#include <vector>

#include "tools/process/process.h"

namespace workbook {

struct TestFailure {
  std::string file;  // as the compiler saw it; empty if GoogleTest knows none
  int line = 0;
  std::string message;
};

struct TestOutcome {
  std::string suite;
  std::string name;
  bool ran = false;      // to its end
  bool skipped = false;  // by GTEST_SKIP
  std::vector<TestFailure> failures;
  double seconds = 0;

  std::string FullName() const { return suite + "." + name; }
  bool Passed() const { return ran && !skipped && failures.empty(); }
  bool Failed() const { return ran && !failures.empty(); }
};

struct TestRun {
  ProcessResult process;

  // Whether the binary wrote its report. GoogleTest writes it at the end, so a
  // crash or a time-out leaves none, and the tests are what its output showed
  // before: those that ended, without the failures' texts.
  bool reported = false;
  std::string report_error;
  std::vector<TestOutcome> tests;

  // The test that was running when there is no report: where it crashed.
  std::string last_started;
};

struct TestRunOptions {
  std::string filter;  // as --gtest_filter; empty for all
  std::chrono::milliseconds timeout{60'000};
  std::size_t output_limit_bytes = std::size_t{1} << 20;
  std::string working_directory;
  std::vector<std::pair<std::string, std::string>> environment;
};

// Runs `binary` within the limits of `options`.
// Cost: the run itself.
// Thread safety: any thread.
// On failure: process says how it ended, reported is false; nothing is thrown
// but std::filesystem::filesystem_error where there is no scratch folder.
TestRun RunTests(const std::string& binary, const TestRunOptions& options = {});

// Reads a report written by --gtest_output=json into `run`.
// On failure: reported is false and report_error says why.
void ReadReport(const std::string& json, TestRun& run);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROCESS_TEST_RUN_H_
