// SPDX-License-Identifier: Apache-2.0

// A value, or the reason why there is none: a small std::expected of C++23.
#ifndef WORKBOOK_EXERCISES_02_01_GIVEN_RESULT_H_
#define WORKBOOK_EXERCISES_02_01_GIVEN_RESULT_H_

#include <variant>

namespace workbook {

enum class ParseError { kEmpty, kNotANumber, kOutOfRange, kNoColon };

// Thread safety: that of T.
template <class T>
class Result {
 public:
  // Both convert, so that a function returns either of them.
  Result(T value) : content_(value) {}           // NOLINT
  Result(ParseError error) : content_(error) {}  // NOLINT

  // Says whether there is a value.
  // Cost: O(1), as all of these.
  bool ok() const { return content_.index() == 0; }

  // Return the value, or the error.
  // REQUIRES: ok(), or !ok().
  // On failure: std::bad_variant_access.
  const T& value() const { return std::get<0>(content_); }
  ParseError error() const { return std::get<1>(content_); }

 private:
  std::variant<T, ParseError> content_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_01_GIVEN_RESULT_H_
