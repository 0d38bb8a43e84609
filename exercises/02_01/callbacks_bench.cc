// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "02_01/callbacks.h"
#include "exercises/02_01/before/callbacks.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/functional/function_ref.h>
#endif

namespace workbook {
namespace {

constexpr int kLines = 100;

std::string Text() {
  std::string text;
  for (int i = 0; i < kLines; ++i) {
    text += std::string(20 + static_cast<std::size_t>(i * 7 % 40), 'x') + '\n';
  }
  return text;
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
__attribute__((noinline)) void VisitByFunctionRef(
    std::string_view text, absl::FunctionRef<void(std::string_view)> visit) {
  const char* from = text.data();
  for (const char* const last = from + text.size(); from != last;) {
    const char* const to = std::find(from, last, '\n');
    visit({from, static_cast<std::size_t>(to - from)});
    from = to == last ? to : to + 1;
  }
}
#endif

// An item is one line.
template <class Function>
void Visit(benchmark::State& state, Function for_each) {
  std::string text = Text();
  std::size_t letters = 0;
  int lines = 0;
  for_each(text, [&lines](std::string_view) { ++lines; });
  Require(state, lines == kLines, "not each line was visited");
  for (auto _ : state) {
    for_each(text, [&letters, &lines, &text](std::string_view line) {
      letters += line.size();
      lines += !text.empty();
    });
    Keep(letters);
  }
  state.SetItemsProcessed(state.iterations() * kLines);
}

const RegisterRows registration([] {
  constexpr char kCase[] = "callbacks/for_each_line";
  AddRow(kCase, Role::kBaseline, "before", [](benchmark::State& state) {
    Visit(state, [](std::string_view text, const auto& visit) {
      before::ForEachLine(text, visit);
    });
  });
  AddRow(kCase, Role::kSubject, "ForEachLine", [](benchmark::State& state) {
    Visit(state, [](std::string_view text, const auto& visit) {
      ForEachLine(text, visit);
    });
  });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kCase, Role::kPeer, "absl::FunctionRef", [](benchmark::State& state) {
    Visit(state, [](std::string_view text, const auto& visit) {
      VisitByFunctionRef(text, visit);
    });
  });
#else
  AddGap(kCase, "absl::FunctionRef", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
