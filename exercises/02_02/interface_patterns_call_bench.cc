// SPDX-License-Identifier: Apache-2.0

// What a call costs, and nothing else: the values are there already.
#include <benchmark/benchmark.h>

#include <any>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>
#include <variant>
#include <vector>

#include "02_02/function_ref.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"

namespace workbook {
namespace {

constexpr std::int64_t kValues = 256;

constexpr char kCall[] = "interface_patterns/call";

// Two kinds of the same work: half of the values add, half of them exclude.
struct Adder {
  std::uint64_t operator()(std::uint64_t i) const { return by + i; }
  std::uint64_t by;
};
struct Mixer {
  std::uint64_t operator()(std::uint64_t i) const { return by ^ i; }
  std::uint64_t by;
};
struct Work {
  Work() = default;
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  virtual ~Work() = default;
  virtual std::uint64_t Do(std::uint64_t i) const = 0;
};
template <typename Callable>
struct WorkOf : Work {
  explicit WorkOf(Callable value) : callable(value) {}
  std::uint64_t Do(std::uint64_t i) const override { return callable(i); }
  Callable callable;
};

// Calls 256 values of two kinds that are there already, in fresh orders; an
// item is one call and nothing else.
template <typename Held, typename Call>
void CallValues(benchmark::State& state, auto hold, Call call) {
  std::vector<Adder> adders;
  std::vector<Mixer> mixers;
  adders.reserve(kValues);
  mixers.reserve(kValues);
  for (std::uint64_t i = 0; i < kValues; ++i) {
    adders.push_back({i});
    mixers.push_back({i});
  }
  std::vector<Held> values;
  values.reserve(kValues);
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < kValues; ++i) {
    values.push_back(i % 2 == 0 ? hold(adders[i]) : hold(mixers[i]));
    expected += i % 2 == 0 ? adders[i](7) : mixers[i](7);
  }
  std::vector<std::uint16_t> places(kValues);
  std::iota(places.begin(), places.end(), std::uint16_t{0});
  InputOrders<std::uint16_t> orders(std::move(places), 9);
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (const std::uint16_t place : orders.Next()) {
      sum += call(values[place], std::uint64_t{7});
    }
    if (sum != expected) state.SkipWithError("a wrong sum");
  }
  state.SetItemsProcessed(state.iterations() * kValues);
}

const RegisterRows registration([] {
  using Signature = std::uint64_t(std::uint64_t);
  const auto direct = [](const auto& value, std::uint64_t i) {
    return value(i);
  };
  AddRow(kCall, Role::kBaseline, "virtual", [](benchmark::State& state) {
    CallValues<std::unique_ptr<Work>>(
        state,
        [](auto one) -> std::unique_ptr<Work> {
          return std::make_unique<WorkOf<decltype(one)>>(one);
        },
        [](const auto& value, std::uint64_t i) { return value->Do(i); });
  });
  AddRow(kCall, Role::kSubject, "FunctionRef",
         [direct](benchmark::State& state) {
           CallValues<FunctionRef<Signature>>(
               state, [](auto& one) { return FunctionRef<Signature>(one); },
               direct);
         });
  AddRow(kCall, Role::kPeer, "std::function",
         [direct](benchmark::State& state) {
           CallValues<std::function<Signature>>(
               state, [](auto one) { return std::function<Signature>(one); },
               direct);
         });
  AddRow(kCall, Role::kPeer, "std::variant, std::visit",
         [](benchmark::State& state) {
           using Either = std::variant<Adder, Mixer>;
           CallValues<Either>(
               state, [](auto one) { return Either(one); },
               [](const Either& value, std::uint64_t i) {
                 return std::visit([i](const auto& one) { return one(i); },
                                   value);
               });
         });
  AddRow(kCall, Role::kPeer, "std::any, std::any_cast",
         [](benchmark::State& state) {
           CallValues<std::any>(
               state, [](auto one) { return std::any(one); },
               [](const std::any& value, std::uint64_t i) {
                 const Adder* const adder = std::any_cast<Adder>(&value);
                 return adder != nullptr ? (*adder)(i)
                                         : (*std::any_cast<Mixer>(&value))(i);
               });
         });
});

}  // namespace
}  // namespace workbook
