// SPDX-License-Identifier: Apache-2.0

#include "tools/process/test_run.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

// "path/file.cc:12\nExpected ...": GoogleTest's JSON has the place in the text.
TestFailure ReadFailure(const std::string& text) {
  TestFailure failure;
  failure.message = text;
  const std::size_t end = text.find('\n');
  const std::size_t colon = text.rfind(':', end);
  if (end == std::string::npos || colon == std::string::npos) return failure;
  const std::string digits = text.substr(colon + 1, end - colon - 1);
  if (digits.empty() ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    return failure;
  }
  failure.file = text.substr(0, colon);
  failure.line = std::atoi(digits.c_str());
  failure.message = text.substr(end + 1);
  return failure;
}

TestOutcome ReadTest(const nlohmann::json& test, const std::string& suite) {
  TestOutcome outcome;
  outcome.suite = suite;
  outcome.name = test.value("name", "");
  const std::string result = test.value("result", "");
  outcome.ran = test.value("status", "") == "RUN" && result != "SUPPRESSED";
  outcome.skipped = result == "SKIPPED";
  outcome.seconds = std::atof(test.value("time", "0s").c_str());
  if (test.contains("failures")) {
    for (const nlohmann::json& failure : test.at("failures")) {
      outcome.failures.push_back(ReadFailure(failure.value("failure", "")));
    }
  }
  return outcome;
}

// "Suite.Test" after a marker of GoogleTest's own output.
std::string NameAfter(std::string_view line, std::string_view marker) {
  std::string_view name = line.substr(marker.size());
  return std::string(name.substr(0, name.find_first_of(" ,(")));
}

// What the output of a run without a report still tells.
void ReadOutput(TestRun& run) {
  std::istringstream lines(run.process.output);
  for (std::string line; std::getline(lines, line);) {
    const bool passed = line.starts_with("[       OK ] ");
    const bool failed = line.starts_with("[  FAILED  ] ");
    if (line.starts_with("[ RUN      ] ")) {
      run.last_started = NameAfter(line, "[ RUN      ] ");
    } else if (passed || failed) {
      const std::string name = NameAfter(line, "[       OK ] ");
      const std::size_t dot = name.find('.');
      if (name != run.last_started || dot == std::string::npos) continue;
      TestOutcome outcome;
      outcome.suite = name.substr(0, dot);
      outcome.name = name.substr(dot + 1);
      outcome.ran = true;
      if (failed) outcome.failures.emplace_back();
      run.tests.push_back(outcome);
      run.last_started.clear();
    }
  }
}

}  // namespace

void ReadReport(const std::string& json, TestRun& run) {
  try {
    const nlohmann::json report = nlohmann::json::parse(json);
    std::vector<TestOutcome> tests;
    for (const nlohmann::json& suite : report.at("testsuites")) {
      const std::string name = suite.at("name");
      for (const nlohmann::json& test : suite.at("testsuite")) {
        tests.push_back(ReadTest(test, name));
      }
    }
    run.tests = std::move(tests);
    run.reported = true;
  } catch (const nlohmann::json::exception& error) {
    run.reported = false;
    run.report_error = error.what();
  }
}

TestRun RunTests(const std::string& binary, const TestRunOptions& options) {
  const ScratchFolder folder;
  const std::filesystem::path report = folder.path() / "report.json";
  ProcessOptions process;
  process.timeout = options.timeout;
  process.output_limit_bytes = options.output_limit_bytes;
  process.working_directory = options.working_directory;
  process.environment = options.environment;
  // A sharded or filtered Bazel run must not decide which tests run in here.
  process.unset = {"GTEST_TOTAL_SHARDS",      "GTEST_SHARD_INDEX",
                   "GTEST_SHARD_STATUS_FILE", "TEST_TOTAL_SHARDS",
                   "TEST_SHARD_INDEX",        "TESTBRIDGE_TEST_ONLY"};
  std::vector<std::string> arguments{binary, "--gtest_color=no",
                                     "--gtest_output=json:" + report.string()};
  if (!options.filter.empty()) {
    arguments.push_back("--gtest_filter=" + options.filter);
  }
  TestRun run;
  run.process = RunProcess(arguments, process);
  std::ifstream stream(report);
  if (stream) {
    ReadReport({std::istreambuf_iterator<char>(stream), {}}, run);
  } else {
    run.report_error = "it wrote no report";
  }
  if (!run.reported) ReadOutput(run);
  return run;
}

}  // namespace workbook
