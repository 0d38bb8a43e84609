// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/program_round.h"

#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "fmt/format.h"
#include "tools/process/coprocess.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kRow[] = "row ";
constexpr char kTime[] = "time ";
constexpr char kError[] = "error ";

// Of a clock that never goes back.
double SteadySeconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string After(const std::string& line, const char* word) {
  return line.substr(std::char_traits<char>::length(word));
}

// Reads on until the answer: what a row prints by itself is in between.
std::optional<double> AskForTime(Coprocess& process, const std::string& row,
                                 std::chrono::milliseconds patience) {
  if (!process.WriteLine(row)) return std::nullopt;
  while (const auto line = process.ReadLine(patience)) {
    if (line->starts_with(kError)) return std::nullopt;
    if (!line->starts_with(kTime)) continue;
    return std::strtod(After(*line, kTime).c_str(), nullptr);
  }
  return std::nullopt;
}

std::vector<std::string> ReadRows(Coprocess& process,
                                  std::chrono::milliseconds patience) {
  std::vector<std::string> rows;
  while (const auto line = process.ReadLine(patience)) {
    if (*line == "ready") break;
    if (line->starts_with(kRow)) rows.push_back(After(*line, kRow));
  }
  return rows;
}

SlicedProgram Start(const fs::path& program, const std::string& roles,
                    const ComparedPrograms& programs) {
  std::vector<std::string> arguments = {
      program.string(), "--pass=slices",
      "--benchmark_filter=" + RowFilter(programs.filter, roles)};
  arguments.insert(arguments.end(), programs.arguments.begin(),
                   programs.arguments.end());
  const auto process = std::make_shared<Coprocess>(
      arguments, programs.working_directory.string());
  SlicedProgram sliced;
  sliced.rows = RowsByCase(ReadRows(*process, programs.patience));
  sliced.time = [process,
                 patience = programs.patience](const std::string& row) {
    return AskForTime(*process, row, patience);
  };
  sliced.error = [process] { return process->error(); };
  return sliced;
}

bool HasTwoPrograms(const ComparedPrograms& programs) {
  return !programs.reference.empty() && !programs.yours.empty();
}

}  // namespace

std::string RowFilter(const std::string& filter, const std::string& roles) {
  return fmt::format("{}/({}):", filter.empty() ? "" : "(" + filter + ").*",
                     roles);
}

RoundTimes RunProgramRound(const ComparedPrograms& programs,
                           const std::set<std::string>& settled,
                           std::uint64_t seed) {
  const fs::path& control =
      programs.reference.empty() ? programs.yours : programs.reference;
  const std::string subject =
      programs.reference.empty() ? "yours" : "reference";
  std::vector<SlicedProgram> started;
  started.push_back(Start(control, "baseline|peer|" + subject, programs));
  started.push_back(Start(control, subject, programs));
  if (HasTwoPrograms(programs)) {
    started.push_back(Start(programs.yours, "yours", programs));
  }
  for (const SlicedProgram& program : started) {
    const std::string error = program.error();
    if (!error.empty()) return {{}, "a benchmark did not start: " + error};
  }
  return RunSliceRound(started, settled, {.now_seconds = SteadySeconds}, seed);
}

Schedule ComparePrograms(
    const ComparedPrograms& programs,
    const std::function<bool(const std::string&, const CasePairs&)>& settled,
    std::uint64_t seed) {
  ScheduleOptions options;
  options.has_yours = HasTwoPrograms(programs);
  options.seed = seed;
  options.most_seconds = programs.most_seconds;
  ScheduleHooks hooks;
  hooks.now_seconds = SteadySeconds;
  hooks.run_round = [&](const std::set<std::string>& settled_cases,
                        std::uint64_t round_seed) {
    return RunProgramRound(programs, settled_cases, round_seed);
  };
  hooks.settled = settled;
  return RunSchedule(options, hooks);
}

}  // namespace workbook
