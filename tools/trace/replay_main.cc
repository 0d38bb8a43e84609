// trace pack RAW OUT.gz     turns a recorder's file into a packed trace
// trace replay TRACE.gz [N] runs it N times on the process's malloc (preload
//                           another to measure it) and prints one JSON object
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

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

// The events in memory that no malloc has to do with.
struct Replay {
  const TraceEvent* events;
  std::size_t count;
  void** blocks;
  std::uint64_t* sizes;
};

template <class T>
T* Mapped(std::size_t count) {
  void* const memory =
      mmap(nullptr, std::max<std::size_t>(count, 1) * sizeof(T),
           PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    std::fprintf(stderr, "no memory for %zu bytes of trace\n",
                 count * sizeof(T));
    std::exit(1);
  }
  return static_cast<T*>(memory);
}

// A byte in each page: as resident as the program's own use would make it.
void Touch(void* block, std::uint64_t bytes) {
  auto* const memory = static_cast<volatile char*>(block);
  for (std::uint64_t i = 0; i < bytes; i += 4096) memory[i] = 1;
}

std::uint64_t RunOnce(const Replay& replay) {
  std::uint64_t live = 0;
  std::uint64_t peak = 0;
  for (std::size_t i = 0; i < replay.count; ++i) {
    const TraceEvent& event = replay.events[i];
    if (event.op == TraceOp::kThread) continue;
    void*& block = replay.blocks[event.slot];
    std::uint64_t& size = replay.sizes[event.slot];
    live -= size;
    size = event.bytes;
    live += size;
    peak = std::max(peak, live);
    if (event.op == TraceOp::kFree) {
      std::free(block);
      block = nullptr;
      continue;
    }
    const std::size_t bytes = std::max<std::uint64_t>(event.bytes, 1);
    block = event.op == TraceOp::kAllocate ? std::malloc(bytes)
                                           : std::realloc(block, bytes);
    if (block == nullptr) {
      std::fprintf(stderr, "out of memory at event %zu\n", i);
      std::exit(1);
    }
    Touch(block, bytes);
  }
  return peak;
}

long PeakResidentKib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

int RunReplay(const std::string& path, int rounds) {
  Replay replay{};
  std::uint32_t slots = 0;
  {
    const Trace trace = ReadTrace(path);
    if (!trace.problem.empty()) {
      std::fprintf(stderr, "%s\n", trace.problem.c_str());
      return 1;
    }
    auto* const events = Mapped<TraceEvent>(trace.events.size());
    std::copy(trace.events.begin(), trace.events.end(), events);
    replay = {events, trace.events.size(), Mapped<void*>(trace.slots),
              Mapped<std::uint64_t>(trace.slots)};
    slots = trace.slots;
  }
  malloc_trim(0);
  // The blocks and sizes are resident before the peak is looked at.
  std::memset(replay.blocks, 0, slots * sizeof(void*));
  std::memset(replay.sizes, 0, slots * sizeof(std::uint64_t));
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts here
  const long before_kib = PeakResidentKib();
  std::uint64_t peak = 0;
  double best_ns = 1e300;
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    peak = RunOnce(replay);
    const std::chrono::duration<double, std::nano> took =
        std::chrono::steady_clock::now() - start;
    best_ns = std::min(best_ns, took.count());
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
      std::free(replay.blocks[slot]);
      replay.blocks[slot] = nullptr;
      replay.sizes[slot] = 0;
    }
  }
  std::printf(
      "{\"events\": %zu, \"ns_per_event\": %.2f, \"peak_live_kib\": %lu, "
      "\"peak_rss_kib\": %ld, \"start_rss_kib\": %ld}\n",
      replay.count, best_ns / static_cast<double>(replay.count),
      static_cast<unsigned long>(peak / 1024), PeakResidentKib(), before_kib);
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
  std::fprintf(
      stderr,
      "usage: trace pack RAW OUT.gz | trace replay TRACE.gz [ROUNDS]\n");
  return 2;
}
