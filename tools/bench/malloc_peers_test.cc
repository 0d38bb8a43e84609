// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/malloc_peers.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <set>

#include "tools/bench/keep.h"
#include "tools/bench/runner.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(MallocPeers, NamesEachOnceAndSaysWhyOneIsMissing) {
  std::set<std::string> names;
  for (const MallocPeer& peer : MallocPeers()) {
    names.insert(peer.name);
    EXPECT_EQ(peer.problem.empty(), peer.allocate != nullptr) << peer.name;
    EXPECT_FALSE(peer.package.empty());
  }
  EXPECT_EQ(names, (std::set<std::string>{"glibc", "jemalloc", "mimalloc",
                                          "tbbmalloc", "tcmalloc"}));
}

TEST(MallocPeers, AllocateAsTheyShould) {
  for (const MallocPeer& peer : MallocPeers()) {
    if (!peer.problem.empty()) continue;
    void* const block = peer.allocate(100);
    ASSERT_NE(block, nullptr) << peer.name;
    std::memset(block, 1, 100);
    peer.deallocate(block);
    void* const aligned = peer.allocate_aligned(1024, 100);
    ASSERT_NE(aligned, nullptr) << peer.name;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(aligned) % 1024, 0u)
        << peer.name;
    peer.deallocate(aligned);
  }
}

// Several allocators in one process are only comparable if each is itself.
TEST(MallocPeers, AreDistinctFunctions) {
  std::set<void* (*)(std::size_t)> functions;
  std::size_t present = 0;
  for (const MallocPeer& peer : MallocPeers()) {
    if (!peer.problem.empty()) continue;
    ++present;
    functions.insert(peer.allocate);
  }
  EXPECT_EQ(functions.size(), present);
}

TEST(MallocPeers, DoNotPassThroughTheProbe) {
  for (const MallocPeer& peer : MallocPeers()) {
    if (!peer.problem.empty()) continue;
    const AllocationScope scope;
    peer.deallocate(peer.allocate(100));
    EXPECT_EQ(scope.Counts().allocations, 0) << peer.name;
  }
}

TEST(AddMallocPeerRows, CountsThePeersBlocksAndNamesTheGaps) {
  const std::size_t before = AllRows().size();
  AddMallocPeerRows(
      "stem/peers",
      [](benchmark::State& state, const MallocPeer& peer) {
        for (auto _ : state) {
          void* block = peer.allocate(24);
          Keep(block);
          peer.deallocate(block);
          void* aligned = peer.allocate_aligned(64, 40);
          Keep(aligned);
          peer.deallocate(aligned);
        }
      },
      [](Row* row) { row->UseRealTime(); });
  ASSERT_EQ(AllRows().size(), before + MallocPeers().size());
  RunOptions options;
  options.time = false;
  const auto cases = SelectCases(AllRows(), "stem/peers");
  const std::vector<RowResult> results = RunCase(cases[0], options);
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_TRUE(AllRows()[before + i]->real_time);
    if (!MallocPeers()[i].problem.empty()) {
      EXPECT_EQ(results[i].status, RowStatus::kGap);
      EXPECT_EQ(results[i].message, MallocPeers()[i].problem);
      continue;
    }
    ASSERT_TRUE(results[i].counts.has_value()) << results[i].message;
    EXPECT_EQ(results[i].counts->allocations, 2.0) << results[i].name;
    EXPECT_EQ(results[i].counts->bytes, 64.0) << results[i].name;
    EXPECT_EQ(results[i].counts->peak_bytes, 40) << results[i].name;
  }
}

}  // namespace
}  // namespace workbook
