// SPDX-License-Identifier: Apache-2.0

#include "02_02/function_ref.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

int Twice(int value) { return 2 * value; }

int Thrice(int value) { return 3 * value; }

int Apply(FunctionRef<int(int)> function, int value) { return function(value); }

// Can be neither copied nor moved: a reference must not need to.
struct Counter {
  Counter() = default;
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  int operator()(int step) { return total += step; }
  int total = 0;
};

TEST(Task3FunctionRef, CallsFunctionsLambdasAndObjects) {
  EXPECT_EQ(Apply(Twice, 4), 8);
  EXPECT_EQ(Apply(&Twice, 4), 8);
  EXPECT_EQ(Apply([](int value) { return value + 1; }, 4), 5);
  int offset = 9;
  const auto add = [&offset](int value) { return value + offset; };
  ++offset;
  EXPECT_EQ(Apply(add, 4), 14) << "a const callable is callable";
}

TEST(Task3FunctionRef, ItRefersAndDoesNotCopy) {
  Counter counter;
  EXPECT_EQ(Apply(counter, 2), 2);
  EXPECT_EQ(Apply(counter, 3), 5);
  EXPECT_EQ(counter.total, 5) << "the callable itself must have been called";
}

TEST(Task3FunctionRef, CopiesCallTheSameObject) {
  Counter counter;
  const FunctionRef<int(int)> first = counter;
  const FunctionRef<int(int)> second = first;
  first(1);
  second(1);
  EXPECT_EQ(counter.total, 2);
}

TEST(Task3FunctionRef, AnAssignedOneRefersToTheNewCallable) {
  Counter one;
  Counter two;
  FunctionRef<int(int)> current = one;
  current(1);
  current = FunctionRef<int(int)>(two);
  current(5);
  EXPECT_EQ(one.total, 1);
  EXPECT_EQ(two.total, 5);
}

TEST(Task3FunctionRef, TwoReferencesDoNotMix) {
  Counter one;
  Counter two;
  const FunctionRef<int(int)> first = one;
  const FunctionRef<int(int)> second = two;
  first(1);
  second(2);
  EXPECT_EQ(one.total, 1) << "each reference has its own callable";
  EXPECT_EQ(two.total, 2);
}

TEST(Task3FunctionRef, APointerToAFunctionMayBeATemporary) {
  int (*pointer)(int) = Twice;
  const FunctionRef<int(int)> function = pointer;
  pointer = Thrice;
  EXPECT_EQ(pointer(3), 9);
  EXPECT_EQ(function(3), 6) << "it refers to the function, not to the pointer";
}

TEST(Task3FunctionRef, PassesArgumentsOnAsTheSignatureSays) {
  const auto append = [](std::string& text, std::unique_ptr<int> number) {
    text += std::to_string(*number);
  };
  const FunctionRef<void(std::string&, std::unique_ptr<int>)> function = append;
  std::string text = "n=";
  function(text, std::make_unique<int>(3));
  EXPECT_EQ(text, "n=3") << "a reference stays one, a move-only value is moved";
}

// Counts its moves.
struct Tracked {
  explicit Tracked(int* count) : moves(count) {}
  Tracked(const Tracked&) = delete;
  Tracked& operator=(const Tracked&) = delete;
  Tracked(Tracked&& other) noexcept : moves(other.moves) { ++*moves; }
  int* moves;
};

TEST(Task3FunctionRef, AValueIsMovedOnceMoreThanByADirectCall) {
  int direct = 0;
  int indirect = 0;
  const auto take = [](Tracked) {};
  Tracked first(&direct);
  take(std::move(first));
  const FunctionRef<void(Tracked)> reference = take;
  Tracked second(&indirect);
  reference(std::move(second));
  EXPECT_EQ(indirect, direct + 1) << "pass it on by reference inside";
}

TEST(Task3FunctionRef, AResultThatNoOneWantsIsDropped) {
  int calls = 0;
  const auto count = [&calls] { return ++calls; };
  const FunctionRef<void()> reference = count;
  reference();
  EXPECT_EQ(calls, 1);
  const FunctionRef<void(int)> function = Twice;
  function(4);
}

TEST(Task3FunctionRef, ReturnsReferencesAndConverts) {
  std::vector<int> values = {1, 2, 3};
  const auto element = [&values](std::size_t i) -> int& { return values[i]; };
  const FunctionRef<int&(std::size_t)> function = element;
  function(1) = 20;
  EXPECT_EQ(values[1], 20);
  const auto truth = [] { return 1; };
  EXPECT_EQ(FunctionRef<long()>(truth)(), 1L);
}

TEST(Task3FunctionRef, ExceptionsPassThrough) {
  const auto fail = [](int) -> int { throw std::runtime_error("from inside"); };
  EXPECT_THROW(Apply(fail, 1), std::runtime_error);
}

TEST(Task3FunctionRef, NoCallableIsTooLargeToReferToWithoutAllocating) {
  std::array<int, 1000> table{};
  table[999] = 7;
  const auto large = [table](int i) {
    return table[static_cast<std::size_t>(i)];
  };
  const AllocationScope scope;
  int sum = 0;
  for (int i = 0; i < 100; ++i) sum += Apply(large, 999);
  EXPECT_EQ(sum, 700);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task3FunctionRef, ItIsTwoWordsThatCopyLikeWords) {
  using Function = FunctionRef<int(int)>;
  EXPECT_EQ(sizeof(Function), 2 * sizeof(void*))
      << "one for the callable, one for how to call it";
  EXPECT_TRUE(std::is_trivially_copyable_v<Function>)
      << "passing it must be passing two registers: nothing to copy or destroy";
  RecordProperty("size_bytes", static_cast<int>(sizeof(Function)));
  RecordProperty("std_function_bytes",
                 static_cast<int>(sizeof(std::function<int(int)>)));
  EXPECT_TRUE((std::is_nothrow_constructible_v<Function, Counter&>));
  EXPECT_FALSE(std::is_default_constructible_v<Function>)
      << "there is always something to call";
  EXPECT_FALSE((std::is_constructible_v<Function, std::string>))
      << "what can't be called is refused when it is compiled";
}

}  // namespace
}  // namespace workbook
