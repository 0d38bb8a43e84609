// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/prediction_check.h"

#include <algorithm>

#include "tools/authoring/test_names.h"
#include "tools/course/nearest.h"
#include "tools/course/predictions.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

std::vector<DeclaredTest> AllTests(const fs::path& root,
                                   const Exercise& exercise) {
  std::vector<DeclaredTest> tests;
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : exercise.TestSources(root, task)) {
      const auto declared = DeclaredTests(
          ReadTextFile(root / exercise.folder / name).value_or(""));
      tests.insert(tests.end(), declared.begin(), declared.end());
    }
  }
  return tests;
}

Problem NoSuchSource(const std::string& file, const Prediction& prediction,
                     const PredictionSource& source,
                     const std::vector<std::string>& known) {
  const bool is_test = source.kind == PredictionSource::Kind::kTest;
  const std::string meant = Nearest(source.name, known);
  return ProblemIn(
      file, prediction.line, "",
      "has the prediction " + prediction.id + " from " + source.name +
          ", and there is no such " + (is_test ? "test" : "row"),
      !meant.empty() ? "did you mean " + meant + "?"
      : is_test      ? "name a test of the exercise as Suite.Test"
                     : "name a row of its benchmark as CASE/IMPLEMENTATION; "
                       "--benchmark_list_tests shows them");
}

void CheckTests(const fs::path& root, const Exercise& exercise,
                const PredictionsResult& read, Check& check) {
  const std::vector<DeclaredTest> tests = AllTests(root, exercise);
  std::vector<std::string> names;
  for (const DeclaredTest& test : tests) {
    names.push_back(test.suite + "." + test.name);
  }
  const std::string file = PredictionsFile(exercise).string();
  const bool has_bench =
      !FileNames(root / exercise.folder, "_bench.cc").empty();
  for (const Prediction& prediction : read.predictions) {
    for (const PredictionSource& source : prediction.sources) {
      if (source.kind == PredictionSource::Kind::kBench) {
        if (has_bench) continue;  // its rows are asked for when it is built
        check.problems.push_back(NoSuchSource(file, prediction, source, {}));
      } else if (!IsDeclared(tests, source.name)) {
        check.problems.push_back(NoSuchSource(file, prediction, source, names));
      }
    }
  }
}

// Readers of the file meet its warning before an answer, and learners hear of
// the command that asks.
void CheckWords(const fs::path& root, const Exercise& exercise, Check& check) {
  const std::string command = "./workbook predict " + exercise.id;
  const auto text = ReadTextFile(root / PredictionsFile(exercise));
  const std::string warning = "# Answers below: use " + command;
  if (text && !text->starts_with(warning)) {
    check.problems.push_back(ProblemIn(
        PredictionsFile(exercise).string(), 1, "",
        "does not warn a reader of the answers in its first line",
        "begin it with `" + warning + ", which asks before it shows them.`"));
  }
  const auto readme = ReadTextFile(root / exercise.readme);
  if (text && readme && readme->find(command) == std::string::npos) {
    check.problems.push_back(
        ProblemIn(exercise.readme.string(), 0, "",
                  "does not say how to predict what is measured",
                  "name `" + command + "` beside ./workbook check"));
  }
}

}  // namespace

Check CheckPredictions(const fs::path& root, const Exercise& exercise) {
  const PredictionsResult read = LoadPredictions(root, exercise);
  Check check{exercise.id + " predictions", read.problems, {}};
  CheckTests(root, exercise, read, check);
  // What can't be read may be what is looked for below.
  if (!read.problems.empty()) return check;
  CheckWords(root, exercise, check);
  for (const Task& task : exercise.tasks) {
    const bool has_one = std::any_of(
        read.predictions.begin(), read.predictions.end(),
        [&](const Prediction& one) { return one.task == task.number; });
    if (has_one) continue;
    check.problems.push_back(ProblemIn(
        PredictionsFile(exercise).string(), 0, "",
        "has no prediction for task " + std::to_string(task.number),
        "add a [[prediction]]; tools/course/predictions.h has its fields"));
  }
  return check;
}

Check CheckPredictionRows(const fs::path& root, const Exercise& exercise,
                          const std::vector<std::string>& rows) {
  std::vector<std::string> names;
  for (const std::string& row : rows) {
    const std::size_t slash = row.rfind('/');
    const std::size_t colon = row.find(':', slash);
    if (slash == row.npos || colon == row.npos) continue;
    names.push_back(row.substr(0, slash));
    names.push_back(row.substr(0, slash) + "/" + row.substr(colon + 1));
  }
  Check check{exercise.id + " rows of predictions", {}, {}};
  for (const Prediction& prediction :
       LoadPredictions(root, exercise).predictions) {
    for (const PredictionSource& source : prediction.sources) {
      if (source.kind != PredictionSource::Kind::kBench) continue;
      if (std::find(names.begin(), names.end(), source.name) != names.end()) {
        continue;
      }
      check.problems.push_back(NoSuchSource(PredictionsFile(exercise).string(),
                                            prediction, source, names));
    }
  }
  return check;
}

}  // namespace workbook
