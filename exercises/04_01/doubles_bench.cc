// SPDX-License-Identifier: Apache-2.0

#include "04_01/doubles.h"
#include "exercises/04_01/before/doubles.h"
#include "exercises/04_01/number_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/charconv.h>
#endif

namespace workbook {
namespace {

const Texts kDoubles = {"0.1",       "3.141592653589793",
                        "-1e-7",     "6.02214076e+23",
                        "12345.678", "2.2250738585072014e-308"};

const RegisterRows registration([] {
  constexpr char kParse[] = "doubles/parse_double";
  AddParseRow<double>(
      kParse, Role::kBaseline, "before", kDoubles,
      [](auto text) { return before::ParseDouble(text).value; });
  AddParseRow<double>(kParse, Role::kSubject, "ParseDouble", kDoubles,
                      [](auto text) { return ParseDouble(text).value; });
  AddParseRow<double>(kParse, Role::kPeer, "std::from_chars", kDoubles,
                      FromChars<double>);
  constexpr char kFormat[] = "doubles/format_double";
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
});

}  // namespace
}  // namespace workbook
