// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/table_check.h"

#include <cmath>
#include <optional>

#include "fmt/format.h"
#include "tools/bench/publish/markdown_table.h"
#include "tools/bench/publish/numbers.h"

namespace workbook {
namespace {

constexpr char kAgain[] = "./workbook report --publish writes the table anew";
// Of doubles that went through a decimal text.
constexpr double kSame = 1e-9;

bool IsSame(double a, double b) {
  return std::abs(a - b) <= kSame * std::max(std::abs(a), std::abs(b));
}

// One file's problems.
class Findings {
 public:
  explicit Findings(std::string file) : file_(std::move(file)) {}

  void Add(int line, const std::string& what, const std::string& fix = kAgain) {
    problems_.push_back(ProblemIn(file_, line, "", what, fix));
  }
  // What no published row may be.
  void CheckName(int line, const std::string& place, const std::string& role,
                 const std::string& implementation) {
    if (role == "yours") {
      Add(line, "has a row of the learner's code in " + place,
          "measure with ./workbook bench NN_MM --reference");
    }
    if (implementation.find("__") != std::string::npos) {
      Add(line, "calls a row " + implementation + " in " + place,
          "write the name as its own documentation has it, with ::");
    }
  }
  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  std::string file_;
  std::vector<Problem> problems_;
};

void CheckHead(const Measurement& measurement, Findings& findings) {
  const std::pair<const char*, const std::string*> parts[] = {
      {"measured_at", &measurement.measured_at},
      {"processor", &measurement.processor},
      {"kernel", &measurement.kernel},
      {"compiler", &measurement.compiler},
      {"flags", &measurement.flags},
      {"commit", &measurement.commit}};
  for (const auto& [name, value] : parts) {
    if (value->empty() || *value == "unknown") {
      findings.Add(0, std::string("does not say its ") + name,
                   "measure it again: ./workbook bench NN_MM --reference");
    }
  }
}

void CheckRow(const MeasuredCase& bench_case, const MeasuredRow& row,
              Findings& findings) {
  const std::string place = bench_case.name + "/" + row.implementation;
  findings.CheckName(0, place, row.role, row.implementation);
  if (row.status == "not_written") {
    findings.Add(0, "publishes a stub in " + place);
    return;
  }
  const RowFigures& printed = row.printed;
  const auto figures = FiguresOf(bench_case, row);
  if (!figures) {
    if (row.status.empty() || printed.ns > 0 || printed.ratio > 0) {
      findings.Add(0, "has no rounds for the figures of " + place);
    }
    return;
  }
  if (!IsSame(printed.ns, figures->ns)) {
    findings.Add(0,
                 fmt::format("says {:.4g} ns of {}, and its rounds say {:.4g}",
                             printed.ns, place, figures->ns));
  }
  if (!IsSame(printed.ratio, figures->ratio)) {
    findings.Add(0, fmt::format("says {:.4g} x baseline of {}, and its rounds "
                                "say {:.4g}",
                                printed.ratio, place, figures->ratio));
  }
  if (!IsSame(printed.low, figures->low) ||
      !IsSame(printed.high, figures->high)) {
    findings.Add(0,
                 fmt::format("says {:.4g} to {:.4g} of {}, and its rounds say "
                             "{:.4g} to {:.4g}",
                             printed.low, printed.high, place, figures->low,
                             figures->high));
  }
  const MeasuredRow* const baseline = bench_case.Find("baseline");
  if (baseline == nullptr || printed.ns <= 0) return;
  const double quotient = baseline->printed.ns / printed.ns;
  if (quotient < printed.low * (1 - kSame) ||
      quotient > printed.high * (1 + kSame)) {
    findings.Add(
        0, fmt::format("has {:.4g} ns of {} against a baseline of "
                       "{:.4g}, which is outside its interval of {:.4g} "
                       "to {:.4g}",
                       printed.ns, place, baseline->printed.ns, printed.low,
                       printed.high));
  }
}

// A row of a table as ranges.
struct PrintedRow {
  std::string role;
  std::string implementation;
  bool ahead = false;
  Range ns;
  Range ratio;
  Range low;
  Range high;
};

// "4.9 (4.6 to 5.2)".
bool ReadRatio(const std::string& cell, PrintedRow& row) {
  const std::size_t open = cell.find(" (");
  const std::size_t to = cell.find(" to ", open);
  if (open == cell.npos || to == cell.npos || cell.back() != ')') return false;
  const auto ratio = RangeOf(cell.substr(0, open));
  const auto low = RangeOf(cell.substr(open + 2, to - open - 2));
  const auto high = RangeOf(cell.substr(to + 4, cell.size() - to - 5));
  if (!ratio || !low || !high) return false;
  row.ratio = *ratio;
  row.low = *low;
  row.high = *high;
  return true;
}

std::optional<PrintedRow> ReadRow(const MarkdownTable& table,
                                  const MarkdownRow& cells,
                                  Findings& findings) {
  PrintedRow row;
  row.role = table.Cell(cells, "row");
  row.ahead = row.role.find("**ahead**") != std::string::npos;
  row.role = row.role.substr(0, row.role.find(','));
  row.implementation = table.Cell(cells, "implementation");
  findings.CheckName(cells.line, table.title, row.role, row.implementation);
  const std::string ns = table.Cell(cells, "ns/op");
  if (ns == "not_written") {
    findings.Add(cells.line, "publishes a stub: " + row.implementation);
    return std::nullopt;
  }
  const auto range = RangeOf(ns);
  if (!range || !ReadRatio(table.Cell(cells, "x baseline (95 %)"), row)) {
    findings.Add(cells.line, "has no figures for " + row.implementation);
    return std::nullopt;
  }
  row.ns = *range;
  return row;
}

void CheckPrinted(const PrintedRow& baseline, const PrintedRow& row, int line,
                  Findings& findings) {
  const Range quotient = baseline.ns.Over(row.ns);
  if (!quotient.Meets(row.ratio)) {
    findings.Add(line,
                 fmt::format("has times of {} that make {:.3g} to {:.3g} x "
                             "baseline, and prints another ratio",
                             row.implementation, quotient.low, quotient.high));
  }
  if (!quotient.Meets({row.low.low, row.high.high})) {
    findings.Add(line,
                 fmt::format("has times of {} whose quotient lies outside "
                             "the printed interval",
                             row.implementation));
  }
  if (!row.ratio.Meets({row.low.low, row.high.high})) {
    findings.Add(
        line, "has a ratio outside its own interval for " + row.implementation);
  }
}

void CheckAhead(const std::optional<PrintedRow>& reference,
                const PrintedRow& row, int line, Findings& findings) {
  if (!row.ahead) return;
  if (!reference || reference->ns.Over(row.ns).high <= kAheadFactor) {
    findings.Add(line, "calls " + row.implementation +
                           " ahead, and its time is not shorter by 5 %");
  }
}

void CheckTable(const MarkdownTable& table, Findings& findings) {
  std::optional<PrintedRow> baseline;
  std::optional<PrintedRow> reference;
  for (const MarkdownRow& cells : table.rows) {
    const auto row = ReadRow(table, cells, findings);
    if (!row) continue;
    if (row->role == "baseline") baseline = row;
    if (row->role == "reference") reference = row;
    if (!baseline) {
      findings.Add(cells.line,
                   "has a table without a baseline in its first row");
      return;
    }
    CheckPrinted(*baseline, *row, cells.line, findings);
    CheckAhead(reference, *row, cells.line, findings);
  }
}

}  // namespace

std::vector<Problem> CheckMeasurement(const Measurement& measurement,
                                      const std::string& file) {
  Findings findings(file);
  CheckHead(measurement, findings);
  if (measurement.cases.empty()) findings.Add(0, "holds no case");
  for (const MeasuredCase& bench_case : measurement.cases) {
    for (const MeasuredRow& row : bench_case.rows) {
      CheckRow(bench_case, row, findings);
    }
  }
  return findings.Take();
}

std::vector<Problem> CheckTables(std::string_view markdown,
                                 const std::string& file) {
  Findings findings(file);
  for (const MarkdownTable& table : ReadMarkdownTables(markdown)) {
    if (table.Has("ns/op") && table.Has("x baseline (95 %)")) {
      CheckTable(table, findings);
    }
  }
  return findings.Take();
}

}  // namespace workbook
