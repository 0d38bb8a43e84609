// SPDX-License-Identifier: Apache-2.0

// What each malloc makes of sizes: classes, waste and RSS under churn, as
// counters of the rows; and the waste as a picture, in the file that the
// environment variable WORKBOOK_OVERHEAD_SVG names.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "01_01/allocator_analysis.h"
#include "01_01/malloc_api.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"

namespace workbook {
namespace {

constexpr std::size_t kMaxBytes = 4096;

struct UsableSizeName {
  const char* peer;
  const char* library;
  const char* function;
};
constexpr UsableSizeName kNames[] = {
    {"glibc", "libc.so.6", "malloc_usable_size"},
    {"jemalloc", "libjemalloc.so.2", "malloc_usable_size"},
    {"mimalloc", "libmimalloc.so.2", "mi_usable_size"},
    {"tcmalloc", "libtcmalloc_minimal.so.4", "tc_malloc_size"},
    {"tbbmalloc", "libtbbmalloc.so.2", "scalable_msize"},
};

MallocUnderTest FromPeer(const MallocPeer& peer) {
  MallocUnderTest malloc{peer.name, peer.allocate, peer.deallocate, nullptr};
  for (const UsableSizeName& name : kNames) {
    if (peer.name != name.peer) continue;
    void* const library = dlopen(name.library, RTLD_NOW | RTLD_NOLOAD);
    if (library == nullptr) continue;
    malloc.usable_size =
        reinterpret_cast<std::size_t (*)(void*)>(dlsym(library, name.function));
  }
  return malloc;
}

MallocUnderTest OfTheProcess() {
  return {"malloc", &std::malloc, &std::free, &malloc_usable_size};
}

[[gnu::noinline]] void* MallocOfOurs(std::size_t bytes) {
  return Malloc(bytes);
}
[[gnu::noinline]] void FreeOfOurs(void* block) { Free(block); }

MallocUnderTest Ours() {
  return {"CachingAllocator", &MallocOfOurs, &FreeOfOurs,
          [](void* block) { return MallocUsableSize(block); }};
}

struct Findings {
  double resident_over_live = 0;
  double classes = 0;
  double waste_percent = 0;
};

// Taken once, before anything else has filled this malloc: what a free leaves
// resident would make the next growth look like none.
const Findings& FindingsOf(const MallocUnderTest& malloc) {
  static std::map<std::string, Findings> known;
  const auto found = known.find(malloc.name);
  if (found != known.end()) return found->second;
  Findings findings;
  findings.resident_over_live = Churn(malloc, {}).Ratio();
  findings.classes =
      static_cast<double>(EffectiveClasses(malloc, kMaxBytes).size());
  double usable = 0;
  double requested = 0;
  for (const CurvePoint& point : OverheadCurve(malloc, kMaxBytes, 1).points) {
    usable += static_cast<double>(point.usable_bytes);
    requested += static_cast<double>(point.bytes);
  }
  findings.waste_percent = 100 * (usable - requested) / usable;
  return known[malloc.name] = findings;
}

void Analyse(benchmark::State& state, const MallocUnderTest& malloc) {
  if (malloc.usable_size == nullptr) {
    state.SkipWithError("it has no function for the usable size");
    return;
  }
  const Findings& findings = FindingsOf(malloc);
  for (auto _ : state) {
    malloc.deallocate(malloc.allocate(100));
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["classes"] = findings.classes;
  state.counters["waste_percent"] = findings.waste_percent;
  state.counters["rss_over_live"] = findings.resident_over_live;
}

void WritePicture() {
  const char* const path = std::getenv("WORKBOOK_OVERHEAD_SVG");
  if (path == nullptr) return;
  std::vector<Curve> curves{OverheadCurve(Ours(), kMaxBytes, 8)};
  for (const MallocPeer& peer : MallocPeers()) {
    if (!peer.problem.empty()) continue;
    const MallocUnderTest malloc = FromPeer(peer);
    if (malloc.usable_size == nullptr) continue;
    curves.push_back(OverheadCurve(malloc, kMaxBytes, 8));
  }
  std::ofstream file(path);
  file << OverheadSvg(curves);
  file.close();
  if (!file) {
    std::fprintf(stderr,
                 "%s: the picture can't be written. Does the folder exist, and "
                 "is there room?\n",
                 path);
    std::exit(1);
  }
  std::printf("%s", OverheadTable(curves).c_str());
}

const RegisterRows registration([] {
  constexpr char kCase[] = "allocator_analysis/sizes_to_4096";
  AddRow(kCase, Role::kBaseline, "malloc",
         [](benchmark::State& s) { Analyse(s, OfTheProcess()); });
  AddRow(kCase, Role::kSubject, "CachingAllocator", [](benchmark::State& s) {
    Analyse(s, Ours());
    static const bool written = (WritePicture(), true);
    Keep(written);
  });
  AddMallocPeerRows(kCase, [](benchmark::State& s, const MallocPeer& peer) {
    Analyse(s, FromPeer(peer));
  });
});

}  // namespace
}  // namespace workbook
