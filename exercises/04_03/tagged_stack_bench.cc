// SPDX-License-Identifier: Apache-2.0

// TaggedStack: a number popped, its buffer used, and pushed, by all threads on
// one stack.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "04_03/tagged_stack.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
#include <boost/lockfree/stack.hpp>
#endif

namespace workbook {
namespace {

constexpr std::uint32_t kNumbers = 64;
constexpr std::uint32_t kNone = ~std::uint32_t{0};

struct MutexVector {
  MutexVector() { numbers.reserve(kNumbers); }
  std::uint32_t Pop() {
    const std::lock_guard lock(mutex);
    if (numbers.empty()) return kNone;
    const std::uint32_t number = numbers.back();
    numbers.pop_back();
    return number;
  }
  void Push(std::uint32_t number) {
    const std::lock_guard lock(mutex);
    numbers.push_back(number);
  }
  std::mutex mutex;
  std::vector<std::uint32_t> numbers;
};

struct Subject {
  std::uint32_t Pop() { return stack.Pop().value_or(kNone); }
  void Push(std::uint32_t number) { stack.Push(number); }
  TaggedStack<> stack{kNumbers};
};

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
struct BoostStack {
  std::uint32_t Pop() {
    std::uint32_t number = kNone;
    stack.pop(number);
    return number;
  }
  void Push(std::uint32_t number) { stack.push(number); }
  boost::lockfree::stack<std::uint32_t, boost::lockfree::fixed_sized<true>>
      stack{kNumbers};
};
#endif

struct alignas(64) Line {
  std::uint64_t uses = 0;
};

template <class Stack>
struct Shared {
  Shared() {
    for (std::uint32_t i = 0; i < kNumbers; ++i) stack.Push(i);
  }
  Stack stack;
  std::array<Line, kNumbers> buffers;
};

// An item is one number that was popped, used and pushed.
template <class Stack>
void UseNumbers(benchmark::State& state, Shared<Stack>& shared) {
  bool right = true;
  for (auto _ : state) {
    const std::uint32_t number = shared.stack.Pop();
    right = right && number < kNumbers;
    if (!right) break;
    ++shared.buffers[number].uses;
    shared.stack.Push(number);
  }
  Require(state, right, "no number came");
  state.SetItemsProcessed(state.iterations());
}

template <class Stack>
void Add(Role role, const char* implementation) {
  AddSharedRow<Shared<Stack>>(
      "tagged_stack/pop_push", role, implementation,
      [] { return std::make_unique<Shared<Stack>>(); },
      [](benchmark::State& state, Shared<Stack>& shared) {
        UseNumbers(state, shared);
      })
      ->ThreadRange();
}

const RegisterRows registration([] {
  Add<MutexVector>(Role::kBaseline, "mutex + vector");
  Add<Subject>(Role::kSubject, "TaggedStack");
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
  Add<BoostStack>(Role::kPeer, "boost::lockfree::stack");
#else
  AddGap("tagged_stack/pop_push", "boost::lockfree::stack", "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
