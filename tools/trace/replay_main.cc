// SPDX-License-Identifier: Apache-2.0

// Packs, replays and makes traces of what programs ask of malloc:
//   trace pack RAW OUT.gz     turns a recorder's file into a packed trace
//   trace replay TRACE.gz [N] runs it N times on the process's malloc (preload
//                             another to measure it) and prints one JSON object
//   trace sizes TRACE.gz      prints how often each size is asked for, as CSV
//   trace requests TRACE.gz N prints the requests for N bytes or more, and when
//                             each of these buffers comes back, as CSV
//   trace churn [SECONDS]     two threads that replace each other's blocks; RSS
//                             twelve times, 60 seconds unless told
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "tools/trace/churn.h"
#include "tools/trace/replay.h"
#include "tools/trace/request_list.h"
#include "tools/trace/size_table.h"
#include "tools/trace/trace.h"

namespace {

using namespace workbook;

int Pack(const std::string& raw_path, const std::string& path) {
  std::ifstream file(raw_path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "%s: can't be opened. Does it exist?\n",
                 raw_path.c_str());
    return 1;
  }
  std::vector<RawEvent> raw;
  RawEvent event;
  while (file.read(reinterpret_cast<char*>(&event), sizeof(event))) {
    raw.push_back(event);
  }
  if (file.gcount() != 0) {
    std::fprintf(stderr, "%s: ends within an event. Record it again.\n",
                 raw_path.c_str());
    return 1;
  }
  const auto problem = WriteTrace(FromRaw(raw), path);
  if (problem) std::fprintf(stderr, "%s\n", problem->c_str());
  return problem ? 1 : 0;
}

int RunReplay(const std::string& path, int rounds) {
  std::optional<Replay> replay;
  {
    const Trace trace = ReadTrace(path);
    if (!trace.problem.empty()) {
      std::fprintf(stderr, "%s\n", trace.problem.c_str());
      return 1;
    }
    replay.emplace(trace);
  }
  malloc_trim(0);  // glibc would fill what reading has left
  const MallocFunctions functions = ProcessMalloc();
  const Replay::ResidentBytes resident = replay->MeasureResident(functions);
  if (!resident.problem.empty()) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), resident.problem.c_str());
    return 1;
  }
  double best_ns = 1e300;
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    if (!replay->Run(functions)) {
      std::fprintf(stderr, "%s: the malloc returned nullptr\n", path.c_str());
      return 1;
    }
    const std::chrono::duration<double, std::nano> took =
        std::chrono::steady_clock::now() - start;
    best_ns = std::min(best_ns, took.count());
  }
  std::printf(
      "{\"events\": %zu, \"threads\": %zu, \"ns_per_event\": %.2f, "
      "\"peak_live_kib\": %zu, \"peak_rss_growth_kib\": %zu}\n",
      replay->events(), replay->threads(),
      best_ns / static_cast<double>(replay->events()),
      replay->peak_live_bytes() / 1024, resident.growth_bytes / 1024);
  return 0;
}

// Prints what `csv_of` makes of the trace.
template <class CsvOf>
int Print(const std::string& path, CsvOf csv_of) {
  const Trace trace = ReadTrace(path);
  if (!trace.problem.empty()) {
    std::fprintf(stderr, "%s\n", trace.problem.c_str());
    return 1;
  }
  std::fputs(csv_of(trace).c_str(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}

int Sizes(const std::string& path) {
  return Print(path, [](const Trace& trace) { return ToCsv(SizesOf(trace)); });
}

int Requests(const std::string& path, std::uint64_t min_bytes) {
  return Print(path, [min_bytes](const Trace& trace) {
    return RequestsCsv(trace, min_bytes);
  });
}

int Churn(int seconds) {
  const std::size_t replaced = ChurnBlocks(
      std::chrono::seconds(seconds),
      [](std::chrono::milliseconds elapsed, std::size_t resident_bytes) {
        std::printf("%6.1f s  RSS %zu KiB\n",
                    static_cast<double>(elapsed.count()) / 1000,
                    resident_bytes / 1024);
        std::fflush(stdout);
      });
  std::printf("%zu blocks replaced\n", replaced);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "pack") {
    return Pack(arguments[1], arguments[2]);
  }
  if (arguments.size() >= 2 && arguments[0] == "replay") {
    const int rounds =
        arguments.size() > 2 ? std::atoi(arguments[2].c_str()) : 5;
    if (rounds > 0) return RunReplay(arguments[1], rounds);
  }
  if (arguments.size() == 2 && arguments[0] == "sizes") {
    return Sizes(arguments[1]);
  }
  if (arguments.size() == 3 && arguments[0] == "requests") {
    const int min_bytes = std::atoi(arguments[2].c_str());
    if (min_bytes > 0) {
      return Requests(arguments[1], static_cast<std::uint64_t>(min_bytes));
    }
  }
  if (!arguments.empty() && arguments[0] == "churn") {
    const int seconds =
        arguments.size() > 1 ? std::atoi(arguments[1].c_str()) : 60;
    if (seconds > 0) return Churn(seconds);
  }
  std::fprintf(stderr,
               "usage: trace pack RAW OUT.gz | trace replay TRACE.gz [ROUNDS] "
               "| trace sizes TRACE.gz | trace requests TRACE.gz MIN_BYTES "
               "| trace churn [SECONDS]\n");
  return 2;
}
