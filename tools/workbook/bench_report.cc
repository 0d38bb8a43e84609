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

// Any will do: figures from the same pairs are to be the same.
constexpr std::uint64_t kSeed = 20260101;

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
  const Interval interval = MedianInterval(log_ratios, kSeed);
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
  if (target.verdict == VerdictName(Verdict::kTooNoisy)) {
    text += "\n          " + target.reason;
  }
  return text + "\n";
}

std::string ShowReferenceVerdict(const Judgement& judged,
                                 const Terminal& terminal) {
  Colour colour = Colour::kYellow;
  if (judged.verdict == Verdict::kMet) colour = Colour::kGreen;
  if (judged.verdict == Verdict::kNotMet) colour = Colour::kRed;
  return fmt::format(
      "  reference: at most {:g} x its time: {}\n"
      "             {}\n",
      kReferenceLimit, terminal.Paint(colour, VerdictName(judged.verdict)),
      judged.reason);
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
          {"ratio_low", row.ratio_low > 0 ? Json(row.ratio_low) : Json()},
          {"ratio_high", row.ratio_high > 0 ? Json(row.ratio_high) : Json()},
          {"bytes_per_op", OrNull(row.bytes_per_op)},
          {"allocs_per_op", OrNull(row.allocs_per_op)},
          {"peak_bytes", OrNull(row.peak_bytes)}};
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

// Logs of times to the baseline's, as "times as fast" with its interval.
void SetFromPairs(const std::vector<double>& log_times, BenchRow& row) {
  if (log_times.empty()) return;
  const Interval interval = MedianInterval(log_times, kSeed);
  row.ratio = std::exp(-interval.middle);
  row.ratio_low = std::exp(-interval.high);
  row.ratio_high = std::exp(-interval.low);
}

}  // namespace

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

void ApplyPairs(const Schedule& schedule, std::vector<BenchCase>& cases,
                std::vector<TargetVerdict>& targets) {
  for (BenchCase& bench_case : cases) {
    const auto found = schedule.cases.find(bench_case.name);
    if (found == schedule.cases.end()) continue;
    const CasePairs& pairs = found->second;
    for (BenchRow& row : bench_case.rows) {
      if (row.role == "yours") SetFromPairs(pairs.yours_to_baseline, row);
      if (row.role == "reference") {
        SetFromPairs(pairs.control_to_baseline, row);
      }
    }
    if (!pairs.yours_to_control.empty()) {
      bench_case.to_reference =
          JudgeRatio(pairs.yours_to_control, pairs.control_to_itself,
                     kReferenceLimit, kSeed);
    }
    for (TargetVerdict& target : targets) {
      if (target.case_name != bench_case.name || target.ratio <= 0) continue;
      const Judgement judged =
          JudgeRatio(pairs.yours_to_baseline, pairs.control_to_itself,
                     1 / target.at_least, kSeed);
      target.verdict = VerdictName(judged.verdict);
      target.reason = judged.reason;
      if (judged.ratio > 0) target.ratio = 1 / judged.ratio;
    }
  }
}

bool PairsAreSettled(const Exercise& exercise, const std::string& case_name,
                     const CasePairs& pairs) {
  if (!pairs.yours_to_control.empty() &&
      !IsSettled(pairs.yours_to_control, pairs.control_to_itself,
                 kReferenceLimit, kSeed)) {
    return false;
  }
  return std::all_of(exercise.targets.begin(), exercise.targets.end(),
                     [&](const RatioTarget& target) {
                       return target.case_name != case_name ||
                              pairs.yours_to_baseline.empty() ||
                              IsSettled(pairs.yours_to_baseline,
                                        pairs.control_to_itself,
                                        1 / target.at_least, kSeed);
                     });
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
    if (bench_case.to_reference) {
      text += ShowReferenceVerdict(*bench_case.to_reference, terminal);
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
    case_list.push_back(
        {{"case", bench_case.name},
         {"rows", rows},
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

bool HasErrors(const std::vector<BenchCase>& cases) {
  return std::any_of(cases.begin(), cases.end(), [](const BenchCase& each) {
    return std::any_of(
        each.rows.begin(), each.rows.end(),
        [](const BenchRow& row) { return row.status == "error"; });
  });
}

}  // namespace workbook::cli
