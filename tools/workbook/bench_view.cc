// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/bench_view.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/bench/comparison/verdict.h"

namespace workbook::cli {
namespace {

// Of a row of the table, beside the name of the implementation.
constexpr std::size_t kTableColumns = 13 + 4 * 11 + 13;

std::string Figure(std::optional<double> value, int decimals) {
  if (!value) return "-";
  // The JSON rounds through decimals; a whole number is shown as one.
  if (*value == static_cast<double>(static_cast<long long>(*value))) {
    return fmt::format("{:.0f}", *value);
  }
  return fmt::format("{:.{}f}", *value, decimals);
}

std::string StatusWords(const BenchRow& row) {
  if (row.status == "not_written") return "not written yet";
  if (row.status == "gap") return "not installed";
  return "failed: " + row.message;
}

std::string ShowRow(const BenchRow& row, size_t width,
                    const Terminal& terminal) {
  const std::string head =
      fmt::format("  {:<9}  {:<{}}", row.role, row.implementation, width);
  if (!row.status.empty()) {
    return fmt::format("{}  {}\n", head,
                       terminal.Paint(Colour::kDim, StatusWords(row)));
  }
  const std::string text = fmt::format(
      "{} {:>10} {:>10} {:>10} {:>10} {:>12}\n", head,
      row.ns_per_op > 0 ? fmt::format("{:.2f}", row.ns_per_op) : "-",
      row.ratio > 0 ? fmt::format("{:.2f}", row.ratio) : "-",
      Figure(row.bytes_per_op, 1), Figure(row.allocs_per_op, 2),
      Figure(row.peak_bytes, 0));
  return row.role == "yours" ? terminal.Paint(Colour::kBold, text) : text;
}

// A row where the table does not fit: the figures under the name, each with its
// unit; what is not known is left out.
std::string ShowTallRow(const BenchRow& row, const Terminal& terminal) {
  std::string text = fmt::format("  {}  {}\n", row.role, row.implementation);
  if (!row.status.empty()) {
    return text + fmt::format("    {}\n",
                              terminal.Paint(Colour::kDim, StatusWords(row)));
  }
  std::vector<std::string> figures;
  if (row.ns_per_op > 0) {
    figures.push_back(fmt::format("{:.2f} ns/op", row.ns_per_op));
  }
  if (row.ratio > 0) {
    figures.push_back(fmt::format("{:.2f} x baseline", row.ratio));
  }
  const auto add = [&figures](std::optional<double> value, int decimals,
                              std::string_view unit) {
    if (value) {
      figures.push_back(fmt::format("{} {}", Figure(value, decimals), unit));
    }
  };
  add(row.bytes_per_op, 1, "B/op");
  add(row.allocs_per_op, 2, "allocs/op");
  add(row.peak_bytes, 0, "peak B");
  text += fmt::format("    {}\n", fmt::join(figures, ", "));
  return row.role == "yours" ? terminal.Paint(Colour::kBold, text) : text;
}

std::string ShowTarget(const TargetVerdict& target, const Terminal& terminal) {
  Colour colour = Colour::kYellow;
  if (target.verdict == "met") colour = Colour::kGreen;
  if (target.verdict == "not met") colour = Colour::kRed;
  std::string text =
      fmt::format("  target: yours at least {:g} x baseline: {}",
                  target.at_least, terminal.Paint(colour, target.verdict));
  if (target.ratio > 0) text += fmt::format(" ({:.2f})", target.ratio);
  if (target.verdict == VerdictName(Verdict::kTooNoisy)) {
    text += "\n          " + target.reason;
  }
  return text + "\n";
}

std::string ShowReferenceVerdict(const Judgement& judged,
                                 const Terminal& terminal) {
  Colour colour = Colour::kYellow;
  if (judged.verdict == Verdict::kMet) colour = Colour::kGreen;
  if (judged.verdict == Verdict::kNotMet) colour = Colour::kRed;
  return fmt::format(
      "  reference: at most {:g} x its time: {}\n"
      "             {}\n",
      kReferenceLimit, terminal.Paint(colour, VerdictName(judged.verdict)),
      judged.reason);
}

// The peers that are not here, once each, with what brings them.
std::string ShowGaps(const std::vector<BenchCase>& cases) {
  std::set<std::string> gaps;
  for (const BenchCase& bench_case : cases) {
    for (const BenchRow& row : bench_case.rows) {
      if (row.status == "gap") {
        gaps.insert(fmt::format("  {}: {}\n", row.implementation, row.message));
      }
    }
  }
  if (gaps.empty()) return {};
  std::string text = "Peers that are not installed:\n";
  for (const std::string& gap : gaps) text += gap;
  return text +
         "  ./workbook setup --peers installs what Debian has of them.\n";
}

}  // namespace

std::string ShowBench(const std::vector<BenchCase>& cases,
                      const std::vector<TargetVerdict>& targets,
                      const Terminal& terminal) {
  size_t width = 0;
  for (const BenchCase& bench_case : cases) {
    for (const BenchRow& row : bench_case.rows) {
      width = std::max(width, row.implementation.size());
    }
  }
  const std::size_t columns = terminal.Columns();
  const bool tall = columns > 0 && width + kTableColumns > columns;
  std::string text;
  for (const BenchCase& bench_case : cases) {
    // The width of "  baseline   implementation".
    text += terminal.Paint(Colour::kBold, fmt::format("{:<{}}", bench_case.name,
                                                      tall ? 0 : width + 13));
    text += tall ? "\n"
                 : fmt::format(" {:>10} {:>10} {:>10} {:>10} {:>12}\n", "ns/op",
                               "x baseline", "B/op", "allocs/op", "peak B");
    for (const BenchRow& row : bench_case.rows) {
      text += tall ? ShowTallRow(row, terminal) : ShowRow(row, width, terminal);
    }
    if (bench_case.to_reference) {
      text += ShowReferenceVerdict(*bench_case.to_reference, terminal);
    }
    for (const TargetVerdict& target : targets) {
      if (target.case_name == bench_case.name) {
        text += ShowTarget(target, terminal);
      }
    }
    text += '\n';
  }
  for (const TargetVerdict& target : targets) {
    if (target.verdict == "not measured") {
      text += fmt::format(
          "{}: a target of the exercise is judged by this case, which was not "
          "measured\n",
          target.case_name);
    }
  }
  return terminal.Fit(text + ShowGaps(cases));
}

}  // namespace workbook::cli
