// SPDX-License-Identifier: Apache-2.0

// What the benchmarks of integers and doubles share.
#ifndef WORKBOOK_EXERCISES_04_01_NUMBER_BENCH_H_
#define WORKBOOK_EXERCISES_04_01_NUMBER_BENCH_H_

#include <fmt/compile.h>
#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {

// `parse(text)` returns the number; an item is one.
template <typename Number, typename Parse>
void AddParseRow(const char* case_name, Role role, const char* name,
                 const Texts& texts, Parse parse) {
  AddTextRow(case_name, role, name, texts, false,
             [=](std::string_view text, std::vector<char>& buffer) {
               const Number value = parse(text);
               std::memcpy(buffer.data(), &value, sizeof(value));
               return std::string_view(buffer.data(), sizeof(value));
             });
}

// `format(value, buffer)` returns the length, of the number that the input is.
template <typename Number, typename Format>
void AddFormatRow(const std::string& case_name, Role role, const char* name,
                  const std::vector<Number>& values, Format format) {
  AddRow(case_name, role, name, [=](benchmark::State& state) {
    std::vector<char> buffer(64);
    Digest digest;
    for (const Number value : values) {
      const std::size_t size = format(value, std::span(buffer));
      digest.Add(std::string_view(buffer.data(), size));
    }
    RequireSameDigest(state, case_name, digest);
    InputOrders<Number> orders(values, 4);
    for (auto _ : state) {
      for (const Number value : orders.Next()) {
        std::size_t size = format(value, std::span(buffer));
        Keep(size);
      }
    }
    state.SetItemsProcessed(state.iterations() *
                            static_cast<std::int64_t>(values.size()));
  });
}

template <typename Number>
std::vector<Number> Values(const Texts& texts) {
  std::vector<Number> values;
  for (const std::string& text : texts) {
    Number value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    values.push_back(value);
  }
  return values;
}

template <typename Number>
Number FromChars(std::string_view text) {
  Number value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

template <typename Number>
std::size_t ToChars(Number value, std::span<char> out) {
  const auto end = std::to_chars(out.data(), out.data() + out.size(), value);
  return static_cast<std::size_t>(end.ptr - out.data());
}

template <typename Number>
std::size_t Fmt(Number value, std::span<char> out) {
  return fmt::format_to_n(out.data(), out.size(), FMT_COMPILE("{}"), value)
      .size;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_NUMBER_BENCH_H_
