// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/direct/test_program.h"

#include <fstream>
#include <system_error>

#include "fmt/format.h"
#include "tools/bazel_client/runfiles.h"
#include "tools/process/process.h"
#include "tools/workbook/direct/compile.h"

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

constexpr int kSignalBase = 128;  // a shell's exit code for signal 0

// The words that a test may rely on: bazel.build/reference/test-encyclopedia.
Words TestEnvironment(const Plan& plan, const Test& test,
                      const std::string& label, const fs::path& scratch) {
  const std::string runfiles = plan.execution_root + '/' + test.runfiles;
  const std::string workspace = WorkspaceIn(runfiles);
  return {"BAZEL_TEST=1",
          "TZ=UTC",
          "PWD=" + runfiles + '/' + workspace,
          "RUNFILES_DIR=" + runfiles,
          "TEST_SRCDIR=" + runfiles,
          "TEST_TARGET=" + label,
          fmt::format("TEST_TIMEOUT={}", test.timeout_seconds),
          "TEST_TMPDIR=" + (scratch / "tmp").string(),
          "TEST_WORKSPACE=" + workspace,
          "XML_OUTPUT_FILE=" + (scratch / "test.xml").string()};
}

// The same that Bazel's generate-xml says.
void WriteXmlOf(int exit_code, const fs::path& file) {
  std::ofstream(file) << fmt::format(
      "<testsuites><testsuite><testcase name=\"program\"><error "
      "message=\"exited with error code {}\"></error></testcase></testsuite>"
      "</testsuites>\n",
      exit_code);
}

}  // namespace

Linked Link(const Plan& plan, const Test& test, const fs::path& scratch) {
  Linked linked;
  linked.program = scratch / "program";
  Words command;
  for (const std::string& word : test.link) {
    const auto source = plan.sources.find(word);
    if (source != plan.sources.end()) {
      command.push_back(source->second.built);
    } else {
      command.push_back(word == test.output ? linked.program.string() : word);
    }
  }
  ProcessOptions options;
  options.working_directory = plan.execution_root;
  const ProcessResult result =
      RunProcess(InBazelsEnvironment(command), options);
  if (!result.ExitedWith(0)) {
    linked.errors = scratch / "link.errors";
    std::ofstream(linked.errors)
        << result.errors << result.output << result.start_error;
  }
  return linked;
}

BazelTest RunTest(const Plan& plan, const Test& test, const std::string& label,
                  const fs::path& program, const fs::path& scratch) {
  BazelTest outcome{.status = "FAILED",
                    .log = scratch / "test.log",
                    .xml = scratch / "test.xml"};
  std::error_code ignored;
  fs::remove(outcome.xml, ignored);
  fs::remove_all(scratch / "tmp", ignored);
  fs::create_directories(scratch / "tmp", ignored);
  Words command = TestEnvironment(plan, test, label, scratch);
  // Both streams in the order in which they come, however much that is.
  command.insert(command.end(), {"/bin/sh", "-c", "exec \"$0\" >\"$1\" 2>&1",
                                 program.string(), outcome.log.string()});
  ProcessOptions options;
  const std::string runfiles = plan.execution_root + '/' + test.runfiles;
  options.working_directory = runfiles + '/' + WorkspaceIn(runfiles);
  options.timeout = std::chrono::seconds(test.timeout_seconds);
  const ProcessResult result =
      RunProcess(InBazelsEnvironment(command), options);
  outcome.duration_ms = static_cast<int>(result.elapsed.count());
  if (result.timed_out) {
    outcome.status = "TIMEOUT";
    return outcome;
  }
  const int exit_code =
      result.signal != 0 ? kSignalBase + result.signal : result.exit_code;
  if (exit_code == 0) outcome.status = "PASSED";
  if (!fs::exists(outcome.xml, ignored)) WriteXmlOf(exit_code, outcome.xml);
  return outcome;
}

}  // namespace workbook::direct
