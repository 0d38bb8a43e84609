// SPDX-License-Identifier: Apache-2.0

// One measured exercise: what `bench --reference` kept, and what is published
// of it. README.md of tools/bench has the fields of the JSON.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_MEASUREMENT_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_MEASUREMENT_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/comparison/row_figures.h"
#include "tools/bench/comparison/verdict.h"

namespace workbook {

struct MeasuredRow {
  std::string role{};
  std::string implementation{};
  std::string status{};  // "", or gap, error
  std::string message{};
  std::vector<double> rounds_ns{};
  // As the file prints them; CheckMeasurement compares them with the rounds.
  RowFigures printed{};
  std::optional<double> bytes_per_op{};
  std::optional<double> allocs_per_op{};
  std::optional<double> peak_bytes{};
  std::map<std::string, double> counters{};
};

struct MeasuredCase {
  std::string name;
  std::vector<MeasuredRow> rows;
  std::vector<double> noise_rounds;  // a program against itself: ratios

  const MeasuredRow* Find(std::string_view role) const;
  // The rounds of the baseline; none where the case has no baseline.
  std::vector<double> BaselineRounds() const;
};

struct Measurement {
  std::string exercise;
  std::string measured_at;
  std::string processor;
  int processors = 0;
  std::string kernel;
  std::string compiler;
  std::string flags;
  std::string commit;
  bool edited = false;
  std::vector<std::string> disturbances;
  std::vector<MeasuredCase> cases;

  const MeasuredCase* Find(std::string_view case_name) const;
};

// Reads a kept or a published file. Nothing where it is no such JSON.
std::optional<Measurement> ReadMeasurement(std::string_view json);

// What is published of it: rows with rounds and gaps, neither the learner's nor
// stubs, with the figures that their rounds give.
Measurement Published(const Measurement& kept);

// The JSON of a published measurement, which ReadMeasurement reads again.
std::string MeasurementJson(const Measurement& measurement);

// The figures of a row of `bench_case`, from its rounds; nothing without any.
std::optional<RowFigures> FiguresOf(const MeasuredCase& bench_case,
                                    const MeasuredRow& row);

// Judges "the reference is at least `at_least` times as fast as the baseline";
// nothing where the case has not both.
std::optional<Judgement> JudgeGoal(const MeasuredCase& bench_case,
                                   double at_least);

// How many times as fast as the reference a peer is where it is ahead of it.
std::optional<double> Ahead(const MeasuredCase& bench_case,
                            const MeasuredRow& peer);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_MEASUREMENT_H_
