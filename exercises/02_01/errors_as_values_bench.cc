// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "02_01/errors_as_values.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::array<std::string_view, 4> kRefused = {"http", "70000", "",
                                                      "8o"};

// As a colleague writes it: the error is thrown, and says what was wrong.
__attribute__((noinline)) std::uint16_t PortOrThrow(std::string_view text) {
  unsigned long port = std::stoul(std::string(text));
  if (port == 0 || port > 65535) {
    throw std::out_of_range("no port: " + std::string(text));
  }
  return static_cast<std::uint16_t>(port);
}

// An item is one text that is no port; the texts take turns.
void ByException(benchmark::State& state) {
  std::size_t next = 0;
  int refused = 0;
  for (auto _ : state) {
    next = (next + 1) % 3;  // std::stoul takes "8o" for 8
    try {
      Keep(PortOrThrow(kRefused[next]));
    } catch (const std::logic_error& error) {
      ++refused;
    }
  }
  Require(state, refused > 0, "nothing was refused");
  state.SetItemsProcessed(state.iterations());
}

void ByValue(benchmark::State& state) {
  std::size_t next = 0;
  int refused = 0;
  for (auto _ : state) {
    next = (next + 1) % 3;
    const Result<std::uint16_t> port = ParsePort(kRefused[next]);
    if (!port.ok()) ++refused;
    Keep(port);
  }
  Require(state, refused > 0, "nothing was refused");
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  constexpr char kCase[] = "errors_as_values/refused";
  AddRow(kCase, Role::kBaseline, "exception", ByException);
  AddRow(kCase, Role::kSubject, "ParsePort", ByValue);
});

}  // namespace
}  // namespace workbook
