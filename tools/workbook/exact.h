// SPDX-License-Identifier: Apache-2.0

// Instructions and simulated cache misses an operation, by callgrind: the same
// figures on a busy machine as on an idle one.
#ifndef WORKBOOK_TOOLS_WORKBOOK_EXACT_H_
#define WORKBOOK_TOOLS_WORKBOOK_EXACT_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/problem/problem.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {

// callgrind's events, in the words of its manual: Ir, D1mr + D1mw, DLmr + DLmw.
struct CallgrindCounts {
  double instructions = 0;
  double first_level_misses = 0;
  double last_level_misses = 0;

  bool operator==(const CallgrindCounts&) const = default;
};

struct CallgrindDump {
  std::string trigger;  // the name that the program gave; "" at its end
  int part = 0;         // dumps of a run count from 1
  CallgrindCounts counts;
};

// One file that callgrind wrote; nothing where it is not one.
std::optional<CallgrindDump> ParseCallgrindDump(std::string_view text);

struct ExactRow {
  std::string name;  // CASE/ROLE:IMPLEMENTATION
  CallgrindCounts per_operation;
  // Why the figures are not exact: "two runs differ: ..."; or "".
  std::string not_deterministic{};
};

// The difference of a row's two dumps, over the operations between them.
// `operations` is exact_operations by row, from the program's own figures.
std::vector<ExactRow> ExactRows(
    std::vector<CallgrindDump> dumps,
    const std::map<std::string, double>& operations);

// The rows of the first run; one whose second run has other figures says so.
std::vector<ExactRow> CompareExactRuns(std::vector<ExactRow> first,
                                       const std::vector<ExactRow>& second);

struct ExactOutcome {
  std::vector<ExactRow> rows;
  std::string compiler;  // that built the program
  std::optional<Problem> problem;
};

// Runs `program` twice under callgrind on the rows that `filter` admits.
// Cost: fifty times what a handful of iterations take, and a second to start.
ExactOutcome MeasureExactly(const std::filesystem::path& program,
                            const std::string& filter,
                            const std::filesystem::path& root,
                            const std::filesystem::path& scratch_folder);

std::string ShowExact(const std::vector<ExactRow>& rows,
                      const Terminal& terminal);

// {"exercise", "exact": [{"name", "instructions_per_op",
// "first_level_misses_per_op", "last_level_misses_per_op",
// "not_deterministic"}]}
std::string ExactJson(const std::string& exercise,
                      const std::vector<ExactRow>& rows);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_EXACT_H_
