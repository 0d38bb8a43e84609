#include "tools/grade/grading.h"

#include <fmt/core.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>

#include "tools/grade/batch.h"
#include "tools/grade/canvas.h"
#include "tools/grade/exports.h"
#include "tools/grade/feedback.h"
#include "tools/grade/late.h"
#include "tools/grade/overview.h"
#include "tools/grade/prepare.h"
#include "tools/grade/progress.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

// Under /tmp, where the jail's users can come.
class JailFolder {
 public:
  JailFolder() {
    std::string name = "/tmp/workbook_grade_XXXXXX";
    if (mkdtemp(name.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), name);
    }
    path_ = name;
    // Entered by all, listed by none.
    fs::permissions(path_, fs::perms(0711));
    for (const char* folder : {"trusted", "objects"}) {
      fs::create_directory(path_ / folder);
    }
  }
  JailFolder(const JailFolder&) = delete;
  JailFolder& operator=(const JailFolder&) = delete;
  ~JailFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

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

void Write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  if (const std::error_code error = ReplaceTextFile(path, text)) {
    throw std::system_error(error, path.string());
  }
}

// A file name of ours for a student's name: letters, digits, '-' and '_', and
// its place in the list, so that no two are alike.
std::string FileName(std::size_t index, const std::string& student) {
  std::string name = fmt::format("{:04}_", index + 1);
  for (const char c : student.substr(0, 60)) {
    name +=
        std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' ? c : '_';
  }
  return name;
}

void ExportAll(const fs::path& out, const Plan& plan,
               const std::vector<Result>& results, const MarkRules& rules) {
  Write(out / "class.html", OverviewHtml(plan, results));
  Write(out / "result.json",
        nlohmann::json{{"schema", 1}, {"results", results}}.dump(
            2, ' ', true, nlohmann::json::error_handler_t::replace) +
            "\n");
  Write(out / "junit.xml", JUnitXml(results));
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string name = FileName(i, results[i].student);
    Write(out / "gradescope" / (name + ".json"),
          GradescopeResults(results[i], rules));
    Write(out / "feedback" / (name + ".html"), FeedbackHtml(results[i], rules));
  }
}

// What the command line names, read and checked before anything is graded.
struct Inputs {
  MarkRules rules;
  std::vector<fs::path> submissions;
  std::string roster;
  HandInTimes times;
};

GradeFailure GradeInto(const Course& course, const Exercise& exercise,
                       const Inputs& inputs, const GradeOptions& options) {
  fs::create_directories(options.out);
  const fs::path out = options.out;
  Ledger ledger(out / "events.jsonl");
  const JailFolder folder;
  JudgeOptions judging;
  judging.scratch = folder.path() / "slot0";
  judging.object_cache = folder.path() / "objects";
  judging.kept_objects = course.root / ".workbook" / "grade" / exercise.id;
  fmt::print(stderr, "grade: building and grading the reference of {}\n",
             exercise.id);
  PrepareResult prepared =
      Prepare(course.root, exercise, folder.path() / "trusted", judging);
  if (!prepared.error.empty()) {
    return {"the reference gets no full marks here: " + prepared.error,
            exercise.solution_folder.string(),
            "./workbook verify " + exercise.id};
  }
  BatchOptions batch;
  batch.jobs = options.jobs > 0
                   ? options.jobs
                   : static_cast<int>(std::thread::hardware_concurrency());
  batch.scratch = folder.path();
  batch.object_cache = judging.object_cache;
  batch.on_progress = Progress();
  if (inputs.rules.due_seconds) {
    batch.late_days = [&inputs](const std::string& student) {
      return ChargedDays(inputs.rules, inputs.times, student);
    };
  }
  const std::vector<Result> results =
      GradeAll(prepared.plan, inputs.rules, inputs.submissions, ledger, batch);
  ExportAll(out, prepared.plan, results, inputs.rules);
  for (const Result& result : results) {
    fmt::print("{:30} {:14} {:7.2f} / {:.2f}{}\n", result.student, result.state,
               result.points, result.max_points,
               result.flags.empty() ? "" : "  flagged");
  }
  if (inputs.roster.empty()) return {};
  const CanvasResult canvas =
      CanvasCsv(inputs.roster,
                options.assignment.empty() ? "Memory Workbook " + exercise.id
                                           : options.assignment,
                results);
  if (!canvas.error.empty()) {
    return {canvas.error, options.roster, "export it from Canvas again"};
  }
  Write(out / "canvas.csv", canvas.csv);
  for (const std::string& student : canvas.unmatched) {
    fmt::print(stderr, "grade: no submission of {}\n", Printable(student));
  }
  return {};
}

GradeFailure ListSubmissions(const fs::path& folder,
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
  return {error ? error.message() : "no submission in this folder",
          folder.string(),
          "give the folder that holds a folder or an archive a student"};
}

GradeFailure ReadRules(const GradeOptions& options, Inputs& inputs) {
  if (!options.config.empty()) {
    MarkRulesResult read = ReadMarkRules(options.config);
    if (!read.problems.empty()) {
      return {read.problems[0], options.config, "mend it, then grade again"};
    }
    inputs.rules = std::move(read.rules);
  }
  if (inputs.rules.due_seconds && options.times.empty()) {
    return {"late.due is set, and no times of handing in are given",
            options.config, "give --times FILE, or take late.due out"};
  }
  if (!options.times.empty()) {
    const auto text = ReadTextFile(options.times);
    inputs.times = ReadHandInTimes(text.value_or(""));
    if (!text) inputs.times.error = "it can't be read";
    if (!inputs.times.error.empty()) {
      return {"the times of handing in: " + inputs.times.error, options.times,
              "give a CSV with the header student,handed_in"};
    }
    if (!inputs.rules.due_seconds) {
      return {"times are given, and no late.due", options.times,
              "set [late] due in grade.toml and give it as --config"};
    }
  }
  return {};
}

GradeFailure ReadInputs(const GradeOptions& options, Inputs& inputs) {
  if (GradeFailure problem = ReadRules(options, inputs);
      !problem.what.empty()) {
    return problem;
  }
  if (GradeFailure problem =
          ListSubmissions(options.submissions, inputs.submissions);
      !problem.what.empty()) {
    return problem;
  }
  if (options.roster.empty()) return {};
  const auto text = ReadTextFile(options.roster);
  if (!text) {
    return {"the roster can't be read", options.roster,
            "give a CSV that Canvas exported"};
  }
  // Before hours of grading, not after.
  const CanvasResult trial = CanvasCsv(*text, "x", {});
  if (!trial.error.empty()) {
    return {trial.error, options.roster, "export it from Canvas again"};
  }
  inputs.roster = *text;
  return {};
}

}  // namespace

GradeFailure GradeFolder(const Course& course, const GradeOptions& options) {
  const Exercise* const exercise = course.Find(options.exercise);
  if (exercise == nullptr) {
    return {"there is no exercise " + options.exercise, "--exercise",
            "./workbook list shows them"};
  }
  Inputs inputs;
  if (GradeFailure problem = ReadInputs(options, inputs);
      !problem.what.empty()) {
    return problem;
  }
  if (GradeFailure jail = CheckJail(); !jail.what.empty()) {
    return jail;
  }
  try {
    return GradeInto(course, *exercise, inputs, options);
  } catch (const std::exception& failure) {
    return {failure.what(), options.out,
            "what was graded is kept: start the same command again"};
  }
}

}  // namespace workbook::grade
