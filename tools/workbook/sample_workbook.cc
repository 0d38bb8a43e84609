// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/sample_workbook.h"

#include <chrono>
#include <fstream>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

// Runfiles are read-only links; the copy's files are its own.
void CopyTree(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::recursive_directory_iterator(
           from, fs::directory_options::follow_directory_symlink)) {
    const fs::path target = to / entry.path().lexically_relative(from);
    if (fs::is_directory(entry.path())) {
      fs::create_directories(target);
      continue;
    }
    fs::create_directories(target.parent_path());
    std::ofstream(target) << ReadTextFile(entry.path()).value();
    fs::permissions(target, fs::status(entry.path()).permissions() |
                                fs::perms::owner_write);
  }
}

}  // namespace

SampleWorkbook::SampleWorkbook()
    : data_(fs::current_path() / "tools/workbook/testdata"),
      root_(scratch_.path() / "course"),
      bazel_((data_ / "fake_bazel.sh").string()),
      recorded_((data_ / "recorded").string()) {
  CopyTree(data_ / "course", root_);
  std::ofstream(root_ / "WORKSPACE") << "# a sample\n";
}

fs::path SampleWorkbook::program() const {
  return data_.parent_path() / "workbook";
}

std::vector<std::pair<std::string, std::string>> SampleWorkbook::Environment()
    const {
  return {
      {"WORKBOOK_ROOT", root_.string()},
      {"WORKBOOK_BAZEL", bazel_},
      {"RECORDED", recorded_},
      {"FAKE_BAZEL", fake_bazel_},
      {"FAKE_BENCH", fake_bench_},
      {"WORKBOOK_BENCH_LOCK", (root_ / "bench.lock").string()},
  };
}

ProcessResult SampleWorkbook::Run(std::vector<std::string> arguments) const {
  // What is recorded is a run of every test.
  if (!arguments.empty() && arguments[0] == "check") {
    arguments.insert(arguments.begin() + 1, "--all");
  }
  return RunAsTyped(std::move(arguments));
}

ProcessResult SampleWorkbook::RunAsTyped(
    std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), program().string());
  ProcessOptions options;
  options.working_directory = root_.string();
  options.environment = Environment();
  options.timeout = std::chrono::seconds(20);
  return RunProcess(arguments, options);
}

std::string SampleWorkbook::Read(const std::string& relative) const {
  return ReadTextFile(root_ / relative).value_or("(no such file)");
}

void SampleWorkbook::Write(const std::string& relative,
                           const std::string& text) const {
  fs::create_directories((root_ / relative).parent_path());
  std::ofstream(root_ / relative) << text;
}

fs::path SampleWorkbook::OwnRecordings() {
  const fs::path own = scratch_.path() / "recorded";
  if (!fs::exists(own)) CopyTree(data_ / "recorded", own);
  recorded_ = own.string();
  return own;
}

void SampleWorkbook::ReplayLog(const std::string& test,
                               const std::string& log) {
  ReplayFile("09_01/logs/" + test + "/test.log", log);
}

void SampleWorkbook::ReplayFile(const std::string& relative,
                                const std::string& text) {
  const fs::path file = OwnRecordings() / relative;
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

std::string SampleWorkbook::Recorded(const std::string& relative) const {
  return ReadTextFile(data_ / "recorded" / relative).value_or("(no such file)");
}

std::string SampleWorkbook::Golden(const std::string& name) const {
  return ReadTextFile(data_ / "golden" / name).value_or("(no such file)");
}

void ExpectProblem(const ProcessResult& result, int exit_code,
                   const std::string& what) {
  EXPECT_EQ(result.exit_code, exit_code) << result.errors;
  EXPECT_NE(result.errors.find(what), std::string::npos) << result.errors;
  EXPECT_NE(result.errors.find("  where: "), std::string::npos);
  EXPECT_NE(result.errors.find("  next:  "), std::string::npos);
}

}  // namespace workbook::cli
