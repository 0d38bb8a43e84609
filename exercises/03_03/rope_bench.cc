// SPDX-License-Identifier: Apache-2.0

// Two texts of a mebibyte and of 4 KiB concatenated, and a text that grows
// letter by letter: where ropes win, and where they lose.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "03_03/rope.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/cord.h>
#endif

namespace workbook {
namespace {

constexpr int kLetters = 4096;

// Each text is made once, joined in a function of its own, and read in the end.
template <class T>
T Made(const std::string& text) {
  return T(text);
}
template <>
Rope Made<Rope>(const std::string& text) {
  return Rope(SharedString(text));
}
[[gnu::noinline]] std::string Both(const std::string& a, const std::string& b) {
  return a + b;
}
[[gnu::noinline]] Rope Both(const Rope& a, const Rope& b) {
  return Concat(a, b);
}
[[gnu::noinline]] void AddLetter(std::string& text, char letter) {
  text += letter;
}
[[gnu::noinline]] void AddLetter(Rope& text, char letter) {
  text = Concat(text, Rope(SharedString(std::string_view(&letter, 1))));
}
std::string Flat(const std::string& text) { return text; }
std::string Flat(const Rope& text) { return text.Flat(); }
#ifdef WORKBOOK_HAS_ABSEIL_CPP
[[gnu::noinline]] absl::Cord Both(const absl::Cord& a, const absl::Cord& b) {
  absl::Cord both = a;
  both.Append(b);
  return both;
}
[[gnu::noinline]] void AddLetter(absl::Cord& text, char letter) {
  text.Append(absl::string_view(&letter, 1));
}
std::string Flat(const absl::Cord& text) { return std::string(text); }
#endif

// An operation is one concatenation of two texts that stay.
template <class T>
void Concatenate(benchmark::State& state, const std::string& name,
                 std::size_t size_bytes) {
  T left = Made<T>(std::string(size_bytes, 'l'));
  const T right = Made<T>(std::string(size_bytes, 'r'));
  Digest digest;
  digest.Add(Flat(Both(left, right)));
  if (!RequireSameDigest(state, name, digest)) return;
  for (auto _ : state) {
    Keep(left);
    const T both = Both(left, right);
    Keep(both);
  }
  state.SetItemsProcessed(state.iterations());
}

template <class T>
T Grown() {
  T text;
  for (int i = 0; i < kLetters; ++i) {
    AddLetter(text, static_cast<char>('a' + i % 26));
  }
  return text;
}

// An operation is one letter more, of 4,096 in a text that began empty.
template <class T>
void Grow(benchmark::State& state, const std::string& name) {
  Digest digest;
  digest.Add(Flat(Grown<T>()));
  if (!RequireSameDigest(state, name, digest)) return;
  for (auto _ : state) {
    const T text = Grown<T>();
    Keep(text);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kLetters});
}

void AddConcat(const std::string& name, std::size_t size_bytes) {
  const auto add = [&](Role role, const char* implementation, auto function) {
    AddRow(name, role, implementation,
           [name, size_bytes, function](benchmark::State& state) {
             function(state, name, size_bytes);
           })
        ->CountedIterations(8);
  };
  add(Role::kBaseline, "std::string", Concatenate<std::string>);
  add(Role::kSubject, "Rope", Concatenate<Rope>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  add(Role::kPeer, "absl::Cord", Concatenate<absl::Cord>);
#else
  AddGap(name, "absl::Cord", "libabsl-dev");
#endif
}

void AddGrow(const std::string& name) {
  const auto add = [&](Role role, const char* implementation, auto function) {
    AddRow(name, role, implementation,
           [name, function](benchmark::State& state) { function(state, name); })
        ->CountedIterations(4);
  };
  add(Role::kBaseline, "std::string", Grow<std::string>);
  add(Role::kSubject, "Rope", Grow<Rope>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  add(Role::kPeer, "absl::Cord", Grow<absl::Cord>);
#else
  AddGap(name, "absl::Cord", "libabsl-dev");
#endif
}

const RegisterRows registration([] {
  AddConcat("rope/concat_1_mib", std::size_t{1} << 20);
  AddConcat("rope/concat_4_kib", std::size_t{4} << 10);
  AddGrow("rope/add_letters");
});

}  // namespace
}  // namespace workbook
