#include "tools/workbook/bench_report.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/bench/comparison/interval.h"
#include "tools/bench/statistics.h"

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

// "stem/case/role:implementation" into its three parts.
struct RowName {
  std::string case_name;
  std::string role;
  std::string implementation;
};

std::optional<RowName> SplitName(const std::string& name) {
  const size_t slash = name.rfind('/');
  const size_t colon = name.find(':', slash == std::string::npos ? 0 : slash);
  if (slash == std::string::npos || colon == std::string::npos) {
    return std::nullopt;
  }
  return RowName{name.substr(0, slash),
                 name.substr(slash + 1, colon - slash - 1),
                 name.substr(colon + 1)};
}

BenchCase& CaseOf(std::vector<BenchCase>& cases, const std::string& name) {
  const auto found = std::find_if(
      cases.begin(), cases.end(),
      [&name](const BenchCase& each) { return each.name == name; });
  if (found != cases.end()) return *found;
  return cases.emplace_back(BenchCase{name, {}});
}

using Times = std::map<std::string, std::vector<double>>;

std::string FullName(const BenchCase& bench_case, const BenchRow& row) {
  return fmt::format("{}/{}:{}", bench_case.name, row.role, row.implementation);
}

// Repetitions of a case alternate, so the n-th of a row and the n-th of the
// baseline met the same machine.
void SetInterval(const std::vector<double>& baseline_ns,
                 const std::vector<double>& row_ns, BenchRow& row) {
  std::vector<double> log_ratios;
  for (size_t i = 0; i < std::min(baseline_ns.size(), row_ns.size()); ++i) {
    if (baseline_ns[i] > 0 && row_ns[i] > 0) {
      log_ratios.push_back(std::log(baseline_ns[i] / row_ns[i]));
    }
  }
  if (log_ratios.empty()) return;
  const Interval interval = MedianInterval(log_ratios, kIntervalSeed);
  row.ratio_low = std::exp(interval.low);
  row.ratio_high = std::exp(interval.high);
}

void SetRatios(const Times& times, BenchCase& bench_case) {
  const BenchRow* baseline = FindRole(bench_case, "baseline");
  if (baseline == nullptr || baseline->ns_per_op <= 0) return;
  const double ns = baseline->ns_per_op;
  const auto& baseline_ns = times.at(FullName(bench_case, *baseline));
  for (BenchRow& row : bench_case.rows) {
    if (row.ns_per_op <= 0) continue;
    row.ratio = ns / row.ns_per_op;
    SetInterval(baseline_ns, times.at(FullName(bench_case, row)), row);
  }
}

// baseline, yours, reference, then peers from the fastest on; those without
// figures last.
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

void AddEntry(const Json& entry, const RowName& name, BenchRun& run,
              Times& times) {
  BenchCase& bench_case = CaseOf(run.cases, name.case_name);
  const std::string full = Text(entry, "name");
  if (const auto ns = Number(entry, "ns_per_op")) times[full].push_back(*ns);
  const auto known = std::find_if(
      bench_case.rows.begin(), bench_case.rows.end(), [&](const BenchRow& row) {
        return row.role == name.role &&
               row.implementation == name.implementation;
      });
  if (known != bench_case.rows.end()) return;
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
  Times times;
  for (const Json& entry : document["benchmarks"]) {
    if (!entry.is_object()) continue;
    if (const auto name = SplitName(Text(entry, "name"))) {
      AddEntry(entry, *name, run, times);
    }
  }
  for (BenchCase& bench_case : run.cases) {
    for (BenchRow& row : bench_case.rows) {
      const auto found = times.find(FullName(bench_case, row));
      if (found != times.end()) row.ns_per_op = Median(found->second);
    }
    SetRatios(times, bench_case);
  }
  return run;
}

std::vector<BenchCase> JoinRuns(const BenchRun& yours,
                                const BenchRun& reference) {
  std::vector<BenchCase> cases = yours.cases;
  for (const BenchCase& from : reference.cases) {
    BenchCase& to = CaseOf(cases, from.name);
    const bool is_new = to.rows.empty();
    for (const BenchRow& row : from.rows) {
      if (is_new || row.role == "reference") to.rows.push_back(row);
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
