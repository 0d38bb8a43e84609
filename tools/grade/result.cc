// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/result.h"

#include <array>
#include <nlohmann/json.hpp>

namespace workbook::grade {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 9> kTestStates{
    "passed",  "failed",        "skipped",    "crashed",       "timed out",
    "flooded", "out of memory", "no verdict", "infrastructure"};
constexpr std::array<const char*, 5> kTaskStates{
    "graded", "missing", "compile error", "rejected", "infrastructure"};

template <typename State, typename Names>
State Parse(const Names& names, const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (name == names[i]) return static_cast<State>(i);
  }
  throw std::invalid_argument("unknown state " + name);
}

}  // namespace

const char* Name(TestState state) {
  return kTestStates.at(static_cast<std::size_t>(state));
}

const char* Name(TaskState state) {
  return kTaskStates.at(static_cast<std::size_t>(state));
}

void to_json(json& out, const TestCost& cost) {
  out = json::array({cost.allocations, cost.bytes, cost.peak_bytes});
}

void from_json(const json& in, TestCost& cost) {
  cost = {in.at(0), in.at(1), in.at(2)};
}

void to_json(json& out, const TestVerdict& test) {
  out = {{"name", test.name},
         {"state", Name(test.state)},
         {"message", test.message},
         {"hidden", test.hidden},
         {"cost", test.cost}};
}

void from_json(const json& in, TestVerdict& test) {
  test.name = in.at("name");
  test.state = Parse<TestState>(kTestStates, in.at("state"));
  test.message = in.at("message");
  test.hidden = in.at("hidden");
  test.cost = in.at("cost");
}

void to_json(json& out, const TaskResult& task) {
  out = {{"number", task.number},
         {"title", task.title},
         {"state", Name(task.state)},
         {"message", task.message},
         {"tests", task.tests},
         {"instructions", task.instructions},
         {"correctness", task.correctness},
         {"counts", task.counts},
         {"speed", task.speed},
         {"points", task.points},
         {"max_points", task.max_points}};
}

void from_json(const json& in, TaskResult& task) {
  task.number = in.at("number");
  task.title = in.at("title");
  task.state = Parse<TaskState>(kTaskStates, in.at("state"));
  task.message = in.at("message");
  task.tests = in.at("tests").get<std::vector<TestVerdict>>();
  task.instructions = in.at("instructions");
  task.correctness = in.at("correctness");
  task.counts = in.at("counts");
  task.speed = in.at("speed");
  task.points = in.at("points");
  task.max_points = in.at("max_points");
}

void to_json(json& out, const Result& result) {
  out = {{"schema", 1},
         {"student", result.student},
         {"exercise", result.exercise},
         {"key", result.key},
         {"seed", result.seed},
         {"state", result.state},
         {"notes", result.notes},
         {"flags", result.flags},
         {"tasks", result.tasks},
         {"level", result.level},
         {"points", result.points},
         {"max_points", result.max_points},
         {"late_days", result.late_days},
         {"late_percent", result.late_percent}};
}

void from_json(const json& in, Result& result) {
  result.student = in.at("student");
  result.exercise = in.at("exercise");
  result.key = in.at("key");
  result.state = in.at("state");
  result.notes = in.at("notes").get<std::vector<std::string>>();
  result.flags = in.at("flags").get<std::vector<std::string>>();
  result.tasks = in.at("tasks").get<std::vector<TaskResult>>();
  result.points = in.at("points");
  result.max_points = in.at("max_points");
  // Lines of a ledger that is older than these fields.
  result.seed = in.value("seed", std::uint64_t{0});
  result.level = in.value("level", "");
  result.late_days = in.value("late_days", 0);
  result.late_percent = in.value("late_percent", 0.0);
}

}  // namespace workbook::grade
