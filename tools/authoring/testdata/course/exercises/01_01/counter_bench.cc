#include <benchmark/benchmark.h>

#include "01_01/counter.h"
#include "tools/bench/rows.h"

namespace workbook {
namespace {

template <typename Next>
void Count(benchmark::State& state, Next next) {
  for (auto _ : state) benchmark::DoNotOptimize(next());
}

const RegisterRows registration([] {
  AddRow("counter/next", Role::kBaseline, "memory",
         [](benchmark::State& state) {
           int last = 0;
           Count(state, [&] {
             benchmark::DoNotOptimize(&last);
             return ++last;
           });
         });
  AddRow("counter/next", Role::kSubject, "Counter",
         [](benchmark::State& state) {
           Counter counter;
           Count(state, [&] { return counter.Next(); });
         });
  AddRow("counter/next", Role::kPeer, "int", [](benchmark::State& state) {
    int last = 0;
    Count(state, [&] { return ++last; });
  });
});

}  // namespace
}  // namespace workbook
