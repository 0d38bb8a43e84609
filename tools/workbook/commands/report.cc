// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "fmt/format.h"
#include "tools/bench/publish/publish.h"
#include "tools/text/text_file.h"
#include "tools/workbook/calibration.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/figures.h"
#include "tools/workbook/gains.h"
#include "tools/workbook/html_report.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct ReportOptions {
  std::vector<std::string> exercises;  // none: all
  std::string out;                     // "" is .workbook/report.html
  bool publish = false;                // the published tables instead
};

bool IsWanted(const std::vector<std::string>& ids, const std::string& id) {
  return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::vector<ReportedTask> GainsOf(const Session& session,
                                  const Exercise& exercise) {
  const auto kept =
      GainsByTask(LoadRecorded(session.state_folder(), exercise.id));
  std::vector<ReportedTask> tasks;
  for (const Task& task : exercise.tasks) {
    const auto found = kept.find(task.number);
    if (found == kept.end()) continue;
    tasks.push_back({task.number, task.title, found->second});
  }
  return tasks;
}

ReportedCourse Collect(const Session& session,
                       const std::vector<std::string>& ids) {
  ReportedCourse course;
  for (const Exercise& exercise : session.course().exercises) {
    if (!IsWanted(ids, exercise.id)) continue;
    KeptFigures kept = LoadFigures(session.state_folder(), exercise.id);
    KeptFigures exact =
        LoadFigures(session.state_folder(), exercise.id, FigureKind::kExact);
    kept.damaged.insert(kept.damaged.end(), exact.damaged.begin(),
                        exact.damaged.end());
    course.exercises.push_back(
        {.id = exercise.id,
         .title = exercise.title,
         .green_tasks = session.progress().GreenTasks(exercise.id),
         .tasks = static_cast<int>(exercise.tasks.size()),
         .gains = GainsOf(session, exercise),
         .measurements = std::move(kept.measurements),
         .exact = exact.measurements.empty()
                      ? ""
                      : std::move(exact.measurements.back())});
    for (std::string& file : kept.damaged) {
      fmt::print(stderr, "workbook: {} cannot be read and is left out\n", file);
      course.damaged.push_back(std::move(file));
    }
  }
  course.calibrations = CalibrationsOf(session);
  std::erase_if(course.calibrations, [&ids](const Calibration& each) {
    return !IsWanted(ids, each.exercise);
  });
  return course;
}

bool Read(const fs::path& file, std::string& text, Problem& problem) {
  const auto read = ReadTextFile(file);
  if (read) {
    text = *read;
    return true;
  }
  problem = {.what = "a part of the report's page is missing",
             .where = file.string(),
             .next = "git checkout " + file.string() + " brings it back."};
  return false;
}

// The newest measurement of the whole reference that this checkout keeps.
std::optional<Measurement> NewestReference(const KeptFigures& kept) {
  for (auto text = kept.measurements.rbegin(); text != kept.measurements.rend();
       ++text) {
    if (text->find("\"whole_reference\": true") == std::string::npos) continue;
    if (auto read = ReadMeasurement(*text)) return read;
  }
  return std::nullopt;
}

// What takes the place of a published measurement: a later one.
std::map<std::string, Measurement> NewerMeasurements(
    const Session& session, const std::vector<std::string>& ids) {
  std::map<std::string, Measurement> newer;
  for (const Exercise& exercise : session.course().exercises) {
    if (!IsWanted(ids, exercise.id)) continue;
    auto kept =
        NewestReference(LoadFigures(session.state_folder(), exercise.id));
    if (!kept) continue;
    const auto published =
        ReadMeasurement(ReadTextFile(session.root() / "docs/benchmarks" /
                                     (exercise.id + ".json"))
                            .value_or(""));
    if (published && published->measured_at >= kept->measured_at) continue;
    newer[exercise.id] = std::move(*kept);
  }
  return newer;
}

int RunPublish(const Session& session, const ReportOptions& options) {
  const Publication publication =
      Publish(session.root(), NewerMeasurements(session, options.exercises));
  for (const workbook::Problem& problem : publication.problems) {
    fmt::print(stderr, "{}\n", problem.Text());
  }
  if (!publication.problems.empty()) {
    return Report({.what = fmt::format("{} things keep the tables from being "
                                       "published; nothing was written",
                                       publication.problems.size()),
                   .where = "docs/benchmarks",
                   .next = "Fix what the lines above name, then again.",
                   .exit_code = kExitRed});
  }
  if (publication.files.empty()) {
    return Report({.what = "nothing was measured that could be published",
                   .where = session.state_folder().string(),
                   .next = "./workbook bench NN_MM --reference first."});
  }
  for (const auto& [file, text] : publication.files) {
    if (const auto problem = WriteTextFile(session.root() / file, text)) {
      return Report(*problem);
    }
  }
  fmt::print(
      "Written: BENCHMARKS.md and {} files of docs/benchmarks and "
      "chapters\n",
      publication.files.size() - 1);
  return kExitOk;
}

int RunReport(Session& session, const ReportOptions& options) {
  for (const std::string& id : options.exercises) {
    const ChosenExercise chosen = Choose(session, id);
    if (chosen.exercise == nullptr) return Report(chosen.problem);
  }
  if (options.publish) return RunPublish(session, options);
  const ReportedCourse course = Collect(session, options.exercises);
  const fs::path out = options.out.empty()
                           ? session.state_folder() / "report.html"
                           : fs::path(options.out);
  PageParts parts;
  Problem problem;
  const fs::path vendored = session.root() / "third_party/observable_plot";
  const fs::path own = session.root() / "tools/workbook/report";
  if (!Read(vendored / "d3.min.js", parts.d3, problem) ||
      !Read(vendored / "plot.umd.min.js", parts.plot, problem) ||
      !Read(own / "page.js", parts.script, problem) ||
      !Read(own / "page.css", parts.style, problem)) {
    return Report(problem);
  }
  const std::string text = HtmlReport(course, parts);
  if (const auto failed = WriteTextFile(fs::absolute(out), text)) {
    return Report(*failed);
  }
  fmt::print("Written: {}\n", out.string());
  return kExitOk;
}

}  // namespace

void RegisterReport(CommandLine& line) {
  const auto options = std::make_shared<ReportOptions>();
  line.Add("report", "One HTML page of all that was measured",
           [options](Session& s) { return RunReport(s, *options); })
      .Option("exercises", options->exercises, "NN_MM ...; all unless told")
      .Option("--out", options->out,
              "The page; .workbook/report.html unless told")
      .Flag("--publish", options->publish,
            "Write BENCHMARKS.md and docs/benchmarks from what bench "
            "--reference kept")
      .Examples({"report --out report.html", "report 01_02 --publish"});
}

}  // namespace workbook::cli
