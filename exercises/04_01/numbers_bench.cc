// SPDX-License-Identifier: Apache-2.0

#include "04_01/numbers.h"
#include "exercises/04_01/before/numbers.h"
#include "exercises/04_01/number_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
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

const RegisterRows registration([] {
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
});

}  // namespace
}  // namespace workbook
