// SPDX-License-Identifier: Apache-2.0

#include "02_01/inline_function.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Counts those alive, and how they came to be.
struct Tracked {
  static inline int alive = 0;
  static inline int copies = 0;

  Tracked() { ++alive; }
  Tracked(const Tracked&) {
    ++alive;
    ++copies;
  }
  Tracked(Tracked&&) noexcept { ++alive; }
  ~Tracked() { --alive; }
  int operator()() const { return 7; }
};

struct MayThrowWhileItMoves {
  MayThrowWhileItMoves() = default;
  MayThrowWhileItMoves(MayThrowWhileItMoves&&) noexcept(false) {}
  void operator()() const {}
};

struct alignas(64) OverAligned {
  void operator()() const {}
};

template <std::size_t kBytes>
struct OfSize {
  char bytes[kBytes] = {};
  void operator()() const {}
};

TEST(Task9InlineFunction, CallsWhatItHolds) {
  InlineFunction<32, int, int> twice = [](int value) { return 2 * value; };
  EXPECT_EQ(twice(21), 42);
  int sum = 0;
  InlineFunction<32, void, int> add = [&sum](int value) { sum += value; };
  add(1);
  add(2);
  EXPECT_EQ(sum, 3);
  InlineFunction<32, int> counts = [count = 0]() mutable { return ++count; };
  counts();
  EXPECT_EQ(counts(), 2) << "the callable itself is called, not a copy";
}

TEST(Task9InlineFunction, PassesArgumentsAsTheyAre) {
  InlineFunction<32, std::unique_ptr<int>, std::unique_ptr<int>> pass =
      [](std::unique_ptr<int> value) { return value; };
  EXPECT_EQ(*pass(std::make_unique<int>(5)), 5);
  std::string text = "a";
  InlineFunction<32, void, std::string&> append = [](std::string& s) {
    s += "b";
  };
  append(text);
  EXPECT_EQ(text, "ab") << "a reference stays a reference";
}

TEST(Task9InlineFunction, ThirtyTwoBytesNeedNoHeap) {
  std::array<long, 4> values = {1, 2, 3, 4};
  const AllocationScope scope;
  InlineFunction<32, long> sum = [values] { return values[0] + values[3]; };
  InlineFunction<32, long> moved = std::move(sum);
  EXPECT_EQ(moved(), 5);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task9InlineFunction, RefusesWhatItCannotHold) {
  using Function = InlineFunction<32, void>;
  EXPECT_TRUE((std::is_constructible_v<Function, OfSize<32>>));
  EXPECT_FALSE((std::is_constructible_v<Function, OfSize<33>>)) << "too large";
  EXPECT_TRUE((std::is_constructible_v<InlineFunction<64, void>, OfSize<33>>));
  EXPECT_FALSE((std::is_constructible_v<Function, OverAligned>));
  EXPECT_FALSE((std::is_constructible_v<Function, MayThrowWhileItMoves>))
      << "a move of the function could fail half-way";
  EXPECT_FALSE((std::is_constructible_v<Function, int>)) << "not callable";
}

TEST(Task9InlineFunction, IsThirtyTwoBytesAndAPointer) {
  EXPECT_LE(sizeof(InlineFunction<32, void>), 48u)
      << "32 bytes and a pointer, in multiples of 16";
  EXPECT_FALSE((std::is_copy_constructible_v<InlineFunction<32, void>>))
      << "what it holds may not be copied";
}

TEST(Task9InlineFunction, AMoveLeavesNothingBehind) {
  {
    InlineFunction<32, int> first = Tracked();
    EXPECT_EQ(Tracked::alive, 1) << "the temporary is gone, one is held";
    InlineFunction<32, int> second = std::move(first);
    EXPECT_EQ(Tracked::alive, 1) << "the moved-from callable was not destroyed";
    EXPECT_FALSE(first);
    EXPECT_TRUE(second);
    EXPECT_EQ(second(), 7);
  }
  EXPECT_EQ(Tracked::alive, 0) << "the destructor destroys the callable";
  EXPECT_EQ(Tracked::copies, 0) << "no copy is needed";
}

TEST(Task9InlineFunction, AssignmentDestroysWhatWasHeld) {
  {
    InlineFunction<32, int> first = Tracked();
    InlineFunction<32, int> second = Tracked();
    first = std::move(second);
    EXPECT_EQ(Tracked::alive, 1);
    EXPECT_EQ(first(), 7);
    first = InlineFunction<32, int>();
    EXPECT_EQ(Tracked::alive, 0) << "nothing is held any more";
    EXPECT_FALSE(first);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Task9InlineFunction, AssignmentToItselfChangesNothing) {
  InlineFunction<32, int> function = Tracked();
  InlineFunction<32, int>& same = function;
  function = std::move(same);
  ASSERT_TRUE(function);
  EXPECT_EQ(Tracked::alive, 1) << "the callable has not died";
  EXPECT_EQ(function(), 7);
}

TEST(Task9InlineFunction, ThrowsWithoutACallable) {
  InlineFunction<32, int> empty;
  EXPECT_FALSE(empty);
  EXPECT_THROW(empty(), std::bad_function_call);
}

}  // namespace
}  // namespace workbook
