// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "02_02/vector_patterns.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/inlined_vector.h>
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/small_vector.hpp>
#endif

namespace workbook {
namespace {

constexpr std::size_t kElements = 1000;

// Squares of 1 to a thousand; an item is one append.
template <typename Make>
void Append(benchmark::State& state, Make make) {
  Require(state, make(kElements).back() == kElements * kElements,
          "the last square is wrong");
  std::size_t count = kElements;
  for (auto _ : state) {
    Keep(count);
    const auto squares = make(count);
    Keep(squares.data());
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kElements});
}

template <typename Vector, bool kReserve>
Vector PushBack(std::size_t count) {
  Vector squares;
  if constexpr (kReserve) squares.reserve(count);
  for (std::uint64_t i = 1; i <= count; ++i) squares.push_back(i * i);
  return squares;
}

void AddAppendRow(Role role, const char* name, auto make) {
  AddRow("vector_patterns/append", role, name,
         [make](benchmark::State& state) { Append(state, make); });
}

// A block of 64 numbers is filled, and one more is appended; an item is all of
// that. With room for it, or without: the difference is one reallocation.
constexpr char kOneMore[] = "vector_patterns/one_more";
constexpr std::uint64_t kFull = 64;

void OneMore(benchmark::State& state, std::size_t room) {
  std::uint64_t first = 0;
  for (auto _ : state) {
    ++first;
    std::vector<std::uint64_t> numbers;
    numbers.reserve(room);
    for (std::uint64_t i = 0; i < kFull; ++i) numbers.push_back(first + i);
    numbers.push_back(first);
    if (numbers.size() != kFull + 1) state.SkipWithError("a number is lost");
    Keep(numbers.data());
  }
  state.SetItemsProcessed(state.iterations());
}

// The even ones of a thousand numbers; an item is one call.
template <typename Fill>
void Even(benchmark::State& state, Fill fill) {
  std::vector<int> values(kElements);
  std::iota(values.begin(), values.end(), 0);
  std::vector<int> result;
  fill(values, result);
  Require(state, result.size() == kElements / 2, "not half are even");
  for (auto _ : state) {
    ++values[static_cast<std::size_t>(values[0]) % kElements];
    fill(values, result);
    Keep(result.data());
  }
  state.SetItemsProcessed(state.iterations());
}

// A product of two matrices of 64 by 64; an item is one product.
constexpr std::size_t kSide = 64;

void NestedProduct(benchmark::State& state) {
  using Nested = std::vector<std::vector<double>>;
  Nested left(kSide, std::vector<double>(kSide, 1.0));
  const Nested right(kSide, std::vector<double>(kSide, 2.0));
  for (auto _ : state) {
    left[0][0] += 1;
    Nested product(kSide, std::vector<double>(kSide));
    for (std::size_t i = 0; i < kSide; ++i) {
      for (std::size_t j = 0; j < kSide; ++j) {
        for (std::size_t k = 0; k < kSide; ++k) {
          product[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    if (product[1][1] != 2.0 * kSide) state.SkipWithError("wrong product");
    Keep(product.data());
  }
  state.SetItemsProcessed(state.iterations());
}

void FlatProduct(benchmark::State& state) {
  Matrix left(kSide, kSide);
  Matrix right(kSide, kSide);
  for (std::size_t i = 0; i < kSide; ++i) {
    for (double& element : left.Row(i)) element = 1.0;
    for (double& element : right.Row(i)) element = 2.0;
  }
  for (auto _ : state) {
    left.Row(0)[0] += 1;
    const Matrix product = left.Times(right);
    if (product.Row(1)[1] != 2.0 * kSide) state.SkipWithError("wrong product");
    Keep(product.Row(0).data());
  }
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  AddAppendRow(Role::kBaseline, "vector, growing",
               PushBack<std::vector<std::uint64_t>, false>);
  AddAppendRow(Role::kSubject, "Squares", Squares);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddAppendRow(Role::kPeer, "absl::InlinedVector, reserved",
               PushBack<absl::InlinedVector<std::uint64_t, 8>, true>);
#else
  AddGap("vector_patterns/append", "absl::InlinedVector, reserved",
         "libabsl-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  AddAppendRow(
      Role::kPeer, "boost::container::small_vector, reserved",
      PushBack<boost::container::small_vector<std::uint64_t, 8>, true>);
#else
  AddGap("vector_patterns/append", "boost::container::small_vector, reserved",
         "libboost1.81-dev");
#endif
  AddRow(kOneMore, Role::kBaseline, "a full block",
         [](benchmark::State& state) { OneMore(state, kFull); });
  AddRow(kOneMore, Role::kSubject, "Squares", [](benchmark::State& state) {
    std::size_t count = kFull + 1;
    for (auto _ : state) {
      Keep(count);
      const std::vector<std::uint64_t> squares = Squares(count);
      if (squares.size() != count) state.SkipWithError("a number is lost");
      Keep(squares.data());
    }
    state.SetItemsProcessed(state.iterations());
  });
  AddRow(kOneMore, Role::kPeer, "room for one more",
         [](benchmark::State& state) { OneMore(state, kFull + 1); });
  AddRow("vector_patterns/even", Role::kBaseline, "a new vector",
         [](benchmark::State& state) {
           Even(state, [](const auto& values, std::vector<int>& result) {
             std::vector<int> even;
             for (const int value : values) {
               if (value % 2 == 0) even.push_back(value);
             }
             result = std::move(even);
           });
         });
  AddRow("vector_patterns/even", Role::kSubject, "EvenInto",
         [](benchmark::State& state) { Even(state, EvenInto); });
  AddRow("vector_patterns/product", Role::kBaseline, "vector of vectors",
         NestedProduct);
  AddRow("vector_patterns/product", Role::kSubject, "Matrix", FlatProduct);
});

}  // namespace
}  // namespace workbook
