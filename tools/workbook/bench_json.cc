// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/bench_json.h"

#include <cstdlib>
#include <optional>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/bench/comparison/verdict.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

Json OrNull(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

// Five digits are more than any round is good for.
Json Rounded(const std::vector<double>& values) {
  Json rounded = Json::array();
  for (const double value : values) {
    rounded.push_back(
        std::strtod(fmt::format("{:.5g}", value).c_str(), nullptr));
  }
  return rounded;
}

Json RowJson(const BenchRow& row) {
  return {{"role", row.role},
          {"implementation", row.implementation},
          {"status", row.status},
          {"message", row.message},
          {"ns_per_op", row.ns_per_op > 0 ? Json(row.ns_per_op) : Json()},
          {"ratio_to_baseline", row.ratio > 0 ? Json(row.ratio) : Json()},
          {"ratio_low", row.ratio_low > 0 ? Json(row.ratio_low) : Json()},
          {"ratio_high", row.ratio_high > 0 ? Json(row.ratio_high) : Json()},
          {"bytes_per_op", OrNull(row.bytes_per_op)},
          {"allocs_per_op", OrNull(row.allocs_per_op)},
          {"peak_bytes", OrNull(row.peak_bytes)},
          {"counters", row.counters},
          {"rounds_ns", Rounded(row.rounds_ns)}};
}

Json JudgementJson(const std::optional<Judgement>& judged) {
  if (!judged) return nullptr;
  return {{"verdict", VerdictName(judged->verdict)},
          {"limit", kReferenceLimit},
          {"time_ratio", judged->ratio},
          {"low", judged->low},
          {"high", judged->high},
          {"noise", judged->noise},
          {"pairs", judged->pairs},
          {"reason", judged->reason}};
}

}  // namespace

std::string BenchJson(const std::string& exercise,
                      const std::vector<BenchCase>& cases,
                      const std::vector<TargetVerdict>& targets) {
  Json case_list = Json::array();
  for (const BenchCase& bench_case : cases) {
    Json rows = Json::array();
    for (const BenchRow& row : bench_case.rows) rows.push_back(RowJson(row));
    case_list.push_back(
        {{"case", bench_case.name},
         {"rows", rows},
         {"noise_rounds", Rounded(bench_case.noise_rounds)},
         {"to_reference", JudgementJson(bench_case.to_reference)}});
  }
  Json target_list = Json::array();
  for (const TargetVerdict& target : targets) {
    target_list.push_back({{"case", target.case_name},
                           {"at_least", target.at_least},
                           {"verdict", target.verdict},
                           {"ratio", target.ratio},
                           {"reason", target.reason}});
  }
  const Json json = {
      {"exercise", exercise}, {"cases", case_list}, {"targets", target_list}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace workbook::cli
