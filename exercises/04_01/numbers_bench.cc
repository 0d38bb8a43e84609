// SPDX-License-Identifier: Apache-2.0

#include <fmt/compile.h>
#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstring>

#include "04_01/numbers.h"
#include "exercises/04_01/before/numbers.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/charconv.h>
#include <absl/strings/numbers.h>
#endif

namespace workbook {
namespace {

const Texts kInts = {"0",
                     "-42",
                     "65536",
                     "1234567890",
                     "9223372036854775807",
                     "-9223372036854775808"};
const Texts kDoubles = {"0.1",       "3.141592653589793",
                        "-1e-7",     "6.02214076e+23",
                        "12345.678", "2.2250738585072014e-308"};

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

void AddIntRows() {
  constexpr char kParse[] = "numbers/parse_int";
  using Int = std::int64_t;
  AddParseRow<Int>(kParse, Role::kBaseline, "before", kInts,
                   [](auto text) { return before::ParseInt(text).value; });
  AddParseRow<Int>(kParse, Role::kSubject, "ParseInt", kInts,
                   [](auto text) { return ParseInt(text).value; });
  AddParseRow<Int>(kParse, Role::kPeer, "std::from_chars", kInts,
                   FromChars<Int>);
  constexpr char kFormat[] = "numbers/format_int";
  const auto values = Values<Int>(kInts);
  AddFormatRow(
      kFormat, Role::kBaseline, "before", values,
      [](Int value, auto out) { return before::FormatInt(value, out).size; });
  AddFormatRow(kFormat, Role::kSubject, "FormatInt", values,
               [](Int value, auto out) { return FormatInt(value, out).size; });
  AddFormatRow(kFormat, Role::kPeer, "std::to_chars", values, ToChars<Int>);
  AddFormatRow(kFormat, Role::kPeer, "fmt::format_to_n", values, Fmt<Int>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddParseRow<Int>(kParse, Role::kPeer, "absl::SimpleAtoi", kInts,
                   [](std::string_view text) {
                     Int value = 0;
                     static_cast<void>(absl::SimpleAtoi(
                         absl::string_view(text.data(), text.size()), &value));
                     return value;
                   });
#else
  AddGap(kParse, "absl::SimpleAtoi", "libabsl-dev");
#endif
}

void AddDoubleRows() {
  constexpr char kParse[] = "numbers/parse_double";
  AddParseRow<double>(
      kParse, Role::kBaseline, "before", kDoubles,
      [](auto text) { return before::ParseDouble(text).value; });
  AddParseRow<double>(kParse, Role::kSubject, "ParseDouble", kDoubles,
                      [](auto text) { return ParseDouble(text).value; });
  AddParseRow<double>(kParse, Role::kPeer, "std::from_chars", kDoubles,
                      FromChars<double>);
  constexpr char kFormat[] = "numbers/format_double";
  const auto values = Values<double>(kDoubles);
  AddFormatRow(kFormat, Role::kBaseline, "before", values,
               [](double value, auto out) {
                 return before::FormatDouble(value, out).size;
               });
  AddFormatRow(
      kFormat, Role::kSubject, "FormatDouble", values,
      [](double value, auto out) { return FormatDouble(value, out).size; });
  AddFormatRow(kFormat, Role::kPeer, "std::to_chars", values, ToChars<double>);
  AddFormatRow(kFormat, Role::kPeer, "fmt::format_to_n", values, Fmt<double>);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddParseRow<double>(kParse, Role::kPeer, "absl::from_chars", kDoubles,
                      [](std::string_view text) {
                        double value = 0;
                        absl::from_chars(text.data(), text.data() + text.size(),
                                         value);
                        return value;
                      });
#else
  AddGap(kParse, "absl::from_chars", "libabsl-dev");
#endif
}

const RegisterRows registration([] {
  AddIntRows();
  AddDoubleRows();
});

}  // namespace
}  // namespace workbook
