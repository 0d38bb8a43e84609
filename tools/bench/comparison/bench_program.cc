// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/bench_program.h"

#include <system_error>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Json = nlohmann::json;

std::string LastLine(const std::string& text) {
  const auto lines = SplitLines(TrimSpace(text));
  return lines.empty() ? std::string() : std::string(lines.back());
}

// The case whose table was printed last: the one after it went wrong.
std::string LastCase(const std::string& output) {
  std::string last;
  for (const std::string_view line : SplitLines(output)) {
    const bool is_title = !line.empty() && line.front() != ' ' &&
                          line.find('/') != std::string_view::npos &&
                          line.find(' ') == std::string_view::npos;
    if (is_title) last = line;
  }
  return last.empty() ? std::string() : " after the case " + last;
}

void Set(BenchProgramRun& run, BenchFault fault, std::string message) {
  run.fault = fault;
  run.message = std::move(message);
}

void JudgeEnd(const BenchProgram& program, const ProcessResult& result,
              BenchProgramRun& run) {
  const std::string words = LastLine(result.errors);
  if (!result.Started()) {
    Set(run, BenchFault::kNotStarted,
        "the benchmark did not start: " + result.start_error);
  } else if (result.timed_out) {
    Set(run, BenchFault::kEndless,
        fmt::format("the benchmark did not end within {} s and was "
                    "stopped{}",
                    program.timeout.count() / 1000, LastCase(result.output)));
  } else if (words.find("no row has such a name") != std::string::npos) {
    Set(run, BenchFault::kNoSuchRow, "no row of the benchmark matches");
  } else if (words.find("not a regular expression") != std::string::npos) {
    Set(run, BenchFault::kNoSuchRow, words);
  } else if (words.find("No space left on device") != std::string::npos) {
    Set(run, BenchFault::kDiskFull,
        "the disk is full: the benchmark could not write its figures");
  } else if (result.signal != 0 || result.exit_code > 1) {
    Set(run, BenchFault::kCrashed,
        fmt::format("the benchmark crashed{} ({}){}{}", LastCase(result.output),
                    DescribeEnd(result), words.empty() ? "" : ": ", words));
  }
}

void JudgeFigures(const BenchProgram& program, BenchProgramRun& run) {
  const Json document = Json::parse(run.json, nullptr, false);
  const bool has_rows =
      document.is_object() && document.contains("benchmarks") &&
      document["benchmarks"].is_array() && !document["benchmarks"].empty();
  if (!has_rows) {
    Set(run, BenchFault::kSilent,
        "the benchmark ended and left no figures that can be read");
    return;
  }
  const Json context = document.value("context", Json::object());
  const std::string build = context.value("workbook_build", "");
  if (program.needs_optimisation && build != "optimized") {
    Set(run, BenchFault::kUnoptimised,
        fmt::format("the benchmark was built without optimisation ({}): its "
                    "times would say nothing",
                    build.empty() ? "it does not say how" : build));
  }
}

}  // namespace

BenchProgramRun RunBenchProgram(const BenchProgram& program) {
  BenchProgramRun run;
  std::error_code ignored;
  std::filesystem::remove(program.figures_file, ignored);
  std::vector<std::string> arguments = {program.program.string()};
  arguments.insert(arguments.end(), program.arguments.begin(),
                   program.arguments.end());
  arguments.push_back("--benchmark_out=" + program.figures_file.string());
  ProcessOptions options;
  options.working_directory = program.working_directory.string();
  if (program.timeout.count() > 0) options.timeout = program.timeout;
  const ProcessResult result = RunProcess(arguments, options);
  run.output = result.output;
  run.json = ReadTextFile(program.figures_file).value_or("");
  std::filesystem::remove(program.figures_file, ignored);
  JudgeEnd(program, result, run);
  if (run.fault == BenchFault::kNone) JudgeFigures(program, run);
  return run;
}

}  // namespace workbook
