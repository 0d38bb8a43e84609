// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/exact.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// A fixed machine, so that figures from two computers can be compared: 32 KiB
// of data and of instructions, 8 MiB of last level, lines of 64 bytes.
constexpr const char* kFirstLevelData = "--D1=32768,8,64";
constexpr const char* kFirstLevelInstructions = "--I1=32768,8,64";
constexpr const char* kLastLevel = "--LL=8388608,16,64";

constexpr std::chrono::minutes kLongestRun{20};

std::string_view After(std::string_view line, std::string_view start) {
  return line.substr(0, start.size()) == start ? line.substr(start.size())
                                               : std::string_view();
}

std::map<std::string, double> NamedCounts(const std::string& names,
                                          const std::string& totals) {
  std::map<std::string, double> counts;
  std::istringstream name_stream(names), total_stream(totals);
  std::string name;
  double total = 0;
  while (name_stream >> name) {
    // callgrind leaves zeros at the end of a line out.
    counts[name] = total_stream >> total ? total : 0;
  }
  return counts;
}

// Setting up misses the cache a little more or less from run to run, so that
// operations that miss nothing could have less than no misses.
double Misses(double few, double many, double operations) {
  return std::max(0.0, many - few) / operations;
}

CallgrindCounts Difference(const CallgrindCounts& few,
                           const CallgrindCounts& many, double operations) {
  return {(many.instructions - few.instructions) / operations,
          Misses(few.first_level_misses, many.first_level_misses, operations),
          Misses(few.last_level_misses, many.last_level_misses, operations)};
}

Problem NoValgrind() {
  return {.what = "--exact needs valgrind, which is not installed",
          .where = "valgrind is not on PATH",
          .next = "apt-get install valgrind (./workbook setup --peers does)."};
}

Problem RunProblem(const ProcessResult& result, const fs::path& program) {
  const auto lines = SplitLines(TrimSpace(result.errors));
  return {
      .what = fmt::format("the benchmark under callgrind did not end well "
                          "({}){}{}",
                          DescribeEnd(result), lines.empty() ? "" : ": ",
                          lines.empty() ? std::string_view() : lines.back()),
      .where = program.string(),
      .next = "./workbook check first: a red test tells more.",
      .exit_code = kExitRed};
}

struct OneRun {
  std::vector<ExactRow> rows;
  std::string compiler;
  std::optional<Problem> problem;
};

// What the program itself wrote down.
struct OwnFigures {
  std::map<std::string, double> operations;  // by row
  std::string compiler;
};

OwnFigures ReadOwnFigures(const fs::path& figures_file) {
  OwnFigures figures;
  const Json document =
      Json::parse(ReadTextFile(figures_file).value_or(""), nullptr, false);
  if (!document.is_object() || !document.contains("benchmarks")) return {};
  for (const Json& entry : document["benchmarks"]) {
    const double count = entry.value("exact_operations", 0.0);
    if (count > 0) figures.operations[entry.value("name", "")] = count;
  }
  figures.compiler =
      document.value("context", Json::object()).value("workbook_compiler", "");
  return figures;
}

ProcessResult RunCallgrind(const fs::path& program, const std::string& filter,
                           const fs::path& root, const fs::path& folder) {
  ProcessOptions options;
  options.working_directory = root.string();
  options.timeout = kLongestRun;
  // Else the program would start itself again, and that one's parent would be
  // all that callgrind sees.
  options.environment = {
      {"GLIBC_TUNABLES", "glibc.rtld.optional_static_tls=65536"}};
  return RunProcess(
      {"valgrind", "--tool=callgrind", "--cache-sim=yes",
       kFirstLevelInstructions, kFirstLevelData, kLastLevel,
       "--callgrind-out-file=" + (folder / "callgrind").string(),
       program.string(), "--pass=exact", "--benchmark_filter=" + filter,
       "--benchmark_out=" + (folder / "figures.json").string()},
      options);
}

// REQUIRES: `folder` is ours alone.
OneRun RunOnce(const fs::path& program, const std::string& filter,
               const fs::path& root, const fs::path& folder) {
  OneRun run;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  fs::create_directories(folder, ignored);
  const ProcessResult result = RunCallgrind(program, filter, root, folder);
  const OwnFigures figures = ReadOwnFigures(folder / "figures.json");
  run.compiler = figures.compiler;
  std::vector<CallgrindDump> dumps;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto text = ReadTextFile(entry.path());
    if (auto dump = text ? ParseCallgrindDump(*text) : std::nullopt) {
      dumps.push_back(std::move(*dump));
    }
  }
  fs::remove_all(folder, ignored);
  // 1: a row failed, which its line in the other tables tells.
  if (!result.ExitedWith(0) && !result.ExitedWith(1)) {
    run.problem = RunProblem(result, program);
  } else {
    run.rows = ExactRows(std::move(dumps), figures.operations);
  }
  return run;
}

}  // namespace

std::optional<CallgrindDump> ParseCallgrindDump(std::string_view text) {
  CallgrindDump dump;
  std::string events, totals;
  for (const std::string_view line : SplitLines(text)) {
    if (const auto part = After(line, "part: "); !part.empty()) {
      dump.part = std::atoi(std::string(part).c_str());
    } else if (const auto name = After(line, "desc: Trigger: Client Request: ");
               !name.empty()) {
      dump.trigger = name;
    } else if (const auto list = After(line, "events: "); !list.empty()) {
      events = list;
    } else if (const auto sums = After(line, "summary: "); !sums.empty()) {
      // Not "totals": that counts calls which were open at the last dump again,
      // 0.3 % of a short run.
      totals = sums;
    }
  }
  if (events.empty() || totals.empty()) return std::nullopt;
  auto counts = NamedCounts(events, totals);
  dump.counts = {counts["Ir"], counts["D1mr"] + counts["D1mw"],
                 counts["DLmr"] + counts["DLmw"]};
  return dump;
}

std::vector<ExactRow> ExactRows(
    std::vector<CallgrindDump> dumps,
    const std::map<std::string, double>& operations) {
  std::sort(dumps.begin(), dumps.end(),
            [](const auto& a, const auto& b) { return a.part < b.part; });
  std::vector<ExactRow> rows;
  std::map<std::string, CallgrindCounts> few;
  for (const CallgrindDump& dump : dumps) {
    if (dump.trigger.empty()) continue;
    const auto before = few.find(dump.trigger);
    if (before == few.end()) {
      few[dump.trigger] = dump.counts;
      continue;
    }
    const auto count = operations.find(dump.trigger);
    if (count == operations.end()) continue;
    rows.push_back({.name = dump.trigger,
                    .per_operation = Difference(before->second, dump.counts,
                                                count->second)});
  }
  return rows;
}

std::vector<ExactRow> CompareExactRuns(std::vector<ExactRow> first,
                                       const std::vector<ExactRow>& second) {
  for (ExactRow& row : first) {
    const auto again =
        std::find_if(second.begin(), second.end(),
                     [&row](const ExactRow& r) { return r.name == row.name; });
    if (again == second.end()) {
      row.not_deterministic = "a second run did not come so far";
      continue;
    }
    const CallgrindCounts& a = row.per_operation;
    const CallgrindCounts& b = again->per_operation;
    if (a.instructions != b.instructions) {
      row.not_deterministic = fmt::format(
          "two runs differ: {:.2f} and {:.2f} instructions (threads, hashes of "
          "addresses, or the clock)",
          a.instructions, b.instructions);
    } else if (!(a == b)) {
      row.not_deterministic = fmt::format(
          "two runs differ in misses: {:.3f} and {:.3f} (addresses)",
          a.first_level_misses, b.first_level_misses);
    }
  }
  return first;
}

ExactOutcome MeasureExactly(const fs::path& program, const std::string& filter,
                            const fs::path& root,
                            const fs::path& scratch_folder) {
  ExactOutcome outcome;
  if (!IsInstalled("valgrind")) {
    outcome.problem = NoValgrind();
    return outcome;
  }
  OneRun first = RunOnce(program, filter, root, scratch_folder);
  if (!first.problem && first.rows.empty()) {
    first.problem = Problem{
        .what =
            "callgrind counted no row: none is written, or the benchmark "
            "was built before valgrind was installed",
        .where = program.string(),
        .next = "With valgrind newly installed: bazel shutdown, then again."};
  }
  outcome.problem = first.problem;
  if (outcome.problem) return outcome;
  const OneRun second = RunOnce(program, filter, root, scratch_folder);
  outcome.problem = second.problem;
  outcome.compiler = first.compiler;
  outcome.rows = CompareExactRuns(std::move(first.rows), second.rows);
  return outcome;
}

std::string ShowExact(const std::vector<ExactRow>& rows,
                      const Terminal& terminal) {
  std::size_t width = 0;
  for (const ExactRow& row : rows) width = std::max(width, row.name.size());
  std::string text = terminal.Paint(
      Colour::kBold,
      fmt::format("{:<{}} {:>16} {:>14} {:>14}\n", "callgrind, an operation",
                  width, "instructions", "D1 misses", "LL misses"));
  for (const ExactRow& row : rows) {
    const CallgrindCounts& counts = row.per_operation;
    text += fmt::format("{:<{}} {:>16.2f} {:>14.3f} {:>14.3f}\n", row.name,
                        width, counts.instructions, counts.first_level_misses,
                        counts.last_level_misses);
    if (!row.not_deterministic.empty()) {
      text += "  not exact: " + row.not_deterministic + "\n";
    }
  }
  return text +
         "Simulated caches: D1 32 KiB, LL 8 MiB, lines of 64 bytes. Not seen: "
         "prefetching, the TLB,\nbranch misses, false sharing.\n";
}

std::string ExactJson(const std::string& exercise,
                      const std::vector<ExactRow>& rows) {
  Json list = Json::array();
  for (const ExactRow& row : rows) {
    list.push_back(
        {{"name", row.name},
         {"instructions_per_op", row.per_operation.instructions},
         {"first_level_misses_per_op", row.per_operation.first_level_misses},
         {"last_level_misses_per_op", row.per_operation.last_level_misses},
         {"not_deterministic", row.not_deterministic}});
  }
  const Json json = {{"exercise", exercise}, {"exact", list}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace workbook::cli
