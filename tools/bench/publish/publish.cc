// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/publish.h"

#include <algorithm>
#include <iterator>

#include "fmt/format.h"
#include "tools/bench/publish/bars.h"
#include "tools/bench/publish/exercise_page.h"
#include "tools/bench/publish/fairness.h"
#include "tools/bench/publish/overview.h"
#include "tools/bench/publish/promise.h"
#include "tools/bench/publish/table_check.h"
#include "tools/course/course.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kFolder[] = "docs/benchmarks/";
constexpr char kPublish[] = "./workbook report --publish writes it anew";

void Append(std::vector<Problem> more, std::vector<Problem>& problems) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

std::string JsonFile(const std::string& id) { return kFolder + id + ".json"; }

Forms FormsOf(const fs::path& root, const Exercise& exercise) {
  const std::string file = (exercise.folder / "bench.toml").string();
  const auto text = ReadTextFile(root / file);
  if (text) return ReadForms(*text, file);
  Forms none;
  none.file = file;
  return none;
}

void CheckReasons(const PublishedExercise& published, const Reasons& reasons,
                  std::vector<Problem>& problems) {
  for (const LostRow& row : LostRows(published, reasons)) {
    if (row.reason != nullptr) continue;
    problems.push_back(ProblemIn(
        kReasonsFile, 0, "",
        fmt::format("has no reason why {} is ahead in {} {} (by {:.2g}x)",
                    row.peer, published.exercise.id, row.case_name, row.factor),
        "add a [[reasons]] with the case and the peer"));
  }
}

void CheckCasesHaveForms(const PublishedExercise& published,
                         std::vector<Problem>& problems) {
  for (const MeasuredCase& bench_case : published.measurement.cases) {
    if (published.forms.Find(bench_case.name) != nullptr) continue;
    problems.push_back(ProblemIn(
        published.forms.file, 0, "cases", "have no form of " + bench_case.name,
        "say in [[cases]] what its rows touch, call and keep"));
  }
}

// What the reference claims of the rows of a case.
std::vector<ComparedRow> ComparedRows(const MeasuredCase& bench_case) {
  const MeasuredRow* const reference = bench_case.Find("reference");
  const auto own =
      reference == nullptr ? std::nullopt : FiguresOf(bench_case, *reference);
  std::vector<ComparedRow> rows;
  for (const MeasuredRow& row : bench_case.rows) {
    const auto figures = FiguresOf(bench_case, row);
    rows.push_back({row.role, row.implementation,
                    own && figures ? figures->ns / own->ns : 0});
  }
  return rows;
}

void CheckClaims(const PublishedExercise& published,
                 std::vector<Problem>& problems) {
  const auto& targets = published.exercise.targets;
  for (const MeasuredCase& bench_case : published.measurement.cases) {
    const CaseForm* const form = published.forms.Find(bench_case.name);
    if (form == nullptr) continue;
    const bool has_target = std::any_of(
        targets.begin(), targets.end(), [&](const RatioTarget& target) {
          return target.case_name == bench_case.name;
        });
    Append(CheckFairness(published.forms, *form, bench_case.name,
                         ComparedRows(bench_case), has_target),
           problems);
  }
}

std::vector<PublishedExercise> Exercises(
    const fs::path& root, const std::map<std::string, Measurement>& newer,
    std::vector<Problem>& problems) {
  std::vector<PublishedExercise> exercises;
  for (const Exercise& exercise : LoadCourse(root).course.exercises) {
    const auto found = newer.find(exercise.id);
    PublishedExercise published{exercise, {}, FormsOf(root, exercise)};
    if (found != newer.end()) {
      published.measurement = Published(found->second);
    } else {
      const std::string file = JsonFile(exercise.id);
      const auto text = ReadTextFile(root / file);
      if (!text) continue;
      auto read = ReadMeasurement(*text);
      if (!read) {
        problems.push_back(ProblemIn(file, 0, "", "cannot be read", kPublish));
        continue;
      }
      published.measurement = std::move(*read);
    }
    exercises.push_back(std::move(published));
  }
  return exercises;
}

void AddExercise(const fs::path& root, const PublishedExercise& published,
                 const Reasons& reasons, Publication& publication) {
  const std::string& id = published.exercise.id;
  const std::string json = JsonFile(id);
  Append(CheckMeasurement(published.measurement, json), publication.problems);
  Append(published.forms.problems, publication.problems);
  CheckCasesHaveForms(published, publication.problems);
  CheckClaims(published, publication.problems);
  CheckReasons(published, reasons, publication.problems);
  publication.files[json] = MeasurementJson(published.measurement);
  publication.files[kFolder + id + ".md"] = ExercisePage(published, reasons);
  const fs::path costs =
      published.exercise.page.parent_path() / (id + "_costs.md");
  std::error_code ignored;
  if (fs::exists(root / costs, ignored)) {
    publication.files[costs.string()] = CostsPage(published);
  }
}

// Of each chapter that has a promise.
void AddPromises(const fs::path& root,
                 const std::vector<PublishedExercise>& exercises,
                 Publication& publication) {
  for (const PublishedExercise& each : exercises) {
    const fs::path chapter = each.exercise.page.parent_path();
    const std::string page = (chapter / "promise.md").string();
    if (publication.files.count(page) != 0) continue;
    const std::string file = (chapter / "promise.toml").string();
    const auto text = ReadTextFile(root / file);
    if (!text) continue;
    const Promise promise = ReadPromise(*text, file);
    Append(promise.problems, publication.problems);
    publication.files[page] =
        PromisePage(promise, exercises, publication.problems);
  }
}

}  // namespace

Publication Publish(const fs::path& root,
                    const std::map<std::string, Measurement>& newer) {
  Publication publication;
  const Reasons reasons =
      ReadReasons(ReadTextFile(root / kReasonsFile).value_or(""));
  Append(reasons.problems, publication.problems);
  const auto exercises = Exercises(root, newer, publication.problems);
  for (const PublishedExercise& each : exercises) {
    AddExercise(root, each, reasons, publication);
  }
  for (const std::string& name : FileNames(root / kFolder, ".json")) {
    if (publication.files.count(kFolder + name) != 0) continue;
    publication.problems.push_back(
        ProblemIn(kFolder + name, 0, "", "is of no exercise that is there",
                  "remove it; in a test, add the exercise's "
                  "bench_forms to its data"));
  }
  if (exercises.empty()) return publication;
  AddPromises(root, exercises, publication);
  const std::string overview = Overview(exercises, reasons);
  publication.files["BENCHMARKS.md"] = overview;
  publication.files[std::string(kFolder) + "targets.svg"] =
      BarsSvg("Targets: what the reference reached over the goal",
              TargetBars(exercises));
  publication.files[std::string(kFolder) + "peers.svg"] = BarsSvg(
      "Peers: geometric mean of their time over the reference's (cases)",
      PeerBars(exercises));
  const auto lines = std::count(overview.begin(), overview.end(), '\n');
  if (lines > kMaxOverviewLines) {
    publication.problems.push_back(ProblemIn(
        "BENCHMARKS.md", 0, "", fmt::format("has {} lines", lines),
        fmt::format("at most {} fit on one screen", kMaxOverviewLines)));
  }
  return publication;
}

std::vector<Problem> CheckPublished(const fs::path& root) {
  Publication publication = Publish(root, {});
  std::vector<Problem> problems = std::move(publication.problems);
  for (const auto& [file, wanted] : publication.files) {
    const auto text = ReadTextFile(root / file);
    if (!text) {
      problems.push_back(ProblemIn(file, 0, "", "is missing", kPublish));
      continue;
    }
    Append(CheckTables(*text, file), problems);
    if (*text != wanted) {
      problems.push_back(ProblemIn(
          file, 0, "", "is not what the measurements, forms and reasons give",
          kPublish));
    }
  }
  return problems;
}

}  // namespace workbook
