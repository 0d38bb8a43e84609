// SPDX-License-Identifier: Apache-2.0

// One run of one benchmark program, and every way in which it can go wrong.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_BENCH_PROGRAM_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_BENCH_PROGRAM_H_

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace workbook {

enum class BenchFault {
  kNone,
  kNotStarted,
  kCrashed,      // a signal, or an exit code that is not its own
  kEndless,      // stopped at its time limit
  kSilent,       // ended well and left no figures
  kNoSuchRow,    // the filter matches nothing
  kUnoptimised,  // built without -O, or with a sanitizer: times say nothing
  kDiskFull,     // its file of figures could not be written
};

struct BenchProgramRun {
  BenchFault fault = BenchFault::kNone;
  std::string message;  // to a fault: one sentence
  std::string json;     // what it wrote: schema of tools/bench/README.md
  std::string output;   // its stdout
};

struct BenchProgram {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path working_directory;
  // Where it writes its figures; removed afterwards.
  std::filesystem::path figures_file;
  std::chrono::milliseconds timeout{0};
  bool needs_optimisation = true;  // times do, counts do not
};

// Runs it to its end or its time limit.
BenchProgramRun RunBenchProgram(const BenchProgram& program);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_BENCH_PROGRAM_H_
