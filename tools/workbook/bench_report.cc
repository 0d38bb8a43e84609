// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/bench_report.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "nlohmann/json.hpp"
#include "tools/bench/row_name.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string Text(const Json& entry, const char* name) {
  const auto found = entry.find(name);
  if (found == entry.end() || !found->is_string()) return {};
  return found->get<std::string>();
}

std::optional<double> Number(const Json& entry, const char* name) {
  const auto found = entry.find(name);
  if (found == entry.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

// Numbers of an entry that are not the row's own: Google Benchmark's and ours.
std::map<std::string, double> Counters(const Json& entry) {
  static const std::set<std::string> known = {
      "family_index",    "per_family_instance_index",
      "repetitions",     "repetition_index",
      "threads",         "iterations",
      "real_time",       "cpu_time",
      "ns_per_op",       "allocs_per_op",
      "bytes_per_op",    "peak_bytes",
      "items_per_second"};
  std::map<std::string, double> counters;
  for (const auto& [name, value] : entry.items()) {
    if (value.is_number() && known.count(name) == 0) {
      counters[name] = value.get<double>();
    }
  }
  return counters;
}

BenchCase& CaseOf(std::vector<BenchCase>& cases, const std::string& name) {
  const auto found = std::find_if(
      cases.begin(), cases.end(),
      [&name](const BenchCase& each) { return each.name == name; });
  if (found != cases.end()) return *found;
  return cases.emplace_back(BenchCase{name, {}});
}

}  // namespace

void SortRows(BenchCase& bench_case) {
  const auto rank = [](const BenchRow& row) {
    if (row.role == "baseline") return 0;
    if (row.role == "yours") return 1;
    if (row.role == "reference") return 2;
    return row.ns_per_op > 0 ? 3 : 4;
  };
  std::stable_sort(bench_case.rows.begin(), bench_case.rows.end(),
                   [&rank](const BenchRow& a, const BenchRow& b) {
                     if (rank(a) != rank(b)) return rank(a) < rank(b);
                     return rank(a) == 3 && a.ns_per_op < b.ns_per_op;
                   });
}

namespace {

bool HasRow(const BenchCase& bench_case, const std::string& role,
            const std::string& implementation) {
  return std::any_of(
      bench_case.rows.begin(), bench_case.rows.end(), [&](const BenchRow& row) {
        return row.role == role && row.implementation == implementation;
      });
}

void AddEntry(const Json& entry, const RowName& name, BenchRun& run) {
  BenchCase& bench_case = CaseOf(run.cases, name.case_name);
  if (HasRow(bench_case, name.role, name.implementation)) return;
  bench_case.rows.push_back({.role = name.role,
                             .implementation = name.implementation,
                             .status = Text(entry, "label"),
                             .message = Text(entry, "error_message"),
                             .bytes_per_op = Number(entry, "bytes_per_op"),
                             .allocs_per_op = Number(entry, "allocs_per_op"),
                             .peak_bytes = Number(entry, "peak_bytes"),
                             .counters = Counters(entry)});
}

}  // namespace

const BenchRow* FindRole(const BenchCase& bench_case, std::string_view role) {
  const auto found =
      std::find_if(bench_case.rows.begin(), bench_case.rows.end(),
                   [role](const BenchRow& row) { return row.role == role; });
  return found == bench_case.rows.end() ? nullptr : &*found;
}

BenchRun ParseBench(std::string_view json) {
  BenchRun run;
  const Json document = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object() || !document.contains("benchmarks")) {
    run.error = "the benchmark left no JSON that can be read";
    return run;
  }
  if (document.contains("context") && document["context"].is_object()) {
    run.compiler = Text(document["context"], "workbook_compiler");
  }
  for (const Json& entry : document["benchmarks"]) {
    if (!entry.is_object()) continue;
    if (const auto name = ParseRowName(Text(entry, "name"))) {
      AddEntry(entry, *name, run);
    }
  }
  return run;
}

std::vector<BenchCase> JoinRuns(const BenchRun& all, const BenchRun& more) {
  std::vector<BenchCase> cases = all.cases;
  for (const BenchCase& from : more.cases) {
    BenchCase& to = CaseOf(cases, from.name);
    for (const BenchRow& row : from.rows) {
      if (!HasRow(to, row.role, row.implementation)) to.rows.push_back(row);
    }
  }
  for (BenchCase& bench_case : cases) SortRows(bench_case);
  return cases;
}

bool HasErrors(const std::vector<BenchCase>& cases) {
  return std::any_of(cases.begin(), cases.end(), [](const BenchCase& each) {
    return std::any_of(
        each.rows.begin(), each.rows.end(),
        [](const BenchRow& row) { return row.status == "error"; });
  });
}

}  // namespace workbook::cli
