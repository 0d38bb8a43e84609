// SPDX-License-Identifier: Apache-2.0

// Copies of texts of 20 bytes: too long for the 15 that std::string has inside.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "03_03/small_string.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_CONTAINER
#include <boost/container/string.hpp>
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "small_string/copy_20";
constexpr std::size_t kTexts = 512;

std::string_view Shown(const SmallString& text) { return text.view(); }
template <class T>
std::string_view Shown(const T& text) {
  return {text.data(), text.size()};
}

template <class T>
[[gnu::noinline]] void CopyAndDrop(const T& text) {
  const T copy(text);
  Keep(copy);
}

// An operation makes one copy of one of 512 texts, and drops it.
template <class T>
void Copy(benchmark::State& state) {
  std::vector<T> texts;
  std::vector<const T*> pointers;
  texts.reserve(kTexts);
  Digest digest;
  for (std::size_t i = 0; i < kTexts; ++i) {
    const std::string text(20, static_cast<char>('a' + i % 26));
    texts.emplace_back(text.c_str());
    pointers.push_back(&texts.back());
    digest.Add(Shown(texts.back()));
  }
  if (!RequireSameDigest(state, kCase, digest)) return;
  state.counters["sizeof"] = sizeof(T);
  InputOrders<const T*> orders(pointers, 303);
  for (auto _ : state) {
    for (const T* const text : orders.Next()) CopyAndDrop(*text);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kTexts));
}

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "std::string", Copy<std::string>);
  AddRow(kCase, Role::kSubject, "SmallString", Copy<SmallString>);
#ifdef WORKBOOK_HAS_BOOST_CONTAINER
  AddRow(kCase, Role::kPeer, "boost::container::string",
         Copy<boost::container::string>);
#else
  AddGap(kCase, "boost::container::string", "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
