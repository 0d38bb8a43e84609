// SPDX-License-Identifier: Apache-2.0

// What counting owners costs in a process of one thread.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>

#include "03_03/adaptive_count.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr char kCase[] = "adaptive_count/one_thread";

template <class Count>
[[gnu::noinline]] bool AddAndRemove(Count& count) {
  count.Increment();
  return count.Decrement();
}

class SharedPointer {
 public:
  void Increment() { second_ = first_; }
  bool Decrement() {
    second_.reset();
    return false;
  }

 private:
  std::shared_ptr<int> first_ = std::make_shared<int>(3);
  std::shared_ptr<int> second_;
};

// An operation adds one owner and removes it.
template <class Count>
void Pair(benchmark::State& state) {
  if (!Require(state, ThisProcess::IsSingleThreaded(),
               "the process has had a second thread")) {
    return;
  }
  Count count;
  for (auto _ : state) {
    const bool is_last = AddAndRemove(count);
    Keep(is_last);
  }
  Require(state, !AddAndRemove(count), "an owner was lost");
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "AtomicCount", Pair<AtomicCount>);
  AddRow(kCase, Role::kSubject, "AdaptiveCount", Pair<AdaptiveCount<>>);
  AddRow(kCase, Role::kPeer, "PlainCount", Pair<PlainCount>);
  AddRow(kCase, Role::kPeer, "std::shared_ptr", Pair<SharedPointer>);
});

}  // namespace
}  // namespace workbook
