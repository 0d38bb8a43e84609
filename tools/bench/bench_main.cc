// SPDX-License-Identifier: Apache-2.0

// main of every exercise's benchmark.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "tools/bench/json_report.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/options.h"
#include "tools/bench/orders.h"
#include "tools/bench/runner.h"
#include "tools/bench/slices.h"
#include "tools/bench/table.h"
#include "tools/probe/overhead.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr char kTunables[] = "GLIBC_TUNABLES";
constexpr char kStaticTls[] = "glibc.rtld.optional_static_tls=65536";

// jemalloc wants more static thread-local memory than a library that is opened
// late may have, and the C library reads how much there is before main. So the
// program starts again, once. Where that is impossible the row is a gap.
void StartAgainForPeers(char** argv) {
  if (!PeersNeedMoreStaticTls()) return;
  const char* const given = std::getenv(kTunables);
  std::string tunables = given != nullptr ? given : "";
  if (tunables.find("optional_static_tls") != std::string::npos) return;
  if (!tunables.empty()) tunables += ":";
  setenv(kTunables, (tunables + kStaticTls).c_str(), 1);
  execv("/proc/self/exe", argv);
}

// A process that never had a second thread locks more cheaply: glibc leaves out
// the locked instructions of malloc and of its mutexes, by a factor of 2 to 3.5
// in rows that call little else. Programs with threads are what rows stand for,
// and no row may depend on which rows ran before it. So the process has had a
// thread before the first row. Source: glibc 2.36, SINGLE_THREAD_P in malloc.c.
void MakeOneThread() {
  std::thread([] {}).join();
}

RunConditions Conditions(const Options& options) {
  RunConditions conditions;
  conditions.cpus = static_cast<int>(std::thread::hardware_concurrency());
#ifdef __clang__
  conditions.compiler = fmt::format("clang {}.{}.{}", __clang_major__,
                                    __clang_minor__, __clang_patchlevel__);
#else
  conditions.compiler = "gcc " __VERSION__;
#endif
#if defined(NDEBUG) && defined(__OPTIMIZE__)
  conditions.optimized = true;
#else
  conditions.optimized = false;
#endif
  conditions.sanitized = ProbeUsesSanitizerHooks();
  conditions.repetitions = options.repetitions;
  // For the head of a whole table; a pass of times alone may be under a
  // profiler.
  if (options.run.time && options.run.count && !conditions.sanitized) {
    const ProbeOverhead overhead = MeasureProbeOverhead();
    conditions.probe_ns = overhead.closed_ns - overhead.direct_ns;
  }
  return conditions;
}

void Initialize(std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  int argc = static_cast<int>(argv.size());
  argv.push_back(nullptr);
  benchmark::Initialize(&argc, argv.data());
  if (argc > 1) {
    throw std::invalid_argument(std::string("unknown argument: ") + argv[1] +
                                " (--help lists them)");
  }
}

// A full disk is noticed here, not by whoever reads half a file.
void SaveJson(const std::vector<RowResult>& results,
              const RunConditions& conditions, const std::string& file,
              std::ofstream& json) {
  errno = 0;
  WriteJson(results, conditions, json);
  json.close();
  if (!json) {
    throw std::runtime_error("cannot write to " + file + ": " +
                             std::generic_category().message(errno));
  }
}

// Each case is printed as soon as it is known: a row that crashes takes only
// itself and what comes after it away.
int RunCases(const std::vector<std::vector<RowInstance>>& cases,
             const Options& options) {
  std::ofstream json;
  if (!options.json_file.empty()) {
    json.open(options.json_file);
    if (!json) {
      throw std::invalid_argument("cannot write to " + options.json_file);
    }
  }
  const RunConditions conditions = Conditions(options);
  fmt::print("{}", FormatHeader(conditions));
  bool failed = false;
  std::vector<RowResult> all;
  for (const std::vector<RowInstance>& instances : cases) {
    std::fflush(stdout);
    for (RowResult& result : RunCase(instances, options.run)) {
      failed = failed || result.status == RowStatus::kError;
      all.push_back(std::move(result));
    }
    fmt::print(
        "{}",
        FormatCase({all.end() - static_cast<std::ptrdiff_t>(instances.size()),
                    all.end()}));
  }
  std::fflush(stdout);
  if (json.is_open()) SaveJson(all, conditions, options.json_file, json);
  return failed ? 1 : 0;
}

int Main(const std::vector<std::string>& arguments) {
  Options options = ParseOptions(arguments);
  if (options.help) {
    fmt::print("{}", kUsage);
    return 0;
  }
  Initialize(options.benchmark_arguments);
  RepeatAllOrders(options.repeat_orders);
  const auto cases = SelectCases(AllRows(), benchmark::GetBenchmarkFilter());
  if (cases.empty()) throw std::invalid_argument("no row has such a name");
  if (options.serve_slices) {
    ServeSlices(cases, std::cin, std::cout);
    return 0;
  }
  if (!options.list_rows) return RunCases(cases, options);
  for (const auto& instances : cases) {
    for (const auto& instance : instances) fmt::print("{}\n", instance.name);
  }
  return 0;
}

}  // namespace
}  // namespace workbook

int main(int argc, char** argv) {
  workbook::StartAgainForPeers(argv);
  try {
    workbook::MakeOneThread();
    return workbook::Main({argv, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: {}\n", argc > 0 ? argv[0] : "bench", error.what());
    return 2;
  }
}
