#include "tools/grade/setup.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>

#include "tools/grade/jail.h"
#include "tools/grade/prepare.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class Progress {
 public:
  void operator()(std::size_t done, std::size_t all, std::size_t graded) {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double left = graded == 0 ? 0
                                    : seconds / static_cast<double>(done) *
                                          static_cast<double>(all - done);
    // One line that is overwritten on a terminal, a line each in a log.
    fmt::print(stderr, "{}{} of {} submissions, about {:.0f} s left{}",
               isatty(STDERR_FILENO) != 0 ? "\r" : "", done, all, left,
               isatty(STDERR_FILENO) != 0 && done < all ? "   " : "\n");
  }

 private:
  // Not the wall clock: that may be set while we grade.
  std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
};

GradeFailure ListSubmissions(const std::string& folder,
                             std::vector<fs::path>& paths) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!entry->path().filename().string().starts_with('.')) {
      paths.push_back(entry->path());
    }
  }
  std::sort(paths.begin(), paths.end());
  if (!error && !paths.empty()) return {};
  return {error ? error.message() : "no submission in this folder", folder,
          "give the folder that holds a folder or an archive a student"};
}

}  // namespace

GradeFailure CheckJail() {
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

GradeFailure Setup::Read(const Course& course, const SetupOptions& options) {
  course_ = &course;
  options_ = options;
  exercise_ = course.Find(options.exercise);
  if (exercise_ == nullptr) {
    return {"there is no exercise " + options.exercise, "--exercise",
            "./workbook list shows them"};
  }
  MarkRulesResult rules;
  if (!options.config.empty()) rules = ReadMarkRules(options.config);
  if (!rules.problems.empty()) {
    return {rules.problems[0], options.config, "mend it, then grade again"};
  }
  rules_ = rules.rules;
  if (GradeFailure failure = ListSubmissions(options.submissions, paths_);
      !failure.what.empty()) {
    return failure;
  }
  return CheckJail();
}

GradeFailure Setup::PreparePlan() {
  JudgeOptions judging;
  judging.scratch = folder_.path() / "slot0";
  judging.object_cache = folder_.path() / "objects";
  judging.kept_objects = course_->root / ".workbook" / "grade" / exercise_->id;
  fmt::print(stderr, "grade: building and grading the reference of {}\n",
             exercise_->id);
  PrepareResult prepared =
      Prepare(course_->root, *exercise_, folder_.path() / "trusted", judging);
  if (!prepared.error.empty()) {
    return {"the reference gets no full marks here: " + prepared.error,
            exercise_->solution_folder.string(),
            "./workbook verify " + exercise_->id};
  }
  plan_ = std::move(prepared.plan);
  return {};
}

BatchOptions Setup::batch() const {
  BatchOptions batch;
  batch.jobs = options_.jobs > 0
                   ? options_.jobs
                   : static_cast<int>(std::thread::hardware_concurrency());
  batch.scratch = folder_.path();
  batch.object_cache = folder_.path() / "objects";
  batch.on_progress = Progress();
  return batch;
}

}  // namespace workbook::grade
