// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/sample_grading.h"

#include <fmt/core.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "tools/grade/calibrate.h"
#include "tools/grade/jail.h"
#include "tools/grade/marks.h"
#include "tools/grade/trusted.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr char kData[] = "tools/grade/testdata/";

void CopyTo(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  fs::permissions(to, fs::perms(0644));
}

void CopyTrusted(const fs::path& trusted, Plan& plan) {
  for (const char* folder :
       {"tools/probe", "tools/exercise", "tools/support/history"}) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".h") {
        CopyTo(entry.path(), trusted / "include" / entry.path());
      }
    }
  }
  for (const fs::path header : kTestHeaders) {
    CopyTo(header, trusted / "include" / header);
  }
  std::vector<fs::path> objects;
  for (const auto& entry : fs::recursive_directory_iterator(".")) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".o")) objects.push_back(entry.path());
  }
  for (const fs::path& object : objects) {
    // As trusted.cc names them: whose they are shows.
    const std::string path = object.lexically_normal().string();
    std::string name = path;
    std::replace(name.begin(), name.end(), '/', '.');
    const bool is_of_history = path.find("support/history") != path.npos;
    const bool is_of_both = path.find("tools/exercise") != path.npos;
    if (!is_of_history) {
      CopyTo(object, trusted / "objects" / name);
      plan.objects.push_back(name);
    }
    if (is_of_history || is_of_both) {
      CopyTo(object, trusted / "answering" / name);
      plan.answering.push_back(name);
    }
  }
  CopyTo("tools/grade/ring_asker", trusted / "askers" / "ring");
  fs::permissions(trusted / "askers" / "ring", fs::perms(0755));
}

Plan SamplePlan(const fs::path& trusted) {
  Plan plan;
  plan.exercise = "09_09";
  plan.trusted = trusted;
  plan.compile_flags = {"-std=c++20", "-O1", "-isystem",
                        "/usr/src/googletest/googletest/include"};
  plan.link_flags = {"-pthread", "-ldl"};
  plan.toolchain = "g++";
  CopyTrusted(trusted, plan);
  for (const char* name : {"ring_test.cc", "ring_case.cc", "hidden_test.cc"}) {
    CopyTo(std::string(kData) + "sample/" + name, trusted / "tests" / name);
  }
  PlannedTask task;
  task.number = 1;
  task.title = "A ring";
  task.stem = "ring";
  task.test_sources = {"ring_test.cc"};
  task.files = {"ring.h", "ring.cc"};
  task.tests = {"Task1Ring.SumsWhatWasPushed", "Task1Ring.KeepsOnlyTheLast",
                "Task1Ring.AllocatesOnce"};
  task.hidden_tests = {"Task1Hidden.AgreesWithAModel"};
  task.cases = {{.name = "ring"}};
  plan.tasks = {task};
  plan.hidden_sources = {"hidden_test.cc"};
  plan.run_limits.cpu_seconds = 1;
  plan.run_limits.wall = std::chrono::milliseconds(1500);
  plan.run_limits.data_bytes = std::uint64_t{512} << 20;
  plan.run_limits.memory_bytes = std::uint64_t{640} << 20;
  plan.run_limits.processes = 32;
  return plan;
}

std::map<std::string, std::string> Files(const std::string& kind,
                                         const std::string& name) {
  std::map<std::string, std::string> files;
  for (const char* file : {"ring.h", "ring.cc"}) {
    const fs::path own = std::string(kData) + kind + "/" + name + "/" + file;
    const fs::path sample = std::string(kData) + "sample/" + file;
    files[file] =
        ReadTextFile(fs::exists(own) ? own : sample).value_or("unreadable");
  }
  return files;
}

// A user of its own for each shard, and none that a grading run has:
// limits on processes are counted by user.
int Slot() {
  const char* const shard = getenv("TEST_SHARD_INDEX");
  return 900 + (shard == nullptr ? 0 : std::atoi(shard));
}

}  // namespace

std::vector<Expectation> Expectations(const std::string& kind) {
  std::vector<Expectation> all;
  std::ifstream in(std::string(kData) + kind + "/expected.tsv");
  std::string line;
  while (std::getline(in, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    Expectation one;
    one.kind = kind;
    std::getline(fields, one.name, '\t');
    std::getline(fields, one.state, '\t');
    std::getline(fields, one.points, '\t');
    std::getline(fields, one.flag, '\t');
    all.push_back(one);
  }
  return all;
}

std::string Describe(const Result& result) {
  std::string text = result.state;
  for (const TaskResult& task : result.tasks) {
    text += fmt::format("\n  {} {:.2f} {} {}", Name(task.state), task.points,
                        task.instructions, task.message);
    for (const TestVerdict& test : task.tests) {
      text += fmt::format("\n    {} {}: {}", test.name, Name(test.state),
                          test.message);
    }
  }
  for (const std::string& flag : result.flags) text += "\n  flag: " + flag;
  return text;
}

void Check(const Expectation& expected, const Result& result) {
  SCOPED_TRACE(expected.name + ": " + Describe(result));
  EXPECT_EQ(result.state, "graded");
  EXPECT_EQ(Name(result.tasks[0].state), expected.state);
  if (expected.points == "*") {
    EXPECT_GT(result.points, 0);
    EXPECT_LT(result.points, result.max_points + 0.01);
  } else {
    EXPECT_DOUBLE_EQ(result.points, std::stod(expected.points));
  }
  // Of honest code, nothing is to be looked at but what the row names.
  if (expected.kind == "honest" && expected.flag == "-") {
    EXPECT_TRUE(result.flags.empty());
  }
  if (expected.flag == "-") return;
  const bool found =
      std::any_of(result.flags.begin(), result.flags.end(),
                  [&expected](const std::string& flag) {
                    return flag.find(expected.flag) != std::string::npos;
                  });
  EXPECT_TRUE(found) << "no flag names " << expected.flag;
}

Workshop::Workshop() {
  std::string name = "/tmp/workbook_grade_test_XXXXXX";
  root_ = mkdtemp(name.data());
  fs::permissions(root_, fs::perms(0755));
  for (const char* folder : {"trusted/include/tools", "trusted/objects",
                             "trusted/tests", "trusted/run", "objects"}) {
    fs::create_directories(root_ / folder);
  }
}

Workshop::~Workshop() { fs::remove_all(root_); }

void Grading::SetUpTestSuite() {
  workshop_ = new Workshop;
  plan_ = new Plan(SamplePlan(workshop_->root() / "trusted"));
  calibration_ =
      Calibrate(*plan_, Read("hostile", "honest_reference").files, {Options()});
}

void Grading::TearDownTestSuite() {
  delete plan_;
  delete workshop_;
}

JudgeOptions Grading::Options() {
  JudgeOptions options;
  options.slot = Slot();
  options.scratch = workshop_->root() / ("slot" + std::to_string(Slot()));
  options.object_cache = workshop_->root() / "objects";
  options.case_time = std::chrono::milliseconds(100);  // for each of many rows
  return options;
}

Submission Grading::Read(const std::string& kind, const std::string& name) {
  Submission submission;
  submission.student = name;
  submission.files = Files(kind, name);
  return submission;
}

Result Grading::Grade(const Submission& submission) {
  Result result = Judge(*plan_, MakeJob(*plan_, submission), Options());
  Mark(*plan_, MarkRules{}, result);
  return result;
}

}  // namespace workbook::grade
