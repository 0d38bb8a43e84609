// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/exercise_page.h"

#include <algorithm>
#include <cmath>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/bench/publish/markdown_table.h"
#include "tools/bench/publish/numbers.h"
#include "tools/bench/statistics.h"

namespace workbook {
namespace {

std::string Head(const PublishedExercise& published) {
  const Measurement& measured = published.measurement;
  std::string text = fmt::format(
      "Written by `./workbook report --publish`; never edited by hand.\n\n"
      "| measured | processor | kernel | compiler | flags |\n"
      "|---|---|---|---|---|\n| {} at {}{} | {}; {} processors | {} | {} | "
      "`{}` "
      "|\n\n",
      measured.measured_at.substr(0, 10), measured.commit,
      measured.edited ? ", edited" : "", CellText(measured.processor),
      measured.processors, measured.kernel, measured.compiler, measured.flags);
  for (const std::string& note : measured.disturbances) {
    text += fmt::format("Note: {}.\n\n", note);
  }
  return text +
         "All rows of a case are timed in slices that lie side by side. A "
         "row's "
         "ratio is the median over the rounds of the\nbaseline's time over its "
         "own, with its 95 % interval; its time is the baseline's over that "
         "ratio. Two digits, or three\nwhere the rounds differ by less than "
         "1 %. **ahead**: a peer needs less time than the reference by more "
         "than 5 %.\n";
}

// Two digits, or three where the rounds differ by less than 1 %.
int DigitsOfTime(const MeasuredRow& row) {
  return DigitsFor(MedianAbsoluteDeviation(row.rounds_ns) /
                   Median(row.rounds_ns));
}

std::string RatioCell(const RowFigures& figures) {
  if (figures.ratio <= 0) return "";
  const int digits = DigitsFor(figures.ratio, figures.low, figures.high);
  return fmt::format("{} ({} to {})", Significant(figures.ratio, digits),
                     Significant(figures.low, digits),
                     Significant(figures.high, digits));
}

std::string CountCell(std::optional<double> value) {
  return value ? Count(*value) : "-";
}

std::string CountersCell(const MeasuredRow& row) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : row.counters) {
    parts.push_back(fmt::format("{} {:.4g}", CellText(name), value));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

bool HasCounters(const MeasuredCase& bench_case) {
  return std::any_of(bench_case.rows.begin(), bench_case.rows.end(),
                     [](const MeasuredRow& row) {
                       return row.status.empty() && !row.counters.empty();
                     });
}

std::string Row(const MeasuredCase& bench_case, const MeasuredRow& row,
                const RowFigures& figures, bool with_counters) {
  return fmt::format("| {}{} | {} | {} | {} | {} | {} | {} |{}\n", row.role,
                     Ahead(bench_case, row) ? ", **ahead**" : "",
                     CellText(row.implementation),
                     Significant(figures.ns, DigitsOfTime(row)),
                     RatioCell(figures), CountCell(row.bytes_per_op),
                     CountCell(row.allocs_per_op), CountCell(row.peak_bytes),
                     with_counters ? " " + CountersCell(row) + " |" : "");
}

std::string Table(const MeasuredCase& bench_case) {
  const bool with_counters = HasCounters(bench_case);
  std::string text = fmt::format(
      "| row | implementation | ns/op | x baseline (95 %) | B/op | allocs/op | "
      "peak B |{}\n|---|---|---:|---:|---:|---:|---:|{}\n",
      with_counters ? " counters |" : "", with_counters ? "---|" : "");
  std::vector<std::string> gaps;
  for (const MeasuredRow& row : bench_case.rows) {
    if (const auto figures = FiguresOf(bench_case, row)) {
      text += Row(bench_case, row, *figures, with_counters);
    } else {
      gaps.push_back(fmt::format("{} ({})", row.implementation, row.message));
    }
  }
  if (!gaps.empty()) {
    text += fmt::format("\nNot measured: {}.\n", fmt::join(gaps, "; "));
  }
  return text;
}

std::string WaysOf(const Form& form) {
  std::vector<std::string> parts;
  if (!form.touches.empty()) parts.push_back("touches " + form.touches);
  if (!form.calls.empty()) parts.push_back("calls: " + form.calls);
  if (!form.through.empty()) parts.push_back("through: " + form.through);
  if (!form.keeps.empty()) parts.push_back("keeps " + form.keeps);
  return fmt::format("{}", fmt::join(parts, "; "));
}

bool IsHere(const UnlikeRows& told_apart, const MeasuredCase& bench_case) {
  return std::any_of(bench_case.rows.begin(), bench_case.rows.end(),
                     [&](const MeasuredRow& row) {
                       return told_apart.Covers(row.implementation);
                     });
}

std::string ToldApart(const char* kind, const UnlikeRows& rows) {
  const std::string ways = WaysOf(rows.form);
  return fmt::format("\n- **{}**, {}: {}{}.{}", kind,
                     fmt::join(rows.rows, ", "), rows.how,
                     ways.empty() ? "" : " (" + ways + ")",
                     rows.does_not_show.empty()
                         ? ""
                         : " It does not show " + rows.does_not_show + ".");
}

std::string FormText(const CaseForm& form, const MeasuredCase& bench_case) {
  std::string text =
      fmt::format("An operation: {}. A row {}. Order of inputs: {}{}.\n",
                  form.operation, WaysOf(form.form), form.order,
                  form.order_note.empty() ? "" : " (" + form.order_note + ")");
  for (const UnlikeRows& unlike : form.unlike) {
    if (IsHere(unlike, bench_case)) text += ToldApart("Unlike", unlike);
  }
  for (const UnlikeRows& inside : form.inside) {
    if (IsHere(inside, bench_case)) text += ToldApart("Inside", inside);
  }
  return text + (text.back() == '\n' ? "" : "\n");
}

std::string Anchor(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
      anchor += c;
  }
  return anchor;
}

std::string LostSection(const std::vector<LostRow>& lost) {
  std::string text = "\n## Lost rows\n\n";
  if (lost.empty()) return text + "None: no peer is ahead.\n";
  text += "| case | ahead | times as fast | why |\n|---|---|---:|---|\n";
  for (const LostRow& row : lost) {
    text += fmt::format("| [{}](#{}) | {} | {} | {} |\n", row.case_name,
                        Anchor(row.case_name), CellText(row.peer),
                        Significant(row.factor, 2),
                        row.reason == nullptr ? "" : CellText(row.reason->why));
  }
  return text;
}

}  // namespace

std::vector<LostRow> LostRows(const PublishedExercise& published,
                              const Reasons& reasons) {
  std::vector<LostRow> lost;
  for (const MeasuredCase& bench_case : published.measurement.cases) {
    for (const MeasuredRow& row : bench_case.rows) {
      const auto factor = Ahead(bench_case, row);
      if (!factor) continue;
      lost.push_back({bench_case.name, row.implementation, *factor,
                      reasons.Find(published.measurement.exercise,
                                   bench_case.name, row.implementation)});
    }
  }
  return lost;
}

std::string ExercisePage(const PublishedExercise& published,
                         const Reasons& reasons) {
  std::string text = fmt::format(
      "# {} {}: benchmarks\n\n{}\nThe process has had a second thread before "
      "the first row: glibc locks more cheaply where there never was "
      "one.\nEvery "
      "round stands in [{}.json]({}.json). Below each case stands what its "
      "rows "
      "share, which row is unlike\nthem, and which does the same work in "
      "another way inside.\n",
      published.exercise.id, published.exercise.title, Head(published),
      published.exercise.id, published.exercise.id);
  for (const MeasuredCase& bench_case : published.measurement.cases) {
    text += fmt::format("\n## {}\n\n{}", bench_case.name, Table(bench_case));
    const CaseForm* const form = published.forms.Find(bench_case.name);
    if (form != nullptr) text += "\n" + FormText(*form, bench_case);
  }
  return text + LostSection(LostRows(published, reasons));
}

std::string CostsPage(const PublishedExercise& published) {
  std::string text =
      fmt::format("# {} {}: what it costs\n\n{}", published.exercise.id,
                  published.exercise.title, Head(published));
  for (const MeasuredCase& bench_case : published.measurement.cases) {
    text += fmt::format("\n## {}\n\n{}", bench_case.name, Table(bench_case));
  }
  return text;
}

}  // namespace workbook
