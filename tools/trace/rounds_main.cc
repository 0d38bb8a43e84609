// SPDX-License-Identifier: Apache-2.0

// Replays a trace round by round on the malloc of the process, which nothing
// but the replay has used: all else of this program has an operator new of its
// own. TRACE is what gunzip makes of a packed one.
//   rounds TRACE N           N rounds, and one JSON object: faults of each
//   rounds TRACE N resident  the same, and what each round makes resident
//   rounds TRACE slices      for each line K of stdin K rounds, and their ns
// A round is MeasuredRound, so that callgrind can make a file of each, with
// --zero-before=MeasuredRound --dump-after=MeasuredRound.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include "tools/trace/replay.h"
#include "tools/trace/trace.h"

namespace {

// Address space only: pages become resident where they are written.
constexpr std::size_t kArenaBytes = std::size_t{16} << 30;
constinit char* arena = nullptr;
constinit std::size_t arena_used = 0;

void* TakeFromArena(std::size_t bytes) {
  if (arena == nullptr) {
    void* const memory =
        mmap(nullptr, kArenaBytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    arena = static_cast<char*>(memory);
  }
  if (bytes > kArenaBytes - arena_used - 16) throw std::bad_alloc();
  void* const block = arena + arena_used;
  arena_used += (bytes + 15) / 16 * 16;
  return block;
}

}  // namespace

// Only the first thread calls them while others run: std::thread's state.
void* operator new(std::size_t bytes) { return TakeFromArena(bytes); }
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}

namespace {

using namespace workbook;

struct Round {
  bool served = false;
  long faults = 0;
  std::size_t growth_bytes = 0;
};

long Faults() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

// In KiB, without a malloc; 0: it cannot be read.
long AnonymousKib() {
  constexpr char kLabel[] = "\nAnonymous:";
  const int file = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[2048];
  const ssize_t count = read(file, text, sizeof(text) - 1);
  close(file);
  text[count < 0 ? 0 : count] = '\0';
  const char* const line = std::strstr(text, kLabel);
  return line == nullptr ? 0 : std::atol(line + sizeof(kLabel) - 1);
}

}  // namespace

extern "C" [[gnu::noinline]] bool MeasuredRound(workbook::Replay* replay) {
  const bool served = replay->Run(ProcessMalloc());
  asm volatile("" ::: "memory");  // no tail call: callgrind sees it return
  return served;
}

namespace {

Round RunRound(Replay* replay, bool looks_at_memory) {
  Round round;
  if (looks_at_memory) {
    const Replay::ResidentBytes resident =
        replay->MeasureResident(ProcessMalloc());
    round.growth_bytes = resident.growth_bytes;
    round.served = resident.problem.empty();
    return round;
  }
  const long before = Faults();
  round.served = MeasuredRound(replay);
  round.faults = Faults() - before;
  return round;
}

int RunRounds(Replay* replay, int count, bool looks_at_memory) {
  std::vector<Round> rounds(static_cast<std::size_t>(count));
  // A round's growth is told from where the first one began.
  std::vector<long> before_kib(rounds.size());
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    if (looks_at_memory) before_kib[i] = AnonymousKib();
    rounds[i] = RunRound(replay, looks_at_memory);
    if (rounds[i].served) continue;
    std::fprintf(stderr,
                 "rounds: the malloc returned nullptr. Fix: free "
                 "memory, or raise ulimit -v.\n");
    return 1;
  }
  std::printf(
      "{\"events\": %zu, \"threads\": %zu, \"live_kib\": %zu, "
      "\"start_kib\": %ld, \"rounds\": [",
      replay->events(), replay->threads(), replay->peak_live_bytes() / 1024,
      before_kib[0]);
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const long growth = static_cast<long>(rounds[i].growth_bytes / 1024);
    std::printf("%s{\"faults\": %ld, \"peak_kib\": %ld}", i > 0 ? ", " : "",
                rounds[i].faults, before_kib[i] + growth - before_kib[0]);
  }
  std::printf("]}\n");
  return std::fflush(stdout) == 0 ? 0 : 1;
}

int ServeSlices(Replay* replay) {
  int count = 0;
  while (std::scanf("%d", &count) == 1 && count > 0) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
      if (!MeasuredRound(replay)) return 1;
    }
    const std::chrono::duration<double, std::nano> took =
        std::chrono::steady_clock::now() - start;
    std::printf("%.0f\n", took.count());
    std::fflush(stdout);
  }
  return 0;
}

int Run(int argc, char** argv) {
  const int file = open(argv[1], O_RDONLY | O_CLOEXEC);
  struct stat status = {};
  if (file < 0 || fstat(file, &status) != 0 || status.st_size == 0) {
    std::fprintf(stderr, "%s: can't be read, or is empty. Fix: record it.\n",
                 argv[1]);
    return 1;
  }
  const auto bytes = static_cast<std::size_t>(status.st_size);
  void* const text = mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (text == MAP_FAILED) throw std::bad_alloc();
  const Trace trace =
      ReadUnpackedTrace({static_cast<const char*>(text), bytes}, argv[1]);
  if (!trace.problem.empty()) {
    std::fprintf(stderr, "%s Fix: gunzip a packed trace.\n",
                 trace.problem.c_str());
    return 1;
  }
  Replay replay(trace);
  if (std::strcmp(argv[2], "slices") == 0) return ServeSlices(&replay);
  return RunRounds(&replay, std::atoi(argv[2]), argc == 4);
}

}  // namespace

int main(int argc, char** argv) {
  const bool slices = argc == 3 && std::strcmp(argv[2], "slices") == 0;
  const bool rounds =
      argc >= 3 && std::atoi(argv[2]) > 0 &&
      (argc == 3 || (argc == 4 && std::strcmp(argv[3], "resident") == 0));
  if (slices || rounds) return Run(argc, argv);
  std::fprintf(stderr,
               "usage: rounds TRACE N [resident] | rounds TRACE "
               "slices\nFix: name a trace that gunzip has unpacked.\n");
  return 2;
}
