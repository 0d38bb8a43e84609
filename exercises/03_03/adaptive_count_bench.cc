// SPDX-License-Identifier: Apache-2.0

// What counting owners costs in a process that never had a second thread. The
// benchmark's has had one, so each row says otherwise to the C library while it
// runs; no other thread is there.
#include <benchmark/benchmark.h>
#include <sys/single_threaded.h>

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

class NeverHadASecondThread {
 public:
  NeverHadASecondThread() { __libc_single_threaded = 1; }
  ~NeverHadASecondThread() { __libc_single_threaded = before_; }
  NeverHadASecondThread(const NeverHadASecondThread&) = delete;
  NeverHadASecondThread& operator=(const NeverHadASecondThread&) = delete;

 private:
  const char before_ = __libc_single_threaded;
};

// An operation adds one owner and removes it.
template <class Count>
void Pair(benchmark::State& state) {
  const NeverHadASecondThread alone;
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
