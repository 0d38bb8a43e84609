// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/regrade.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/grade/intake.h"
#include "tools/grade/whole_io.h"
#include "tools/sha256/sha256.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// As it is on the disk, or without the ending of an archive.
bool IsNameOf(const std::string& word, const fs::path& path) {
  return word == path.filename().string() || word == StudentOf(path);
}

const TaskResult* FindTask(const Result& result, int number) {
  for (const TaskResult& task : result.tasks) {
    if (task.number == number) return &task;
  }
  return nullptr;
}

const TestVerdict* FindTest(const TaskResult& task, const std::string& name) {
  for (const TestVerdict& test : task.tests) {
    if (test.name == name) return &test;
  }
  return nullptr;
}

std::string CostText(const TestCost& cost) {
  return fmt::format("{} allocations, {} bytes, peak {}", cost.allocations,
                     cost.bytes, cost.peak_bytes);
}

void ExplainTest(const TestVerdict* before, const TestVerdict& after,
                 std::vector<std::string>& why) {
  if (before == nullptr) {
    why.push_back(after.name + ": new, " + Name(after.state));
  } else if (before->state != after.state) {
    why.push_back(after.name + ": " + Name(before->state) + " -> " +
                  Name(after.state));
  } else if (!(before->cost == after.cost)) {
    why.push_back(after.name + ": " + CostText(before->cost) + " -> " +
                  CostText(after.cost));
  }
}

void ExplainTask(const TaskResult& before, const TaskResult& after,
                 std::vector<std::string>& why) {
  const std::string task = fmt::format("task {}", after.number);
  if (before.points != after.points) {
    why.push_back(
        fmt::format("{}: {:.2f} -> {:.2f}", task, before.points, after.points));
  }
  if (before.state != after.state) {
    why.push_back(task + ": " + Name(before.state) + " -> " +
                  Name(after.state));
  }
  if (before.instructions != after.instructions) {
    why.push_back(fmt::format("{}: {} -> {} instructions", task,
                              before.instructions, after.instructions));
  }
  for (const TestVerdict& test : after.tests) {
    ExplainTest(FindTest(before, test.name), test, why);
  }
  for (const TestVerdict& test : before.tests) {
    if (FindTest(after, test.name) == nullptr) {
      why.push_back(test.name + ": no longer a test");
    }
  }
}

Difference Compare(const Plan& plan, const MarkRules& rules,
                   const Selection& selection,
                   const std::optional<Result>& before, Result after) {
  Difference difference;
  difference.student = after.student;
  Result old;
  if (before) {
    old = *before;
    old.late_days = after.late_days;
    Mark(plan, rules, old);
    for (TaskResult& task : after.tasks) {
      const TaskResult* kept = FindTask(old, task.number);
      const bool selected =
          selection.tasks.empty() || selection.tasks.contains(task.number);
      if (kept != nullptr && !selected) task = *kept;
    }
    difference.graded_before = true;
    difference.old_points = old.points;
    if (before->key != after.key) {
      difference.why.push_back(
          "the files, the tests or the compiler changed since");
    }
  }
  Mark(plan, rules, after);
  difference.new_points = after.points;
  difference.max_points = after.max_points;
  const std::size_t reasons = difference.why.size();
  for (const TaskResult& task : after.tasks) {
    const TaskResult* const then = FindTask(old, task.number);
    if (then != nullptr) ExplainTask(*then, task, difference.why);
  }
  difference.same =
      before && before->key == after.key && difference.why.size() == reasons;
  // Whoever grades next knows how late it is; the ledger has verdicts.
  after.late_days = 0;
  difference.result = std::move(after);
  return difference;
}

}  // namespace

const char* Difference::Change() const {
  if (!graded_before) return "new";
  if (new_points > old_points) return "raised";
  return new_points < old_points ? "lowered" : "unchanged";
}

Selection Select(const std::vector<std::string>& only, const Plan& plan,
                 const std::vector<fs::path>& paths) {
  Selection selection;
  for (const std::string& word : only) {
    const auto path =
        std::find_if(paths.begin(), paths.end(),
                     [&word](const fs::path& p) { return IsNameOf(word, p); });
    if (path != paths.end()) {
      selection.students.insert(path->filename().string());
      continue;
    }
    const auto task = std::find_if(
        plan.tasks.begin(), plan.tasks.end(), [&word](const PlannedTask& t) {
          return word == "task" + std::to_string(t.number);
        });
    if (task == plan.tasks.end()) {
      selection.error = "no submission and no task is called " +
                        Printable(word) + " (tasks are task1 to task" +
                        std::to_string(plan.tasks.size()) + ")";
      return selection;
    }
    selection.tasks.insert(task->number);
  }
  return selection;
}

Regrade GradeAgain(const Plan& plan, const MarkRules& rules,
                   const std::vector<fs::path>& paths,
                   const Selection& selection, const Ledger& ledger,
                   Ledger& run, const BatchOptions& options) {
  std::vector<fs::path> selected;
  for (const fs::path& path : paths) {
    if (selection.students.empty() ||
        selection.students.contains(path.filename().string())) {
      selected.push_back(path);
    }
  }
  Regrade regrade;
  regrade.exercise = plan.exercise;
  regrade.ledger_head = ledger.Head();
  for (const Result& graded : GradeAll(plan, rules, selected, run, options)) {
    std::optional<Result> known = run.Find(graded.key);
    if (graded.state != "graded" || !known) {
      regrade.left_out.push_back(
          graded.student + ": " + graded.state +
          (graded.notes.empty() ? "" : ": " + graded.notes.back()));
      continue;
    }
    // The verdicts alone: notes and flags of the intake are added each time.
    Result fresh = *std::move(known);
    fresh.student = graded.student;
    fresh.late_days = graded.late_days;
    std::optional<Result> before = ledger.Find(graded.key);
    if (!before) before = ledger.FindStudent(graded.student);
    regrade.differences.push_back(
        Compare(plan, rules, selection, before, std::move(fresh)));
  }
  return regrade;
}

std::string Text(const Regrade& regrade) {
  std::map<std::string, int> counts;
  std::string lines;
  for (const Difference& difference : regrade.differences) {
    ++counts[difference.Change()];
    lines += fmt::format(
        "{:30} {:>7} -> {:7.2f} / {:.2f}  {}\n", Printable(difference.student),
        difference.graded_before ? fmt::format("{:.2f}", difference.old_points)
                                 : "none",
        difference.new_points, difference.max_points, difference.Change());
    for (const std::string& why : difference.why) {
      lines += "    " + Printable(why) + "\n";
    }
  }
  for (const std::string& left_out : regrade.left_out) {
    lines += "keeps what it has: " + Printable(left_out) + "\n";
  }
  return fmt::format(
             "{} graded again: {} raised, {} lowered, {} unchanged, {} new; {} "
             "could not be graded\n",
             regrade.differences.size(), counts["raised"], counts["lowered"],
             counts["unchanged"], counts["new"], regrade.left_out.size()) +
         lines;
}

void to_json(json& out, const Difference& difference) {
  out = {{"student", difference.student},
         {"graded_before", difference.graded_before},
         {"old_points", difference.old_points},
         {"new_points", difference.new_points},
         {"max_points", difference.max_points},
         {"change", difference.Change()},
         {"same", difference.same},
         {"why", difference.why},
         {"result", difference.result}};
}

void from_json(const json& in, Difference& difference) {
  difference.student = in.at("student");
  difference.graded_before = in.at("graded_before");
  difference.old_points = in.at("old_points");
  difference.new_points = in.at("new_points");
  difference.max_points = in.at("max_points");
  difference.same = in.at("same");
  difference.why = in.at("why").get<std::vector<std::string>>();
  difference.result = in.at("result");
}

void to_json(json& out, const Regrade& regrade) {
  out = {{"schema", 1},
         {"exercise", regrade.exercise},
         {"at", regrade.at},
         {"ledger_head", regrade.ledger_head},
         {"only", regrade.only},
         {"differences", regrade.differences},
         {"left_out", regrade.left_out}};
}

void from_json(const json& in, Regrade& regrade) {
  regrade.exercise = in.at("exercise");
  regrade.at = in.at("at");
  regrade.ledger_head = in.at("ledger_head");
  regrade.only = in.at("only").get<std::vector<std::string>>();
  regrade.differences = in.at("differences").get<std::vector<Difference>>();
  regrade.left_out = in.at("left_out").get<std::vector<std::string>>();
}

std::string Regrade::Id() const { return Sha256(JsonText(*this)); }

}  // namespace workbook::grade
