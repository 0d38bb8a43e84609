// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "fmt/format.h"
#include "tools/bench/publish/publish.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/figures.h"
#include "tools/workbook/report/html_report.h"
#include "tools/workbook/report/reported_course.h"
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
  const ReportedCourse course = CollectReport(session, options.exercises);
  for (const std::string& file : course.damaged) {
    fmt::print(stderr, "workbook: {} cannot be read and is left out\n", file);
  }
  const fs::path style = session.root() / "tools/workbook/report/page.css";
  const auto css = ReadTextFile(style);
  if (!css) {
    return Report(
        {.what = "a part of the report's page is missing",
         .where = style.string(),
         .next = "git checkout " + style.string() + " brings it back."});
  }
  const fs::path out = options.out.empty()
                           ? session.state_folder() / "report.html"
                           : fs::path(options.out);
  if (const auto failed =
          WriteTextFile(fs::absolute(out), HtmlReport(course, *css))) {
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
      .Examples({"report --out report.html", "report 01_02 --publish"})
      .ExitCodes({{kExitRed, "--publish found something that does not fit"}});
}

}  // namespace workbook::cli
