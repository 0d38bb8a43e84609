// SPDX-License-Identifier: Apache-2.0

// The predictions of an exercise: exercises/NN_MM/predictions.toml. A learner
// answers before the test or benchmark does.
//
//   [[prediction]]                one for each question
//   id = "endl"                   letters, digits and _; unique in the file
//   task = 1                      what it belongs to
//   before = "section 1"          when it is asked: before "section N" of the
//                                 page or before "do it"
//   question = "How many ...?"
//   kind = "number"               or "choice"
//   why = "endl flushes ..."      one paragraph, shown with the answer
//
//   unit = "calls"                of a number; may be absent
//   factor = 2                    of a number: right within this factor, or
//   tolerance = 10                right within this distance; one of the two
//
//   choices = ["a", "b"]          of a choice: two or more
//   answer = "b"                  of a choice: one of them
//
//   from = "test:Task1Lines.Counts"    where the answer is measured: a test
//                                      (of a number, its property that has the
//                                      id of the prediction),
//   from = "test:Task1Lines.Counts#p"  a property that it records, or
//   from = "bench:CASE/ROW#FIELD"      a row; "A / B" divides two of these
#ifndef WORKBOOK_TOOLS_COURSE_PREDICTIONS_H_
#define WORKBOOK_TOOLS_COURSE_PREDICTIONS_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook {

enum class PredictionKind { kNumber, kChoice };

// One part of `from`.
struct PredictionSource {
  enum class Kind { kTest, kBench };
  Kind kind = Kind::kTest;
  std::string name;   // "Task1Lines.Counts", "log_lines/endl"
  std::string field;  // "writes"; "" for a test as a whole
};

struct Prediction {
  std::string id;
  int task = 0;
  std::string before;
  std::string question;
  PredictionKind kind = PredictionKind::kNumber;
  std::string unit;  // "" where there is none
  std::optional<double> factor;
  std::optional<double> tolerance;
  std::vector<std::string> choices;
  std::string answer;
  std::string from;
  // One, or the two that `from` divides.
  std::vector<PredictionSource> sources;
  std::string why;
  int line = 0;
};

struct PredictionsResult {
  std::vector<Prediction> predictions;  // those that could be read in full
  std::vector<Problem> problems;
};

// Reads the predictions of `exercise` in the course at `root`. A file that is
// not there has none, and that is no problem here.
// Thread safety: any thread, for all functions here.
// On failure: `problems`; nothing is thrown.
PredictionsResult LoadPredictions(const std::filesystem::path& root,
                                  const Exercise& exercise);

// Does the same from text; `file` is what problems name.
PredictionsResult ParsePredictions(const std::string& text,
                                   const std::string& file, int task_count);

// Returns exercises/NN_MM/predictions.toml.
std::filesystem::path PredictionsFile(const Exercise& exercise);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_PREDICTIONS_H_
