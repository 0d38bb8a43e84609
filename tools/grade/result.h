// SPDX-License-Identifier: Apache-2.0

// What grading one submission found, before and after it is turned into marks.
#ifndef WORKBOOK_TOOLS_GRADE_RESULT_H_
#define WORKBOOK_TOOLS_GRADE_RESULT_H_

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tools/grade/plan.h"

namespace workbook::grade {

// Every state but kPassed is worth nothing; kInfrastructure is no verdict.
enum class TestState {
  kPassed,
  kFailed,
  kSkipped,
  kCrashed,
  kTimedOut,
  kFlooded,      // printed without end
  kOutOfMemory,  // its processes together
  kNoVerdict,    // ended without a result: exit() and the like
  kInfrastructure,
};

struct TestVerdict {
  std::string name;  // "Suite.Test"
  TestState state = TestState::kNoVerdict;
  std::string message;  // escaped by whoever shows it
  bool hidden = false;
  TestCost cost;
  // Not written down: threads that it started, assertions that it evaluated,
  // and how many of them failed.
  std::int64_t threads = 0;
  std::int64_t assertions = 0;
  std::int64_t failures = 0;
  // Nor are these: the stream of what its assertions saw, and what a person
  // would look at there.
  std::string observed = {};
  std::vector<std::string> observation_flags = {};

  // Whether it was decided outside of the submission's process.
  bool IsCase() const { return hidden && name.starts_with("Case."); }
};

enum class TaskState {
  kGraded,
  kMissing,       // a file is not there
  kCompileError,  // or did not compile in the limits
  kRejected,      // breaks a rule that protects the grader
  kInfrastructure,
};

struct TaskResult {
  int number = 0;
  std::string title;
  TaskState state = TaskState::kGraded;
  std::string message;  // the compiler's words, or why it is rejected
  std::vector<TestVerdict> tests;
  std::int64_t instructions = 0;
  bool failed_when_counted = false;  // not written down
  // Marks, 0 to 1 of the task's weight; by marks.h.
  double correctness = 0;
  double counts = 0;
  double speed = 0;
  double points = 0;
  double max_points = 0;
};

struct Result {
  std::string student;  // the name of the folder or archive, printable
  std::string exercise;
  std::string key;         // of the job
  std::uint64_t seed = 0;  // of the run's random histories
  std::string state;       // "graded", "unreadable", "infrastructure"
  std::vector<std::string> notes;
  std::vector<std::string> flags;  // for a person to look at
  std::vector<TaskResult> tasks;
  std::string level;  // "core" or "all": what is marked; empty before marks
  double points = 0;
  double max_points = 0;
  int late_days = 0;        // that are charged
  double late_percent = 0;  // taken off the points for them
};

const char* Name(TestState state);
const char* Name(TaskState state);

void to_json(nlohmann::json& json, const Result& result);
void from_json(const nlohmann::json& json, Result& result);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_RESULT_H_
