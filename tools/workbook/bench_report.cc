#include "tools/workbook/bench_report.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "fmt/format.h"
#include "nlohmann/json.hpp"

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

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle - 1] + values[middle]) / 2;
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

const BenchRow* FindRole(const BenchCase& bench_case, std::string_view role) {
  const auto found =
      std::find_if(bench_case.rows.begin(), bench_case.rows.end(),
                   [role](const BenchRow& row) { return row.role == role; });
  return found == bench_case.rows.end() ? nullptr : &*found;
}

void SetRatios(BenchCase& bench_case) {
  const BenchRow* baseline = FindRole(bench_case, "baseline");
  if (baseline == nullptr || baseline->ns_per_op <= 0) return;
  const double ns = baseline->ns_per_op;
  for (BenchRow& row : bench_case.rows) {
    if (row.ns_per_op > 0) row.ratio = ns / row.ns_per_op;
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
              std::map<std::string, std::vector<double>>& times) {
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
                             .peak_bytes = Number(entry, "peak_bytes")});
}

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

std::string ShowTarget(const TargetVerdict& target, const Terminal& terminal) {
  Colour colour = Colour::kYellow;
  if (target.verdict == "met") colour = Colour::kGreen;
  if (target.verdict == "not met") colour = Colour::kRed;
  std::string text =
      fmt::format("  target: yours at least {:g} x baseline: {}",
                  target.at_least, terminal.Paint(colour, target.verdict));
  if (target.ratio > 0) text += fmt::format(" ({:.2f})", target.ratio);
  return text + "\n";
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

Json OrNull(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

Json RowJson(const BenchRow& row) {
  return {{"role", row.role},
          {"implementation", row.implementation},
          {"status", row.status},
          {"message", row.message},
          {"ns_per_op", row.ns_per_op > 0 ? Json(row.ns_per_op) : Json()},
          {"ratio_to_baseline", row.ratio > 0 ? Json(row.ratio) : Json()},
          {"bytes_per_op", OrNull(row.bytes_per_op)},
          {"allocs_per_op", OrNull(row.allocs_per_op)},
          {"peak_bytes", OrNull(row.peak_bytes)}};
}

}  // namespace

BenchRun ParseBench(std::string_view json) {
  BenchRun run;
  const Json document = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object() || !document.contains("benchmarks")) {
    run.error = "the benchmark left no JSON that can be read";
    return run;
  }
  std::map<std::string, std::vector<double>> times;
  for (const Json& entry : document["benchmarks"]) {
    if (!entry.is_object()) continue;
    if (const auto name = SplitName(Text(entry, "name"))) {
      AddEntry(entry, *name, run, times);
    }
  }
  for (BenchCase& bench_case : run.cases) {
    for (BenchRow& row : bench_case.rows) {
      row.ns_per_op = Median(times[fmt::format("{}/{}:{}", bench_case.name,
                                               row.role, row.implementation)]);
    }
    SetRatios(bench_case);
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

std::vector<TargetVerdict> JudgeTargets(const Exercise& exercise,
                                        const std::vector<BenchCase>& cases) {
  std::vector<TargetVerdict> verdicts;
  for (const RatioTarget& target : exercise.targets) {
    TargetVerdict verdict{.case_name = target.case_name,
                          .at_least = target.at_least,
                          .verdict = "not measured"};
    for (const BenchCase& bench_case : cases) {
      if (bench_case.name != target.case_name) continue;
      const BenchRow* yours = FindRole(bench_case, "yours");
      if (yours == nullptr) continue;
      if (yours->status == "not_written") verdict.verdict = "not written yet";
      if (yours->ratio <= 0) continue;
      verdict.ratio = yours->ratio;
      verdict.verdict = yours->ratio >= target.at_least ? "met" : "not met";
    }
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

std::string ShowBench(const std::vector<BenchCase>& cases,
                      const std::vector<TargetVerdict>& targets,
                      const Terminal& terminal) {
  size_t width = 0;
  for (const BenchCase& bench_case : cases) {
    for (const BenchRow& row : bench_case.rows) {
      width = std::max(width, row.implementation.size());
    }
  }
  std::string text;
  for (const BenchCase& bench_case : cases) {
    // The width of "  baseline   implementation".
    text += terminal.Paint(Colour::kBold,
                           fmt::format("{:<{}}", bench_case.name, width + 13));
    text += fmt::format(" {:>10} {:>10} {:>10} {:>10} {:>12}\n", "ns/op",
                        "x baseline", "B/op", "allocs/op", "peak B");
    for (const BenchRow& row : bench_case.rows) {
      text += ShowRow(row, width, terminal);
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
      text += fmt::format("{}: the target's case was not measured\n",
                          target.case_name);
    }
  }
  return text + ShowGaps(cases);
}

std::string BenchJson(const std::string& exercise,
                      const std::vector<BenchCase>& cases,
                      const std::vector<TargetVerdict>& targets) {
  Json case_list = Json::array();
  for (const BenchCase& bench_case : cases) {
    Json rows = Json::array();
    for (const BenchRow& row : bench_case.rows) rows.push_back(RowJson(row));
    case_list.push_back({{"case", bench_case.name}, {"rows", rows}});
  }
  Json target_list = Json::array();
  for (const TargetVerdict& target : targets) {
    target_list.push_back({{"case", target.case_name},
                           {"at_least", target.at_least},
                           {"verdict", target.verdict},
                           {"ratio", target.ratio}});
  }
  const Json json = {
      {"exercise", exercise}, {"cases", case_list}, {"targets", target_list}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

bool HasErrors(const std::vector<BenchCase>& cases) {
  return std::any_of(cases.begin(), cases.end(), [](const BenchCase& each) {
    return std::any_of(
        each.rows.begin(), each.rows.end(),
        [](const BenchRow& row) { return row.status == "error"; });
  });
}

}  // namespace workbook::cli
