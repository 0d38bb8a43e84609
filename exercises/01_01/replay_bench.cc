// SPDX-License-Identifier: Apache-2.0

// What real programs asked of malloc, asked of every malloc: time, and what
// stays resident.
//
// Counters: live_KiB, the most bytes that were asked for and live at once;
// rss_KiB, the most that a process of its own grew by, pages of files left out;
// live_over_rss, the first over the second, 1 where nothing is lost.
#include "exercises/01_01/replay_bench.h"

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "01_01/malloc_api.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"
#include "tools/process/process.h"
#include "tools/trace/recorded.h"
#include "tools/trace/replay.h"

namespace workbook {

// Where no other is linked.
__attribute__((weak)) std::vector<TierMalloc> Tiers() { return {}; }

namespace {

// "TRACE MALLOC": this process is to say what that replay makes resident.
constexpr char kResidentRequest[] = "WORKBOOK_REPLAY_RESIDENT";
constexpr char kOurs[] = "CachingAllocator";
constexpr char kProcess[] = "malloc";

MallocFunctions FromPeer(const MallocPeer& peer) {
  return {peer.allocate, peer.allocate_aligned, peer.reallocate,
          peer.deallocate};
}

// The replay calls them through pointers, as it calls the peers.
[[gnu::noinline]] void* OurMalloc(std::size_t bytes) { return Malloc(bytes); }
[[gnu::noinline]] void OurFree(void* block) { Free(block); }

MallocFunctions Ours() {
  return {&OurMalloc, &AlignedAlloc, &Realloc, &OurFree};
}

std::optional<MallocFunctions> FunctionsOf(const std::string& name) {
  if (name == kOurs) return Ours();
  if (name == kProcess) return ProcessMalloc();
  for (const TierMalloc& tier : Tiers()) {
    if (tier.name == name) return tier.functions;
  }
  for (const MallocPeer& peer : MallocPeers()) {
    if (peer.name == name && peer.problem.empty()) return FromPeer(peer);
  }
  return std::nullopt;
}

Replay& ReplayOf(const RecordedTrace& recorded) {
  static std::map<std::string, std::unique_ptr<Replay>> replays;
  std::unique_ptr<Replay>& replay = replays[recorded.name];
  if (replay == nullptr) replay = std::make_unique<Replay>(recorded.Read());
  return *replay;
}

// Prints bytes, or nothing: the parent tells what that means.
[[noreturn]] void AnswerResident(const std::string& request) {
  std::istringstream words(request);
  std::string trace;
  std::string malloc_name;
  words >> trace >> std::ws;
  std::getline(words, malloc_name);
  for (const RecordedTrace& recorded : RecordedTraces()) {
    const auto functions = FunctionsOf(malloc_name);
    if (recorded.name != trace || !functions) continue;
    // What reading frees would be used again, unseen: it is mapped apart, and
    // goes back. Then the threshold is again the one that glibc starts with.
    mallopt(M_MMAP_THRESHOLD, 0);
    Replay& replay = ReplayOf(recorded);
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
    const Replay::ResidentBytes resident = replay.MeasureResident(*functions);
    if (!resident.problem.empty()) break;
    std::printf("%zu\n", resident.growth_bytes);
    std::fflush(stdout);
    _exit(0);
  }
  _exit(1);
}

// Of a process of its own, once for each pair; 0: it could not be measured.
double ResidentKib(const RecordedTrace& recorded, const std::string& malloc) {
  static std::map<std::string, double> known;
  const std::string request = std::string(recorded.name) + " " + malloc;
  const auto found = known.find(request);
  if (found != known.end()) return found->second;
  ProcessOptions options;
  options.environment = {{kResidentRequest, request}};
  options.timeout = std::chrono::seconds(30);
  const ProcessResult result = RunProcess({"/proc/self/exe"}, options);
  const double kib = result.ExitedWith(0)
                         ? std::strtod(result.output.c_str(), nullptr) / 1024
                         : 0;
  return known[request] = kib;
}

void RunTrace(benchmark::State& state, const RecordedTrace& recorded,
              const std::string& name, const MallocFunctions& functions) {
  functions.deallocate(functions.allocate(1));  // an unwritten one says so here
  Replay& replay = ReplayOf(recorded);
  bool served = true;
  for (auto _ : state) served &= replay.Run(functions);
  Require(state, served, "the malloc returned nullptr");
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(replay.events()));
  if (IsCountingPass()) return;
  const double live_kib = static_cast<double>(replay.peak_live_bytes()) / 1024;
  const double rss_kib = ResidentKib(recorded, name);
  if (!Require(state, rss_kib > 0, "its resident memory can't be measured")) {
    return;
  }
  state.counters["live_KiB"] = live_kib;
  state.counters["rss_KiB"] = rss_kib;
  state.counters["live_over_rss"] = live_kib / rss_kib;
}

double SecondsOf(Replay& replay, const MallocFunctions& functions) {
  const auto start = std::chrono::steady_clock::now();
  if (!replay.Run(functions)) throw std::bad_alloc();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

// Over the traces; `figure` takes one.
template <class Figure>
double GeometricMean(Figure figure) {
  double sum_of_logs = 0;
  for (const RecordedTrace& recorded : RecordedTraces()) {
    sum_of_logs += std::log(figure(recorded));
  }
  return std::exp(sum_of_logs / static_cast<double>(RecordedTraces().size()));
}

// Of nanoseconds an event.
double GeometricMeanNs(const MallocFunctions& functions) {
  return GeometricMean([&](const RecordedTrace& recorded) {
    Replay& replay = ReplayOf(recorded);
    return SecondsOf(replay, functions) * 1e9 /
           static_cast<double>(replay.events());
  });
}

double GeometricMeanResidentKib(const std::string& name) {
  return GeometricMean([&](const RecordedTrace& recorded) {
    return ResidentKib(recorded, name);
  });
}

using Candidates = std::vector<std::pair<std::string, MallocFunctions>>;

// An item is an event. Of several candidates the best one counts, in every
// iteration anew.
void RunAll(benchmark::State& state, const Candidates& candidates) {
  std::size_t events = 0;
  for (const RecordedTrace& recorded : RecordedTraces()) {
    events += ReplayOf(recorded).events();
  }
  for (const auto& [name, functions] : candidates) {
    functions.deallocate(functions.allocate(1));
    GeometricMeanNs(functions);
  }
  for (auto _ : state) {
    double best_ns = 1e300;
    for (const auto& [name, functions] : candidates) {
      best_ns = std::min(best_ns, GeometricMeanNs(functions));
    }
    state.SetIterationTime(best_ns * 1e-9 * static_cast<double>(events));
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(events));
  if (IsCountingPass()) return;
  double best_kib = 1e300;
  for (const auto& [name, functions] : candidates) {
    best_kib = std::min(best_kib, GeometricMeanResidentKib(name));
  }
  state.counters["rss_KiB"] = best_kib;
}

// The targets of exercise.toml are against the best of these.
Candidates TheFour() {
  Candidates four;
  for (const MallocPeer* peer : FourMallocs()) {
    four.emplace_back(peer->name, FromPeer(*peer));
  }
  // Under a sanitizer none of them works.
  if (four.empty()) four.emplace_back(kProcess, ProcessMalloc());
  return four;
}

// The clock on the wall for traces of threads, the CPU's for all others.
void Prepare(const RecordedTrace& recorded, Row* row) {
  row->CountedIterations(2);  // an iteration is a whole program
  if (recorded.has_threads) row->UseRealTime();
}

void AddTraceRows(const RecordedTrace& recorded) {
  const std::string name = std::string("replay/") + recorded.name;
  const auto prepare = [&recorded](Row* row) { Prepare(recorded, row); };
  prepare(
      AddRow(name, Role::kBaseline, kProcess, [&recorded](benchmark::State& s) {
        RunTrace(s, recorded, kProcess, ProcessMalloc());
      }));
  prepare(AddRow(name, Role::kSubject, kOurs, [&recorded](benchmark::State& s) {
    RunTrace(s, recorded, kOurs, Ours());
  }));
  AddMallocPeerRows(
      name,
      [&recorded](benchmark::State& s, const MallocPeer& peer) {
        RunTrace(s, recorded, peer.name, FromPeer(peer));
      },
      prepare);
}

void AddMeanRows() {
  constexpr char kMean[] = "replay/geometric_mean";
  const auto prepare = [](Row* row) {
    row->UseManualTime()->CountedIterations(1);
  };
  prepare(AddRow(kMean, Role::kBaseline, "best of four",
                 [](benchmark::State& s) { RunAll(s, TheFour()); }));
  prepare(AddRow(kMean, Role::kSubject, kOurs, [](benchmark::State& s) {
    RunAll(s, {{kOurs, Ours()}});
  }));
  AddMallocPeerRows(
      kMean,
      [](benchmark::State& s, const MallocPeer& peer) {
        RunAll(s, {{peer.name, FromPeer(peer)}});
      },
      prepare);
}

// The learner's malloc on its way from what the exercise begins with.
void AddTierRows() {
  constexpr char kTiers[] = "replay/tiers";
  const auto prepare = [](Row* row) {
    row->UseManualTime()->CountedIterations(1);
  };
  prepare(AddRow(kTiers, Role::kBaseline, kProcess, [](benchmark::State& s) {
    RunAll(s, {{kProcess, ProcessMalloc()}});
  }));
  prepare(AddRow(kTiers, Role::kSubject, kOurs, [](benchmark::State& s) {
    RunAll(s, {{kOurs, Ours()}});
  }));
  for (const TierMalloc& tier : Tiers()) {
    prepare(AddRow(kTiers, Role::kPeer, tier.name, [tier](benchmark::State& s) {
      RunAll(s, {{tier.name, tier.functions}});
    }));
  }
}

const RegisterRows registration([] {
  if (const char* const request = std::getenv(kResidentRequest)) {
    AnswerResident(request);
  }
  for (const RecordedTrace& recorded : RecordedTraces()) AddTraceRows(recorded);
  AddMeanRows();
  AddTierRows();
});

}  // namespace
}  // namespace workbook
