// SPDX-License-Identifier: Apache-2.0

#include "tools/probe/overhead.h"

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr int kRounds = 15;
constexpr int kPairs = 100000;
// An open scope costs several times as much, and nobody needs it exactly.
constexpr int kPairsInScope = 10000;

using Malloc = void* (*)(std::size_t);
using Free = void (*)(void*);

double NsPerPair(Malloc allocate, Free deallocate, int pairs) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < pairs; ++i) {
    void* block = allocate(64);
    asm volatile("" : "+r"(block) : : "memory");
    deallocate(block);
  }
  const std::chrono::duration<double, std::nano> time =
      std::chrono::steady_clock::now() - begin;
  return time.count() / pairs;
}

template <typename Function>
Function NextOr(const char* name, Function otherwise) {
  if (ProbeUsesSanitizerHooks()) return otherwise;
  const auto next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
  return next != nullptr ? next : otherwise;
}

}  // namespace

ProbeOverhead MeasureProbeOverhead() {
  // Volatile, so that each is an indirect call and none is inlined.
  Malloc volatile probed_malloc = std::malloc;
  Free volatile probed_free = std::free;
  Malloc volatile next_malloc = NextOr<Malloc>("malloc", std::malloc);
  Free volatile next_free = NextOr<Free>("free", std::free);
  ProbeOverhead least = {1e9, 1e9, 1e9};
  for (int round = 0; round < kRounds; ++round) {
    least.direct_ns =
        std::min(least.direct_ns, NsPerPair(next_malloc, next_free, kPairs));
    least.closed_ns = std::min(least.closed_ns,
                               NsPerPair(probed_malloc, probed_free, kPairs));
    const AllocationScope scope;
    least.open_ns = std::min(
        least.open_ns, NsPerPair(probed_malloc, probed_free, kPairsInScope));
  }
  return least;
}

}  // namespace workbook
