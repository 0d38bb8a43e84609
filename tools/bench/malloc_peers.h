// SPDX-License-Identifier: Apache-2.0

// Other people's malloc, several of them in one process.
//
// Each library is opened with RTLD_LOCAL, so that it does not take over malloc,
// and is called through pointers to its own functions. They do not pass through
// the probe; in the counting pass AddMallocPeerRows reports their blocks to it.
#ifndef WORKBOOK_TOOLS_BENCH_MALLOC_PEERS_H_
#define WORKBOOK_TOOLS_BENCH_MALLOC_PEERS_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tools/bench/rows.h"

namespace workbook {

struct MallocPeer {
  std::string name;     // "mimalloc"
  std::string package;  // "libmimalloc2.0"
  // Why it cannot be used; empty when it can.
  std::string problem;
  void* (*allocate)(std::size_t size_bytes) = nullptr;
  void (*deallocate)(void* block) = nullptr;
  // `alignment` is a power of two. Blocks go back through `deallocate`.
  void* (*allocate_aligned)(std::size_t alignment,
                            std::size_t size_bytes) = nullptr;
  void* (*reallocate)(void* block, std::size_t size_bytes) = nullptr;
};

// glibc, jemalloc, mimalloc, tcmalloc and oneTBB's, whether present or not.
// Under a sanitizer none but the sanitizer's own works, and each is a gap.
const std::vector<MallocPeer>& MallocPeers();

// Of those glibc, jemalloc, mimalloc and tcmalloc, as far as they can be used:
// what 01_01's targets are set against.
std::vector<const MallocPeer*> FourMallocs();

// Adds one row for each malloc, and a gap for each that is not installed.
// `prepare`, where given, is called with every row that was added.
void AddMallocPeerRows(
    const std::string& case_name,
    const std::function<void(benchmark::State&, const MallocPeer&)>& function,
    const std::function<void(Row*)>& prepare = nullptr);

// Whether a library could not be opened for want of static thread-local memory.
// A process that is started with more of it (GLIBC_TUNABLES) can open it.
bool PeersNeedMoreStaticTls();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_MALLOC_PEERS_H_
