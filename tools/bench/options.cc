// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/options.h"

#include <cstdlib>
#include <optional>
#include <stdexcept>

namespace workbook {

const char kUsage[] =
    R"(Times the rows of an exercise's benchmark and counts their allocations.

  --pass=all          count, then time (the default)
  --pass=counts       exact counts only
  --pass=times        times only
  --pass=slices            times rows whose names come on stdin (slices.h), as
                           ./workbook bench does
  --pass=exact             for callgrind: fixed iterations, a dump for each row
  --pass=smoke        every row for a handful of iterations: does it still run?
  --order=fresh       another order of the inputs for each iteration (the
                      default); --order=repeated: the same order each time,
                      which a branch predictor learns
  --benchmark_filter=REGEX         rows whose name has it; -REGEX: has it not
  --benchmark_list_tests           the names of the rows
  --benchmark_repetitions=N        9 unless told
  --benchmark_min_time=SECONDS     of each repetition, 0.05 unless told
  --benchmark_out=FILE             Google Benchmark's JSON (tools/bench/README.md)
Other flags of Google Benchmark work as well.

Exit code: 0, also where a row is not written yet or a peer is not installed;
1 when a row failed; 2 for a wrong command line.
)";

namespace {

constexpr int kRepetitions = 9;

// 50 ms are a million operations of 50 ns; interleaved repetitions say more
// about noise than a longer one.
constexpr char kMinTime[] = "--benchmark_min_time=0.05";

std::optional<std::string> ValueOf(const std::string& argument,
                                   const std::string& flag) {
  if (argument == flag) return "true";
  if (argument.rfind(flag + "=", 0) != 0) return std::nullopt;
  return argument.substr(flag.size() + 1);
}

// Long enough to hide the clock and the first touch of the caches, short enough
// for the same phase of a busy machine to hold the slices of both programs.
constexpr char kSliceMinTime[] = "--benchmark_min_time=0.002";

void SetPass(const std::string& pass, Options& options) {
  RunOptions& run = options.run;
  if (pass == "all") {
    run = RunOptions{};
  } else if (pass == "counts") {
    run.time = false;
  } else if (pass == "times") {
    run.count = false;
  } else if (pass == "slices") {
    options.serve_slices = true;
    options.benchmark_arguments.emplace_back(kSliceMinTime);
  } else if (pass == "exact") {
    run.count = false;
    run.time = false;
    run.exact = true;
  } else if (pass == "smoke") {
    run.time = false;
    run.uncounted_iterations = 2;
    run.counted_iterations = 4;
  } else {
    throw std::invalid_argument(
        "--pass is all, counts, times, slices, exact or smoke, not " + pass);
  }
}

void SetOrder(const std::string& order, Options& options) {
  if (order != "fresh" && order != "repeated") {
    throw std::invalid_argument("--order is fresh or repeated, not " + order);
  }
  options.repeat_orders = order == "repeated";
}

bool IsTrue(const std::string& value) {
  return value != "false" && value != "0";
}

// Returns whether the argument was one of ours.
bool TakeOwn(const std::string& argument, Options& options) {
  if (const auto pass = ValueOf(argument, "--pass")) {
    SetPass(*pass, options);
  } else if (const auto order = ValueOf(argument, "--order")) {
    SetOrder(*order, options);
  } else if (const auto list = ValueOf(argument, "--benchmark_list_tests")) {
    options.list_rows = IsTrue(*list);
  } else if (argument == "--help" || argument == "-h") {
    options.help = true;
  } else if (const auto file = ValueOf(argument, "--benchmark_out")) {
    options.json_file = *file;
  } else if (const auto out = ValueOf(argument, "--benchmark_out_format")) {
    if (*out != "json") {
      throw std::invalid_argument("--benchmark_out_format can only be json");
    }
  } else if (ValueOf(argument, "--benchmark_format")) {
    throw std::invalid_argument(
        "--benchmark_format is not used: --benchmark_out=FILE writes JSON");
  } else {
    return false;
  }
  return true;
}

}  // namespace

Options ParseOptions(const std::vector<std::string>& arguments) {
  Options options;
  options.repetitions = kRepetitions;
  options.benchmark_arguments = {
      arguments.empty() ? "bench" : arguments[0],
      "--benchmark_repetitions=" + std::to_string(kRepetitions),
      "--benchmark_enable_random_interleaving=true",
      kMinTime,
      // Whatever BENCHMARK_OUT is in the environment: we write the file.
      "--benchmark_out=",
  };
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (TakeOwn(arguments[i], options)) continue;
    if (const auto text = ValueOf(arguments[i], "--benchmark_repetitions")) {
      options.repetitions = std::atoi(text->c_str());
      if (options.repetitions < 1) {
        throw std::invalid_argument(
            "--benchmark_repetitions is a number from 1 on");
      }
    }
    options.benchmark_arguments.push_back(arguments[i]);
  }
  if (!options.run.time) options.repetitions = 0;
  return options;
}

}  // namespace workbook
