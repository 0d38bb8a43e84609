// SPDX-License-Identifier: Apache-2.0

// Rows of every fate, for bench_main_test.
#include <benchmark/benchmark.h>
#include <sys/single_threaded.h>

#include <cstdlib>

#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"
#include "tools/exercise/todo.h"

namespace workbook {
namespace {

void NewDelete(benchmark::State& state) {
  for (auto _ : state) {
    char* block = new char[64];
    Keep(block);
    delete[] block;
  }
  state.SetItemsProcessed(state.iterations());
}

void Nothing(benchmark::State& state) {
  for (auto _ : state) benchmark::ClobberMemory();
  state.SetItemsProcessed(state.iterations());
}

void LocksAsWithThreads(benchmark::State& state) {
  if (!Require(state, __libc_single_threaded == 0,
               "the process has had no second thread")) {
    return;
  }
  Nothing(state);
}

const RegisterRows registration([] {
  AddRow("sample/locks", Role::kSubject, "Pool", LocksAsWithThreads);
  AddRow("sample/pair", Role::kBaseline, "new/delete", NewDelete);
  AddRow("sample/pair", Role::kSubject, "Pool", Nothing);
  AddGap("sample/pair", "absent", "libabsent-dev");
  AddRow("sample/todo", Role::kSubject, "Pool",
         [](benchmark::State&) { Todo("00_00 task 1: Pool::Allocate"); });
  for (const Subject subject : {Subject::kYours, Subject::kReference}) {
    AddRow("sample/peers", Role::kSubject, "Pool", Nothing, subject);
  }
  AddMallocPeerRows("sample/peers",
                    [](benchmark::State& state, const MallocPeer& peer) {
                      for (auto _ : state) peer.deallocate(peer.allocate(8));
                    });
  AddRow("sample/wrong", Role::kSubject, "Pool",
         [](benchmark::State& state) { state.SkipWithError("wrong output"); });
  AddRow("sample/crash", Role::kSubject, "Pool",
         [](benchmark::State&) { std::abort(); });
});

}  // namespace
}  // namespace workbook
