// SPDX-License-Identifier: Apache-2.0

// What the learner predicted, .workbook/predictions: plain text, a fact a line,
// in the order in which it happened. Lines are added and never changed.
//   memory-workbook predictions 1
//   answer 03_01 doubling 2026-11-21T09:00:00Z 200000
//   revealed 03_01 doubling 2026-11-21T09:10:00Z 262140
// The last word of `revealed` is the measured answer, or "-" where the learner
// gave up before it was measured.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PREDICTION_ANSWERS_H_
#define WORKBOOK_TOOLS_WORKBOOK_PREDICTION_ANSWERS_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tools/workbook/write_file.h"

namespace workbook::cli {

struct KeptPrediction {
  // The first answer, if it came before the reveal: the one that counts.
  std::optional<std::string> first;
  // The newest answer, and its time; empty where there is none.
  std::string last;
  std::string last_at;
  bool is_revealed = false;
  // As first revealed; empty where it was not measured then.
  std::string measured;
};

using PredictionKey = std::pair<std::string, std::string>;  // exercise, id

struct PredictionLog {
  std::map<PredictionKey, KeptPrediction> kept;
  int damaged_lines = 0;  // left out; they stay in the file
  bool too_new = false;   // a newer program wrote the file; nothing was read
};

// Reads the text of the file.
// Thread safety: any thread. On failure: damaged_lines; nothing is thrown.
PredictionLog ParsePredictionLog(std::string_view text);

// The file in a folder, shared by all commands that run at the same time. A
// process that is killed at any moment leaves the old file or the new one.
class PredictionAnswers {
 public:
  // `folder` is .workbook; it need not exist.
  explicit PredictionAnswers(const std::filesystem::path& folder);

  // Returns what the file says; no file says nothing. `notice` tells of damaged
  // lines and of a file that a newer program wrote.
  PredictionLog Load(std::string& notice) const;

  // Add a line, with the time of now.
  // REQUIRES: `text` is not empty.
  // Cost: reads and writes the file, two syncs.
  // On failure: says why; the file is untouched.
  std::optional<Problem> AddAnswer(const PredictionKey& key,
                                   const std::string& text) const;
  std::optional<Problem> AddReveal(const PredictionKey& key,
                                   const std::string& measured) const;

 private:
  std::optional<Problem> Add(const std::string& kind, const PredictionKey& key,
                             const std::string& text) const;

  std::filesystem::path path_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PREDICTION_ANSWERS_H_
