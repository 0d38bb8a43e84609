// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_measured.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/workbook/figures.h"
#include "tools/workbook/prediction_score.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

// Absent for null, text and what is not there.
std::optional<double> NumberAt(const Json& object, const std::string& field) {
  const auto found = object.find(field);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<double> FieldOf(const Json& row, const std::string& field) {
  if (const auto number = NumberAt(row, field)) return number;
  return NumberAt(row.value("counters", Json::object()), field);
}

// Lower comes first.
int RankOf(const Json& row) {
  const std::string role = row.value("role", "");
  return role == "yours" ? 0 : role == "reference" ? 1 : 2;
}

std::optional<double> FindFigure(const Json& measurement,
                                 const PredictionSource& source) {
  std::optional<double> best;
  int best_rank = 0;
  for (const Json& each : measurement.value("cases", Json::array())) {
    const std::string name = each.value("case", "");
    for (const Json& row : each.value("rows", Json::array())) {
      const int rank = RankOf(row);
      const std::string full =
          name + "/" + row.value("implementation", std::string());
      const bool is_named = source.name == full;
      const bool is_case = source.name == name && rank < 2;
      if ((!is_named && !is_case) || (best && best_rank <= rank)) continue;
      if (const auto number = FieldOf(row, source.field)) {
        best = number;
        best_rank = rank;
      }
    }
  }
  return best;
}

std::optional<double> ValueOf(const Prediction& prediction,
                              const PredictionSource& source,
                              const Measurements& measurements) {
  if (source.kind == PredictionSource::Kind::kTest) {
    const std::string& name =
        source.field.empty() ? prediction.id : source.field;
    const auto found = measurements.recorded.find(source.name + "#" + name);
    return found == measurements.recorded.end() ? std::nullopt
                                                : NumberIn(found->second);
  }
  const auto& figures = measurements.figures;
  for (auto text = figures.rbegin(); text != figures.rend(); ++text) {
    const Json json = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) continue;
    if (const auto number = FindFigure(json, source)) return number;
  }
  return std::nullopt;
}

std::string CommandOf(const PredictionSource& source,
                      const std::string& exercise) {
  return fmt::format(
      "./workbook {} {}",
      source.kind == PredictionSource::Kind::kTest ? "check" : "bench",
      exercise);
}

}  // namespace

Measurements LoadMeasurements(const std::filesystem::path& state_folder,
                              const std::string& exercise) {
  return {.exercise = exercise,
          .recorded = LoadRecorded(state_folder, exercise),
          .figures = LoadFigures(state_folder, exercise).measurements};
}

MeasuredAnswer FindMeasured(const Prediction& prediction,
                            const Measurements& measurements) {
  MeasuredAnswer answer;
  if (!prediction.sources.empty()) {
    answer.command =
        CommandOf(prediction.sources.front(), measurements.exercise);
  }
  if (prediction.kind == PredictionKind::kChoice) {
    answer.text = prediction.answer;
    return answer;
  }
  std::vector<double> values;
  for (const PredictionSource& source : prediction.sources) {
    const auto value = ValueOf(prediction, source, measurements);
    if (!value) {
      answer.command = CommandOf(source, measurements.exercise);
      return answer;
    }
    values.push_back(*value);
  }
  if (values.empty() || (values.size() == 2 && values[1] == 0)) return answer;
  answer.text =
      fmt::format("{}", values.size() == 2 ? values[0] / values[1] : values[0]);
  return answer;
}

}  // namespace workbook::cli
