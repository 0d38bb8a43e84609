// SPDX-License-Identifier: Apache-2.0

// Measured figures, kept in .workbook/figures/NN_MM/, a file a measurement:
// what `bench --json` prints and where it was measured; what `bench --exact
// --json` prints in exact/ below it. README.md of
// tools/bench has the fields.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FIGURES_H_
#define WORKBOOK_TOOLS_WORKBOOK_FIGURES_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook::cli {

// Where and from what something was measured.
struct Provenance {
  std::string measured_at;  // UTC, "2026-11-21T09:00:00Z"
  std::string processor;
  std::string kernel;  // "6.1.0"
  int processors = 0;
  std::string compiler;
  std::string flags;
  std::string commit;   // "" where git does not say
  bool edited = false;  // files differ from the commit
  // All of the reference and its peers, and nothing of the learner's: what
  // report --publish takes.
  bool is_whole_reference = false;
  std::vector<std::string> disturbances;
};

// Of this machine and the checkout at `root`, now.
Provenance ProvenanceNow(const std::filesystem::path& root,
                         const std::string& compiler);

// Adds the provenance to the object `bench_json`.
// REQUIRES: it is a JSON object.
std::string WithProvenance(const std::string& bench_json,
                           const Provenance& provenance);

enum class FigureKind { kTimes, kExact };

// Writes `json` as a new file of `exercise`; earlier ones are never touched.
// On failure: says why; no part of a file is left.
std::optional<Problem> SaveFigures(const std::filesystem::path& state_folder,
                                   const std::string& exercise,
                                   const std::string& measured_at,
                                   std::string_view json,
                                   FigureKind kind = FigureKind::kTimes);

struct KeptFigures {
  std::vector<std::string> measurements;  // JSON objects, oldest first
  std::vector<std::string> damaged;       // files that cannot be read
};

KeptFigures LoadFigures(const std::filesystem::path& state_folder,
                        const std::string& exercise,
                        FigureKind kind = FigureKind::kTimes);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FIGURES_H_
