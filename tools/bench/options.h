// SPDX-License-Identifier: Apache-2.0

// The command line of a benchmark binary: its own flags and Google Benchmark's.
#ifndef WORKBOOK_TOOLS_BENCH_OPTIONS_H_
#define WORKBOOK_TOOLS_BENCH_OPTIONS_H_

#include <string>
#include <vector>

#include "tools/bench/runner.h"

namespace workbook {

struct Options {
  RunOptions run;
  bool list_rows = false;
  bool serve_slices = false;   // slices.h, over stdin and stdout
  bool repeat_orders = false;  // orders.h
  bool help = false;
  std::string json_file;  // empty: none
  int repetitions = 0;
  // For benchmark::Initialize: the program, our defaults, then what was given.
  std::vector<std::string> benchmark_arguments;
};

// Throws std::invalid_argument, with what to write instead, for a value that is
// not understood.
Options ParseOptions(const std::vector<std::string>& arguments);

extern const char kUsage[];

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_OPTIONS_H_
