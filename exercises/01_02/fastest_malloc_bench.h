// SPDX-License-Identifier: Apache-2.0

// The malloc that a target is held against: whichever is fastest here today.
#ifndef WORKBOOK_EXERCISES_01_02_FASTEST_MALLOC_BENCH_H_
#define WORKBOOK_EXERCISES_01_02_FASTEST_MALLOC_BENCH_H_

#include <chrono>
#include <cstdlib>

#include "tools/bench/malloc_peers.h"

namespace workbook {

// Of those that are installed, by the least of short turns: each is some calls
// of `round(peer)`.
template <class Round>
MallocPeer FastestMalloc(Round round) {
  using Clock = std::chrono::steady_clock;
  const MallocPeer* fastest = nullptr;
  Clock::duration least = Clock::duration::max();
  for (int turn = 0; turn < 5; ++turn) {
    for (const MallocPeer* peer : FourMallocs()) {
      const Clock::time_point start = Clock::now();
      for (int i = 0; i < 20; ++i) round(*peer);
      const Clock::duration took = Clock::now() - start;
      if (took >= least) continue;
      least = took;
      fastest = peer;
    }
  }
  if (fastest != nullptr) return *fastest;
  // Under a sanitizer none of them works.
  MallocPeer process;
  process.allocate = &std::malloc;
  process.deallocate = &std::free;
  return process;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_FASTEST_MALLOC_BENCH_H_
