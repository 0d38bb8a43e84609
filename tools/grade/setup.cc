// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/setup.h"

#include <fmt/core.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <map>
#include <system_error>
#include <thread>

#include "tools/grade/intake.h"
#include "tools/grade/jail.h"
#include "tools/grade/prepare.h"
#include "tools/grade/progress.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

// A mark is exported by the student's name: two would be one.
Problem NoStudentTwice(const std::string& folder,
                       const std::vector<fs::path>& paths) {
  std::map<std::string, std::string> names;
  for (const fs::path& path : paths) {
    const std::string name = path.filename().string();
    const auto [first, is_new] = names.emplace(StudentOf(path), name);
    if (is_new) continue;
    return {"two submissions of one student: " + Printable(first->second) +
                " and " + Printable(name),
            folder, "keep the one that counts"};
  }
  return {};
}

Problem ListSubmissions(const std::string& folder,
                        std::vector<fs::path>& paths) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->path().filename().string().starts_with('.')) {
      paths.push_back(entry->path());
    }
  }
  std::sort(paths.begin(), paths.end());
  if (!error && !paths.empty()) return NoStudentTwice(folder, paths);
  return {error ? error.message() : "no submission in this folder", folder,
          "give the folder that holds a folder or an archive a student"};
}

// No student can know it before. Numbers that JSON's other readers keep.
std::uint64_t NewSeed() {
  std::uint64_t seed = 0;
  if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed)) {
    throw std::system_error(errno, std::generic_category(), "no random number");
  }
  return seed % (std::uint64_t{1} << 53) + 1;
}

}  // namespace

Problem CheckJail() {
  for (const JailLayer& layer : ProbeJail()) {
    if (layer.present) continue;
    if (layer.required) {
      return {"a layer of the jail is missing: " + layer.name, "this machine",
              layer.note};
    }
    fmt::print(stderr, "grade: without {}: {}\n", layer.name, layer.note);
  }
  return {};
}

Problem ChooseLevel(const std::string& level, const Exercise& exercise,
                    MarkRules& rules) {
  if (level != "core" && level != "all") {
    return {"there is no level " + Printable(level), "--level",
            "write core, or all, which is the default"};
  }
  rules.level = level;
  rules.unmarked_tasks.clear();
  for (const Task& task : exercise.tasks) {
    if (level == "core" && task.level == Level::kDeep) {
      rules.unmarked_tasks.insert(task.number);
    }
  }
  return {};
}

Problem Setup::Read(const Course& course, const SetupOptions& options) {
  course_ = &course;
  options_ = options;
  exercise_ = course.Find(options.exercise);
  if (exercise_ == nullptr) {
    return {"there is no exercise " + options.exercise, "--exercise",
            "./workbook list shows them"};
  }
  if (Problem failure = ReadRules(); !failure.what.empty()) {
    return failure;
  }
  if (Problem failure = ChooseLevel(options.level, *exercise_, rules_);
      !failure.what.empty()) {
    return failure;
  }
  if (Problem failure = ListSubmissions(options.submissions, paths_);
      !failure.what.empty()) {
    return failure;
  }
  return CheckJail();
}

Problem Setup::ReadRules() {
  if (!options_.config.empty()) {
    MarkRulesResult read = ReadMarkRules(options_.config);
    if (!read.problems.empty()) {
      return {read.problems[0], options_.config, "fix it, then grade again"};
    }
    rules_ = std::move(read.rules);
  }
  if (rules_.due_seconds && options_.times.empty()) {
    return {"late.due is set, and no times of handing in are given",
            options_.config, "give --times FILE, or take late.due out"};
  }
  if (!options_.times.empty()) {
    const auto text = ReadTextFile(options_.times);
    times_ = ReadHandInTimes(text.value_or(""));
    if (!text) times_.error = "it can't be read";
    if (!times_.error.empty()) {
      return {"the times of handing in: " + times_.error, options_.times,
              "give a CSV with the header student,handed_in"};
    }
    if (!rules_.due_seconds) {
      return {"times are given, and no late.due", options_.times,
              "set [late] due in grade.toml and give it as --config"};
    }
  }
  return {};
}

Problem Setup::PreparePlan(const Ledger& ledger) {
  const BatchOptions workers = batch();
  std::vector<JudgeOptions> judging;
  for (int slot = 0; slot < workers.jobs; ++slot) {
    judging.push_back(workers.ForSlot(slot));
  }
  fmt::print(stderr, "grade: building what the tests of {} link\n",
             exercise_->id);
  PrepareResult prepared =
      Prepare(course_->root, *exercise_, folder_.path() / "trusted", judging);
  if (!prepared.error.empty()) {
    return {"the reference gets no full marks here: " + prepared.error,
            exercise_->solution_folder.string(),
            "./workbook verify " + exercise_->id};
  }
  plan_ = std::move(prepared.plan);
  plan_.seed = ledger.Seed() != 0 ? ledger.Seed() : NewSeed();
  return {};
}

fs::path Setup::kept_objects() const {
  return course_->root / ".workbook" / "grade" / exercise_->id;
}

BatchOptions Setup::batch() const {
  BatchOptions batch;
  batch.jobs = options_.jobs > 0
                   ? options_.jobs
                   : static_cast<int>(std::thread::hardware_concurrency());
  batch.scratch = folder_.path();
  batch.object_cache = folder_.path() / "objects";
  batch.kept_objects = kept_objects();
  batch.on_progress = Progress();
  if (rules_.due_seconds) {
    batch.late_days = [this](const std::string& student) {
      return ChargedDays(rules_, times_, student);
    };
  }
  return batch;
}

}  // namespace workbook::grade
