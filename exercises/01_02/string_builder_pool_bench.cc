// SPDX-License-Identifier: Apache-2.0

// StringBuilderPool: a short line and a longer record, by several means.
#include <benchmark/benchmark.h>
#include <fmt/compile.h>
#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "01_02/string_builder_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::string_view kHosts[] = {"db-1", "db-2", "web-frontend",
                                       "cache.internal"};

// What the texts are made of: other numbers in each iteration.
struct Event {
  explicit Event(std::uint32_t number)
      : id(number * 2654435761u),
        milliseconds(static_cast<int>(id >> 20) - 100),
        host(kHosts[number % 4]) {}

  std::uint32_t id;
  int milliseconds;
  std::string_view host;
};

// The ways to write: Line() appends one event.
void Line(std::string& out, const Event& event) {
  out += "{\"id\":";
  out += std::to_string(event.id);
  out += ",\"host\":\"";
  out += event.host;
  out += "\",\"ms\":";
  out += std::to_string(event.milliseconds);
  out += "},";
}

void Line(std::ostringstream& out, const Event& event) {
  out << "{\"id\":" << event.id << ",\"host\":\"" << event.host
      << "\",\"ms\":" << event.milliseconds << "},";
}

void Line(fmt::memory_buffer& out, const Event& event) {
  // Compiled: four times as fast as the same format parsed at run time.
  fmt::format_to(std::back_inserter(out),
                 FMT_COMPILE("{{\"id\":{},\"host\":\"{}\",\"ms\":{}}},"),
                 event.id, event.host, event.milliseconds);
}

// A std::string by the means that the builder has: digits by to_chars.
struct CharsString {
  void Number(auto number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof(digits), number).ptr;
    text.append(digits, end);
  }
  void clear() { text.clear(); }
  std::string text;
};

void Line(CharsString& out, const Event& event) {
  out.text += "{\"id\":";
  out.Number(event.id);
  out.text += ",\"host\":\"";
  out.text += event.host;
  out.text += "\",\"ms\":";
  out.Number(event.milliseconds);
  out.text += "},";
}

void Line(StringBuilder& out, const Event& event) {
  out.Append("{\"id\":").AppendNumber(event.id);
  out.Append(",\"host\":\"").Append(event.host);
  out.Append("\",\"ms\":").AppendNumber(event.milliseconds).Append("},");
}

std::string_view View(const std::string& text) { return text; }
std::string_view View(const std::ostringstream& out) { return out.view(); }
std::string_view View(const fmt::memory_buffer& out) {
  return {out.data(), out.size()};
}
std::string_view View(const CharsString& out) { return out.text; }
std::string_view View(const StringBuilder& out) { return out.view(); }

template <class Out>
void Write(Out& out, std::uint32_t number, std::uint32_t lines) {
  for (std::uint32_t i = 0; i < lines; ++i) Line(out, Event(number + i));
  const char* const data = View(out).data();
  Keep(data);
  benchmark::ClobberMemory();
}

// `write(number, check)` writes one text; `check`, if any, gets its view.
template <typename WriteText>
void Texts(benchmark::State& state, const std::string& key, WriteText write) {
  Digest digest;
  for (std::uint32_t number = 0; number < 100; ++number) {
    write(number, [&](std::string_view text) { digest.Add(text); });
  }
  RequireSameDigest(state, key, digest);
  std::uint32_t number = 0;
  for (auto _ : state) write(number++, [](std::string_view) {});
  state.SetItemsProcessed(state.iterations());
}

// A fresh Out for each text.
template <class Out>
void Fresh(benchmark::State& state, const std::string& key,
           std::uint32_t lines) {
  Texts(state, key, [lines](std::uint32_t number, auto check) {
    Out out;
    Write(out, number, lines);
    check(View(out));
  });
}

void Clear(auto& out) { out.clear(); }
void Clear(std::ostringstream& out) { out.str({}); }

// One Out for all texts of a thread.
template <class Out>
void Kept(benchmark::State& state, const std::string& key,
          std::uint32_t lines) {
  Out out;
  Texts(state, key, [&out, lines](std::uint32_t number, auto check) {
    Clear(out);
    Write(out, number, lines);
    check(View(out));
  });
}

void AddCase(const std::string& case_name, std::uint32_t lines, bool threads) {
  const auto prepare = [threads](Row* row) {
    if (threads) row->ThreadRange();
  };
  const auto add = [&](Role role, const char* name, auto function) {
    prepare(AddRow(case_name, role, name, [=](benchmark::State& state) {
      function(state, case_name, lines);
    }));
  };
  add(Role::kBaseline, "fresh std::string", Fresh<std::string>);
  prepare(AddSharedRow<StringBuilderPool>(
      case_name, Role::kSubject, "StringBuilderPool",
      [] { return std::make_unique<StringBuilderPool>(); },
      [=](benchmark::State& state, StringBuilderPool& pool) {
        Texts(state, case_name, [&](std::uint32_t number, auto check) {
          const StringBuilderPool::Handle out = pool.Acquire();
          Write(*out, number, lines);
          check(out->view());
        });
      }));
  add(Role::kPeer, "fresh std::ostringstream", Fresh<std::ostringstream>);
  add(Role::kPeer, "fresh fmt::memory_buffer", Fresh<fmt::memory_buffer>);
  add(Role::kPeer, "kept std::string, to_chars", Kept<CharsString>);
  add(Role::kPeer, "kept std::ostringstream", Kept<std::ostringstream>);
  add(Role::kPeer, "kept fmt::memory_buffer", Kept<fmt::memory_buffer>);
}

const RegisterRows registration([] {
  AddCase("string_builder_pool/line", 1, false);
  AddCase("string_builder_pool/record_batch", 64, false);
  AddCase("string_builder_pool/shared", 16, true);
});

}  // namespace
}  // namespace workbook
