// SPDX-License-Identifier: Apache-2.0

// Copies of texts of 100 bytes and of 4 KiB, and parts of one of 4 KiB.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "03_03/shared_string.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/cord.h>
#endif

namespace workbook {
namespace {

constexpr char kPartCase[] = "shared_string/part_1000";
constexpr std::size_t kTexts = 512;
constexpr std::size_t kPartBytes = 1000;

using Pointer = std::shared_ptr<const std::string>;

std::string Text(std::size_t number, std::size_t size_bytes) {
  return std::string(size_bytes, static_cast<char>('a' + number % 26));
}

// How each kind of text is made, and what it shows.
template <class T>
T Made(const std::string& text) {
  return T(text);
}
template <>
Pointer Made<Pointer>(const std::string& text) {
  return std::make_shared<const std::string>(text);
}
std::string Shown(const std::string& text) { return text; }
std::string Shown(const SharedString& text) { return std::string(text.view()); }
std::string Shown(const Pointer& text) { return *text; }

// The part of 1,000 bytes from `offset` on.
std::string PartOf(const std::string& text, std::size_t offset) {
  return text.substr(offset, kPartBytes);
}
SharedString PartOf(const SharedString& text, std::size_t offset) {
  return text.Substring(offset, kPartBytes);
}
#ifdef WORKBOOK_HAS_ABSEIL_CPP
std::string Shown(const absl::Cord& text) { return std::string(text); }
absl::Cord PartOf(const absl::Cord& text, std::size_t offset) {
  return text.Subcord(offset, kPartBytes);
}
#endif

template <class T>
[[gnu::noinline]] void CopyAndDrop(const T& text) {
  const T copy = text;
  Keep(copy);
}
template <class T>
[[gnu::noinline]] void TakePartAndDrop(const T& text, std::size_t offset) {
  const T part = PartOf(text, offset);
  Keep(part);
}

// An operation makes one copy of one of 512 texts, and drops it.
template <class T>
void Copy(benchmark::State& state, const std::string& name,
          std::size_t size_bytes) {
  std::vector<T> texts;
  std::vector<const T*> pointers;
  texts.reserve(kTexts);
  Digest digest;
  for (std::size_t i = 0; i < kTexts; ++i) {
    texts.push_back(Made<T>(Text(i, size_bytes)));
    pointers.push_back(&texts.back());
    digest.Add(Shown(T(texts.back())));
  }
  if (!RequireSameDigest(state, name, digest)) return;
  InputOrders<const T*> orders(pointers, 303);
  for (auto _ : state) {
    for (const T* const text : orders.Next()) CopyAndDrop(*text);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kTexts));
}

// An operation takes one part of one text of 4 KiB, and drops it.
template <class T>
void Part(benchmark::State& state) {
  const T text = Made<T>(Text(0, 2048) + Text(1, 2048));
  std::vector<std::size_t> offsets;
  Digest digest;
  for (std::size_t i = 0; i < kTexts; ++i) {
    offsets.push_back(i * 6);
    digest.Add(Shown(PartOf(text, offsets.back())));
  }
  if (!RequireSameDigest(state, kPartCase, digest)) return;
  InputOrders<std::size_t> orders(offsets, 303);
  for (auto _ : state) {
    for (const std::size_t offset : orders.Next()) {
      TakePartAndDrop(text, offset);
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kTexts));
}

template <class T>
void AddCopy(Role role, const char* implementation) {
  const auto add = [&](const char* name, std::size_t size_bytes) {
    AddRow(name, role, implementation,
           [name, size_bytes](benchmark::State& state) {
             Copy<T>(state, name, size_bytes);
           });
  };
  add("shared_string/copy_100", 100);
  add("shared_string/copy_4_kib", 4096);
}

const RegisterRows registration([] {
  AddCopy<std::string>(Role::kBaseline, "std::string");
  AddCopy<SharedString>(Role::kSubject, "SharedString");
  AddCopy<Pointer>(Role::kPeer, "std::shared_ptr");
  AddRow(kPartCase, Role::kBaseline, "std::string", Part<std::string>);
  AddRow(kPartCase, Role::kSubject, "SharedString", Part<SharedString>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddCopy<absl::Cord>(Role::kPeer, "absl::Cord");
  AddRow(kPartCase, Role::kPeer, "absl::Cord", Part<absl::Cord>);
#else
  AddGap("shared_string/copy_100", "absl::Cord", "libabsl-dev");
  AddGap("shared_string/copy_4_kib", "absl::Cord", "libabsl-dev");
  AddGap(kPartCase, "absl::Cord", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
