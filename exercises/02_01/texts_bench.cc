// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "02_01/texts.h"
#include "exercises/02_01/before/texts.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/str_cat.h>
#endif
#ifdef WORKBOOK_HAS_FMT
#include <fmt/format.h>
#endif

namespace workbook {
namespace {

constexpr std::array<std::string_view, 4> kNames = {
    "Wilhelmina Murray Harker", "Jonathan", "Abraham Van Helsing", "Quincey"};

// An item is one greeting, for another name than the one before.
template <class Function>
void Greet(benchmark::State& state, Function greet) {
  Require(state, greet("Ada", "London") == "Dear Ada, welcome to London!",
          "a wrong greeting");
  std::size_t next = 0;
  for (auto _ : state) {
    next = (next + 1) % kNames.size();
    const std::string text = greet(kNames[next], kNames[3 - next]);
    Keep(text.data());
  }
  state.SetItemsProcessed(state.iterations());
}

// An item is one key, of an id that is one larger each time.
template <class Function>
void MakeKeys(benchmark::State& state, Function key_of) {
  Require(state, key_of(42).ends_with("42"), "a wrong key");
  std::uint32_t id = 4'000'000'000u;
  for (auto _ : state) {
    const std::string key = key_of(++id);
    Keep(key.data());
  }
  state.SetItemsProcessed(state.iterations());
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
__attribute__((noinline)) std::string GreetByStrCat(std::string_view name,
                                                    std::string_view place) {
  return absl::StrCat("Dear ", absl::string_view(name.data(), name.size()),
                      ", welcome to ",
                      absl::string_view(place.data(), place.size()), "!");
}

__attribute__((noinline)) std::string KeyByStrCat(std::uint32_t id) {
  return absl::StrCat("u", id);
}
#endif
#ifdef WORKBOOK_HAS_FMT
__attribute__((noinline)) std::string GreetByFormat(std::string_view name,
                                                    std::string_view place) {
  return fmt::format("Dear {}, welcome to {}!", name, place);
}

__attribute__((noinline)) std::string KeyByFormat(std::uint32_t id) {
  return fmt::format("u{}", id);
}
#endif

const RegisterRows registration([] {
  constexpr char kGreeting[] = "texts/greeting";
  constexpr char kKey[] = "texts/key";
  AddRow(kGreeting, Role::kBaseline, "before",
         [](benchmark::State& state) { Greet(state, before::Greeting); });
  AddRow(kGreeting, Role::kSubject, "Greeting",
         [](benchmark::State& state) { Greet(state, Greeting); });
  AddRow(kKey, Role::kBaseline, "before",
         [](benchmark::State& state) { MakeKeys(state, before::KeyOf); });
  AddRow(kKey, Role::kSubject, "KeyOf",
         [](benchmark::State& state) { MakeKeys(state, KeyOf); });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow(kGreeting, Role::kPeer, "absl::StrCat",
         [](benchmark::State& state) { Greet(state, GreetByStrCat); });
  AddRow(kKey, Role::kPeer, "absl::StrCat",
         [](benchmark::State& state) { MakeKeys(state, KeyByStrCat); });
#else
  AddGap(kGreeting, "absl::StrCat", "libabsl-dev");
  AddGap(kKey, "absl::StrCat", "libabsl-dev");
#endif
#ifdef WORKBOOK_HAS_FMT
  AddRow(kGreeting, Role::kPeer, "fmt::format",
         [](benchmark::State& state) { Greet(state, GreetByFormat); });
  AddRow(kKey, Role::kPeer, "fmt::format",
         [](benchmark::State& state) { MakeKeys(state, KeyByFormat); });
#else
  AddGap(kGreeting, "fmt::format", "libfmt-dev");
  AddGap(kKey, "fmt::format", "libfmt-dev");
#endif
});

}  // namespace
}  // namespace workbook
