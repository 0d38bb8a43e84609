// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <functional>
#include <utility>

#include "02_01/inline_function.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/functional/any_invocable.h>
#endif

namespace workbook {
namespace {

// An item is a callable of 32 bytes: made, moved, called and destroyed.
template <class Function>
void MakeMoveCall(benchmark::State& state) {
  std::array<std::int64_t, 4> values = {1, 2, 3, 4};
  std::int64_t sum = 0;
  for (auto _ : state) {
    ++values[0];
    Function made = [values] { return values[0] + values[3]; };
    Keep(made);
    Function moved = std::move(made);
    Keep(moved);
    sum += moved();
  }
  Require(state, sum > 0, "nothing was called");
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  constexpr char kCase[] = "inline_function/make_move_call";
  using Signature = std::int64_t();
  AddRow(kCase, Role::kBaseline, "std::function",
         MakeMoveCall<std::function<Signature>>);
  AddRow(kCase, Role::kSubject, "InlineFunction",
         MakeMoveCall<InlineFunction<32, std::int64_t>>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kCase, Role::kPeer, "absl::AnyInvocable",
         MakeMoveCall<absl::AnyInvocable<Signature>>);
#else
  AddGap(kCase, "absl::AnyInvocable", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
