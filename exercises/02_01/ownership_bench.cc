// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <string>

#include "02_01/ownership.h"
#include "exercises/02_01/before/ownership.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr int kNodes = 100;

// An item is one node: made, found at its depth, and freed.
template <class AnyOutline>
void BuildChain(benchmark::State& state) {
  for (auto _ : state) {
    AnyOutline outline;
    auto* node = outline.root();
    for (int i = 0; i < kNodes; ++i) node = outline.Add(node, "short");
    if (!Require(state, AnyOutline::DepthOf(node) == kNodes, "a lost node")) {
      return;
    }
  }
  state.SetItemsProcessed(state.iterations() * kNodes);
}

// An item is one look-up among eight documents, each in turn.
template <class AnyLibrary>
void FindDocuments(benchmark::State& state) {
  AnyLibrary library;
  std::array<std::string, 8> titles;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    titles[i] = "the title of document number " + std::to_string(i);
    library.Add(titles[i], std::string(200, 't'));
  }
  Require(state, static_cast<bool>(library.Find(titles[7])), "not found");
  std::size_t next = 0;
  for (auto _ : state) {
    next = (next + 5) % titles.size();
    const auto found = library.Find(titles[next]);
    Keep(found);
  }
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  AddRow("ownership/outline", Role::kBaseline, "before",
         BuildChain<before::Outline>);
  AddRow("ownership/outline", Role::kSubject, "Outline", BuildChain<Outline>);
  AddRow("ownership/find", Role::kBaseline, "before",
         FindDocuments<before::Library>);
  AddRow("ownership/find", Role::kSubject, "Library", FindDocuments<Library>);
});

}  // namespace
}  // namespace workbook
