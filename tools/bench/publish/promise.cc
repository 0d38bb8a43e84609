// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/promise.h"

#include <optional>

#include "fmt/format.h"
#include "tools/bench/publish/markdown_table.h"
#include "tools/bench/publish/numbers.h"
#include "tools/course/toml_fields.h"

namespace workbook {
namespace {

constexpr char kFix[] = "correct that line; promise.h has the fields";

PromisedRange ReadRange(TomlFields& fields, const std::string& name) {
  const PromisedRange range{fields.Number(name + "_from"),
                            fields.Number(name + "_to")};
  if (range.least > range.most) {
    fields.Refuse(name + "_to", "is less than " + name + "_from",
                  "write the larger one here");
  }
  return range;
}

// A share that was saved, in per cent; nothing where there was none to save.
std::optional<double> Saved(std::optional<double> natural,
                            std::optional<double> pattern) {
  if (!natural || !pattern || *natural <= 0) return std::nullopt;
  return 100 * (1 - *pattern / *natural);
}

std::string Verdict(double value, const PromisedRange& promised) {
  if (value < promised.least) return "less than promised";
  return value > promised.most ? "more" : "as promised";
}

std::string SavedCell(std::optional<double> saved,
                      const PromisedRange& promised) {
  if (!saved) return "none to save";
  return fmt::format("{:.0f} %, {}", *saved, Verdict(*saved, promised));
}

std::string CountsCell(std::optional<double> natural,
                       std::optional<double> pattern) {
  return fmt::format("{} to {}", Count(natural.value_or(0)),
                     Count(pattern.value_or(0)));
}

const PublishedExercise* Find(const std::vector<PublishedExercise>& exercises,
                              const std::string& id) {
  for (const PublishedExercise& each : exercises) {
    if (each.exercise.id == id) return &each;
  }
  return nullptr;
}

// The row, or nothing where the case was not measured.
std::optional<std::string> Row(const Promise& promise, const PromisedCase& of,
                               const PublishedExercise* published) {
  if (published == nullptr) return std::nullopt;
  const MeasuredCase* const found = published->measurement.Find(of.case_name);
  if (found == nullptr) return std::nullopt;
  const MeasuredRow* const natural = found->Find("baseline");
  const MeasuredRow* const pattern = found->Find("reference");
  if (natural == nullptr || pattern == nullptr) return std::nullopt;
  const auto figures = FiguresOf(*found, *pattern);
  if (!figures || figures->ratio <= 0) return std::nullopt;
  const int digits = DigitsFor(figures->ratio, figures->low, figures->high);
  return fmt::format(
      "| [{0}](../../exercises/{0}/README.md) | {1} | {2} | {3} | {4}: {5} | "
      "{6}: {7} | {8}, {9} |\n",
      of.exercise, of.case_name, CellText(of.natural), CellText(of.pattern),
      CountsCell(natural->allocs_per_op, pattern->allocs_per_op),
      SavedCell(Saved(natural->allocs_per_op, pattern->allocs_per_op),
                promise.fewer_allocations),
      CountsCell(natural->peak_bytes, pattern->peak_bytes),
      SavedCell(Saved(natural->peak_bytes, pattern->peak_bytes),
                promise.lower_peak),
      Significant(figures->ratio, digits),
      Verdict(figures->ratio, promise.times_as_fast));
}

std::string Head(const Promise& promise) {
  return fmt::format(
      "# What the chapter promises, and what was measured\n\n"
      "Written by `./workbook report --publish` from promise.toml and the "
      "published rows; never\nedited by hand.\n\n"
      "Promised against the natural form, in one run: {:g} to {:g} % fewer "
      "allocations, a peak\nthat is {:g} to {:g} % lower, {:g} to {:g} times "
      "as fast.\n\n"
      "| exercise | case | natural form | pattern | allocations an operation | "
      "peak bytes | times as fast |\n|---|---|---|---|---:|---:|---:|\n",
      promise.fewer_allocations.least, promise.fewer_allocations.most,
      promise.lower_peak.least, promise.lower_peak.most,
      promise.times_as_fast.least, promise.times_as_fast.most);
}

}  // namespace

Promise ReadPromise(std::string_view text, const std::string& file) {
  Promise promise;
  promise.file = file;
  const auto table = ParseToml(text, file, kFix, promise.problems);
  if (!table) return promise;
  TomlFields fields(*table, file, "", 1, promise.problems);
  promise.fewer_allocations = ReadRange(fields, "fewer_allocations");
  promise.lower_peak = ReadRange(fields, "lower_peak");
  promise.times_as_fast = ReadRange(fields, "times_as_fast");
  for (const toml::table* each : fields.Tables("cases", true)) {
    PromisedCase read;
    read.line = static_cast<int>(each->source().begin.line);
    TomlFields own(*each, file, "cases.", read.line, promise.problems);
    read.exercise = own.String("exercise");
    read.case_name = own.String("case");
    read.natural = own.String("natural");
    read.pattern = own.String("pattern");
    own.RefuseUnknown();
    promise.cases.push_back(std::move(read));
  }
  fields.RefuseUnknown();
  return promise;
}

std::string PromisePage(const Promise& promise,
                        const std::vector<PublishedExercise>& exercises,
                        std::vector<Problem>& problems) {
  std::string text = Head(promise);
  for (const PromisedCase& each : promise.cases) {
    const auto row = Row(promise, each, Find(exercises, each.exercise));
    if (row) {
      text += *row;
      continue;
    }
    problems.push_back(ProblemIn(
        promise.file, each.line, "cases",
        fmt::format("name {} of {}, which no published measurement has with a "
                    "baseline and a reference",
                    each.case_name, each.exercise),
        fmt::format("./workbook bench {} --reference, then ./workbook report "
                    "--publish; or correct the name",
                    each.exercise)));
  }
  return text;
}

}  // namespace workbook
