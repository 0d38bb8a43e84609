// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/measurement.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace workbook {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchema = 1;

std::string Text(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>()
                                                   : std::string();
}

std::optional<double> Number(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::vector<double> Numbers(const Json& json, const char* name) {
  std::vector<double> numbers;
  for (const Json& each : json.value(name, Json::array())) {
    if (each.is_number()) numbers.push_back(each.get<double>());
  }
  return numbers;
}

MeasuredRow ReadRow(const Json& json) {
  MeasuredRow row{.role = Text(json, "role"),
                  .implementation = Text(json, "implementation"),
                  .status = Text(json, "status"),
                  .message = Text(json, "message"),
                  .rounds_ns = Numbers(json, "rounds_ns"),
                  .printed = {Number(json, "ns_per_op").value_or(0),
                              Number(json, "ratio_to_baseline").value_or(0),
                              Number(json, "ratio_low").value_or(0),
                              Number(json, "ratio_high").value_or(0)},
                  .bytes_per_op = Number(json, "bytes_per_op"),
                  .allocs_per_op = Number(json, "allocs_per_op"),
                  .peak_bytes = Number(json, "peak_bytes"),
                  .counters = {}};
  const Json counters = json.value("counters", Json::object());
  for (const auto& [name, value] : counters.items()) {
    if (value.is_number()) row.counters[name] = value.get<double>();
  }
  return row;
}

MeasuredCase ReadCase(const Json& json) {
  MeasuredCase read;
  read.name = Text(json, "case");
  for (const Json& row : json.value("rows", Json::array())) {
    if (row.is_object()) read.rows.push_back(ReadRow(row));
  }
  read.noise_rounds = Numbers(json, "noise_rounds");
  return read;
}

Json OrNull(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json Positive(double value) { return value > 0 ? Json(value) : Json(nullptr); }

Json RowJson(const MeasuredRow& row) {
  return {{"role", row.role},
          {"implementation", row.implementation},
          {"status", row.status},
          {"message", row.message},
          {"ns_per_op", Positive(row.printed.ns)},
          {"ratio_to_baseline", Positive(row.printed.ratio)},
          {"ratio_low", Positive(row.printed.low)},
          {"ratio_high", Positive(row.printed.high)},
          {"bytes_per_op", OrNull(row.bytes_per_op)},
          {"allocs_per_op", OrNull(row.allocs_per_op)},
          {"peak_bytes", OrNull(row.peak_bytes)},
          {"counters", row.counters},
          {"rounds_ns", row.rounds_ns}};
}

std::string OneLine(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// baseline, reference, peers from the fastest on, gaps.
void Sort(MeasuredCase& bench_case) {
  const auto key = [](const MeasuredRow& row) {
    const int rank = row.role == "baseline" ? 0
                     : row.role != "peer"   ? 1
                     : row.status.empty()   ? 2
                                            : 3;
    return std::pair(rank, rank == 2 ? row.printed.ns : 0);
  };
  std::stable_sort(bench_case.rows.begin(), bench_case.rows.end(),
                   [&](const MeasuredRow& a, const MeasuredRow& b) {
                     return key(a) < key(b);
                   });
}

bool IsPublished(const MeasuredRow& row) {
  if (row.role == "yours" || row.status == "not_written") return false;
  return !row.rounds_ns.empty() || !row.status.empty();
}

}  // namespace

const MeasuredRow* MeasuredCase::Find(std::string_view role) const {
  const auto found =
      std::find_if(rows.begin(), rows.end(),
                   [role](const MeasuredRow& row) { return row.role == role; });
  return found == rows.end() ? nullptr : &*found;
}

std::vector<double> MeasuredCase::BaselineRounds() const {
  const MeasuredRow* const baseline = Find("baseline");
  return baseline == nullptr ? std::vector<double>() : baseline->rounds_ns;
}

const MeasuredCase* Measurement::Find(std::string_view case_name) const {
  const auto found = std::find_if(
      cases.begin(), cases.end(),
      [&](const MeasuredCase& each) { return each.name == case_name; });
  return found == cases.end() ? nullptr : &*found;
}

std::optional<Measurement> ReadMeasurement(std::string_view json) {
  const Json document = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object() || Number(document, "schema") != kSchema) {
    return std::nullopt;
  }
  Measurement read;
  read.exercise = Text(document, "exercise");
  read.measured_at = Text(document, "measured_at");
  read.processor = Text(document, "processor");
  read.processors =
      static_cast<int>(Number(document, "processors").value_or(0));
  read.kernel = Text(document, "kernel");
  read.compiler = Text(document, "compiler");
  read.flags = Text(document, "flags");
  read.commit = Text(document, "commit");
  read.edited = document.value("edited", false);
  for (const Json& note : document.value("disturbances", Json::array())) {
    if (note.is_string()) read.disturbances.push_back(note.get<std::string>());
  }
  for (const Json& each : document.value("cases", Json::array())) {
    if (each.is_object()) read.cases.push_back(ReadCase(each));
  }
  if (read.exercise.empty()) return std::nullopt;
  return read;
}

std::optional<RowFigures> FiguresOf(const MeasuredCase& bench_case,
                                    const MeasuredRow& row) {
  if (!row.status.empty()) return std::nullopt;
  return FiguresOfRow(row.rounds_ns, bench_case.BaselineRounds());
}

Measurement Published(const Measurement& kept) {
  Measurement published = kept;
  published.cases.clear();
  for (const MeasuredCase& from : kept.cases) {
    MeasuredCase to{from.name, {}, from.noise_rounds};
    for (const MeasuredRow& row : from.rows) {
      if (!IsPublished(row)) continue;
      to.rows.push_back(row);
      to.rows.back().printed = FiguresOf(from, row).value_or(RowFigures());
    }
    Sort(to);
    if (!to.rows.empty()) published.cases.push_back(std::move(to));
  }
  return published;
}

// A line a row: a diff of two measurements shows which rows changed.
std::string MeasurementJson(const Measurement& measurement) {
  const Json head = {{"schema", kSchema},
                     {"exercise", measurement.exercise},
                     {"measured_at", measurement.measured_at},
                     {"processor", measurement.processor},
                     {"processors", measurement.processors},
                     {"kernel", measurement.kernel},
                     {"compiler", measurement.compiler},
                     {"flags", measurement.flags},
                     {"commit", measurement.commit},
                     {"edited", measurement.edited},
                     {"disturbances", measurement.disturbances}};
  std::string text = "{\n";
  for (const auto& [name, value] : head.items()) {
    text += fmt::format("{}: {},\n", OneLine(name), OneLine(value));
  }
  text += "\"cases\": [";
  const char* between_cases = "\n";
  for (const MeasuredCase& each : measurement.cases) {
    text += fmt::format(
        "{}{{\"case\": {},\n \"noise_rounds\": {},\n "
        "\"rows\": [",
        between_cases, OneLine(each.name), OneLine(each.noise_rounds));
    const char* between_rows = "\n  ";
    for (const MeasuredRow& row : each.rows) {
      text += between_rows + OneLine(RowJson(row));
      between_rows = ",\n  ";
    }
    text += "]}";
    between_cases = ",\n";
  }
  return text + "]\n}\n";
}

std::optional<Judgement> JudgeGoal(const MeasuredCase& bench_case,
                                   double at_least) {
  const MeasuredRow* const reference = bench_case.Find("reference");
  if (reference == nullptr || !FiguresOf(bench_case, *reference)) {
    return std::nullopt;
  }
  const std::vector<double> baseline_ns = bench_case.BaselineRounds();
  if (baseline_ns.empty()) return std::nullopt;
  std::vector<double> noise;
  for (const double ratio : bench_case.noise_rounds) {
    noise.push_back(std::log(ratio));
  }
  return JudgeRatio(LogRatios(reference->rounds_ns, baseline_ns), noise,
                    1 / at_least, kIntervalSeed);
}

std::optional<double> Ahead(const MeasuredCase& bench_case,
                            const MeasuredRow& peer) {
  const MeasuredRow* const reference = bench_case.Find("reference");
  if (reference == nullptr || peer.role != "peer") return std::nullopt;
  return AheadOfSubject(peer.rounds_ns, reference->rounds_ns,
                        bench_case.BaselineRounds());
}

}  // namespace workbook
