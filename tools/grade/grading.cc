#include "tools/grade/grading.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <system_error>

#include "tools/grade/bare.h"
#include "tools/grade/batch.h"
#include "tools/grade/canvas.h"
#include "tools/grade/exports.h"
#include "tools/grade/feedback.h"
#include "tools/grade/jobs.h"
#include "tools/grade/ledger.h"
#include "tools/grade/overview.h"
#include "tools/grade/stability.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

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

GradeFailure ReadRoster(const GradeOptions& options, std::string& roster) {
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
  roster = *text;
  return {};
}

GradeFailure ExportRoster(const std::string& roster,
                          const std::vector<Result>& results,
                          const GradeOptions& options) {
  if (roster.empty()) return {};
  const CanvasResult canvas = CanvasCsv(
      roster,
      options.assignment.empty() ? "Memory Workbook " + options.exercise
                                 : options.assignment,
      results);
  if (!canvas.error.empty()) {
    return {canvas.error, options.roster, "export it from Canvas again"};
  }
  Write(fs::path(options.out) / "canvas.csv", canvas.csv);
  for (const std::string& student : canvas.unmatched) {
    fmt::print(stderr, "grade: no submission of {}\n", Printable(student));
  }
  return {};
}

GradeFailure WriteInto(const Setup& setup, const Ledger& ledger,
                       const GradeOptions& options) {
  const std::size_t jobs =
      WriteJobs(options.write_jobs, setup.plan(), setup.paths(), ledger,
                fs::absolute(setup.root() / "workbook").string());
  fmt::print(
      "{} jobs in {}. Run them, in any order: ./workbook run-job FILE, or\n"
      "sbatch {}/slurm.sh; then the same grade with --collect-jobs {}\n",
      jobs, options.write_jobs, options.write_jobs, options.write_jobs);
  return {};
}

GradeFailure AgainstBare(const Setup& setup) {
  const BareComparison found = CompareWithBare(setup.plan(), setup.rules(),
                                               setup.paths(), setup.batch());
  if (!found.error.empty()) {
    return {"a bare command failed: " + found.error, "--against-bare",
            "give submissions that build, as references do"};
  }
  fmt::print(
      "{} submissions: graded in {:.1f} s, bare in {:.1f} s, {:.2f} times\n",
      found.submissions, found.graded_seconds, found.bare_seconds,
      found.Ratio());
  return {};
}

GradeFailure Repeat(const Setup& setup, int times) {
  const std::vector<Stability> found = GradeRepeatedly(
      setup.plan(), setup.rules(), setup.paths(), times, setup.batch());
  fmt::print("{}", Text(found));
  for (const Stability& stability : found) {
    if (stability.marks.size() > 1) {
      return {"the same submission got more than one mark", stability.student,
              "look at the tests that are not steady; nothing was recorded"};
    }
  }
  return {};
}

void Collect(const std::string& folder, Ledger& ledger) {
  const CollectResult found = CollectJobs(folder, ledger);
  fmt::print(stderr, "grade: {} results collected, {} jobs without one\n",
             found.collected, found.missing + found.damaged.size());
  for (const std::string& name : found.damaged) {
    fmt::print(stderr, "grade: results/{} is no result, and is graded here\n",
               name);
  }
}

GradeFailure GradeInto(Setup& setup, const std::string& roster,
                       const GradeOptions& options) {
  const fs::path out = options.out;
  fs::create_directories(out);
  Ledger ledger(out / "events.jsonl");
  if (GradeFailure failure = setup.PreparePlan(); !failure.what.empty()) {
    return failure;
  }
  if (options.against_bare) return AgainstBare(setup);
  if (options.repeat > 0) return Repeat(setup, options.repeat);
  if (!options.write_jobs.empty()) return WriteInto(setup, ledger, options);
  if (!options.collect_jobs.empty()) Collect(options.collect_jobs, ledger);
  const std::vector<Result> results = GradeAll(
      setup.plan(), setup.rules(), setup.paths(), ledger, setup.batch());
  ExportAll(out, setup.plan(), results, setup.rules());
  for (const Result& result : results) {
    fmt::print("{:30} {:14} {:7.2f} / {:.2f}{}\n", result.student, result.state,
               result.points, result.max_points,
               result.flags.empty() ? "" : "  flagged");
  }
  return ExportRoster(roster, results, options);
}

}  // namespace

GradeFailure GradeFolder(const Course& course, const GradeOptions& options) {
  try {
    Setup setup;
    std::string roster;
    GradeFailure failure =
        setup.Read(course, {options.exercise, options.submissions,
                            options.config, options.times, options.jobs});
    if (failure.what.empty()) failure = ReadRoster(options, roster);
    if (!failure.what.empty()) return failure;
    return GradeInto(setup, roster, options);
  } catch (const std::exception& failure) {
    return {failure.what(), options.out,
            "what was graded is kept: start the same command again"};
  }
}

}  // namespace workbook::grade
