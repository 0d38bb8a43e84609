// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/kept_figures.h"

#include <algorithm>

#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

// An empty object where the text is something else: files may be edited.
Json ObjectIn(const std::string& text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return json.is_object() ? json : Json::object();
}

const Json& Member(const Json& json, const char* name) {
  static const Json kNothing;
  if (!json.is_object()) return kNothing;
  const auto found = json.find(name);
  return found == json.end() ? kNothing : *found;
}

// The elements of an array; none of anything else.
const Json& Elements(const Json& json, const char* name) {
  static const Json kNone = Json::array();
  const Json& member = Member(json, name);
  return member.is_array() ? member : kNone;
}

std::string Text(const Json& json, const char* name) {
  const Json& member = Member(json, name);
  return member.is_string() ? member.get<std::string>() : std::string();
}

double Number(const Json& json, const char* name) {
  const Json& member = Member(json, name);
  return member.is_number() ? member.get<double>() : 0;
}

ReportedCase* Find(std::vector<ReportedCase>& cases, const std::string& name) {
  const auto found = std::find_if(
      cases.begin(), cases.end(),
      [&](const ReportedCase& each) { return each.measured.name == name; });
  return found == cases.end() ? nullptr : &*found;
}

// What the measurement `json` says of the case besides its rows.
void AddVerdicts(const Json& json, ReportedCase& reported) {
  for (const Json& each : Elements(json, "cases")) {
    if (Text(each, "case") != reported.measured.name) continue;
    const Json& judged = Member(each, "to_reference");
    if (!judged.is_object()) continue;
    reported.against_reference =
        fmt::format("{}. {}", Text(judged, "verdict"), Text(judged, "reason"));
  }
  for (const Json& each : Elements(json, "targets")) {
    if (Text(each, "case") != reported.measured.name) continue;
    reported.targets.push_back({Number(each, "at_least"), Text(each, "verdict"),
                                Text(each, "reason")});
  }
}

void AddCases(const Measurement& measurement, const Json& json, bool is_newest,
              const Forms& forms, std::vector<ReportedCase>& cases) {
  for (const MeasuredCase& measured : measurement.cases) {
    ReportedCase* reported = Find(cases, measured.name);
    if (reported == nullptr) {
      const CaseForm* const form = forms.Find(measured.name);
      if (!is_newest && form == nullptr) continue;
      cases.push_back(
          {.measured = measured, .measured_at = measurement.measured_at});
      reported = &cases.back();
      if (form != nullptr) reported->form = *form;
      AddVerdicts(json, *reported);
    }
    const MeasuredRow* const yours = measured.Find("yours");
    if (yours == nullptr || yours->printed.ratio <= 0) continue;
    reported->your_ratios.insert(reported->your_ratios.begin(),
                                 yours->printed.ratio);
  }
}

std::optional<ExactFigures> ReadExact(const std::string& text) {
  const Json json = ObjectIn(text);
  ExactFigures exact{.measured_at = Text(json, "measured_at"),
                     .commit = Text(json, "commit"),
                     .rows = {}};
  for (const Json& each : Elements(json, "exact")) {
    exact.rows.push_back(
        {.name = Text(each, "name"),
         .per_operation = {Number(each, "instructions_per_op"),
                           Number(each, "first_level_misses_per_op"),
                           Number(each, "last_level_misses_per_op")},
         .not_deterministic = Text(each, "not_deterministic")});
  }
  if (exact.rows.empty()) return std::nullopt;
  return exact;
}

}  // namespace

ReportedFigures ReadFigures(const std::vector<std::string>& measurements,
                            const std::vector<std::string>& exact,
                            const Forms& forms) {
  ReportedFigures figures;
  for (auto text = measurements.rbegin(); text != measurements.rend(); ++text) {
    auto measurement = ReadMeasurement(*text);
    if (!measurement) continue;
    AddCases(*measurement, ObjectIn(*text), figures.measurements.empty(), forms,
             figures.cases);
    figures.measurements.insert(figures.measurements.begin(),
                                std::move(*measurement));
  }
  if (!exact.empty()) figures.exact = ReadExact(exact.back());
  return figures;
}

const MeasuredRow* AfterBaseline(const MeasuredCase& measured) {
  for (const char* role : {"yours", "reference"}) {
    const MeasuredRow* const row = measured.Find(role);
    if (row != nullptr && row->status.empty()) return row;
  }
  return nullptr;
}

}  // namespace workbook::cli
