// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/comparison_sentence.h"

#include <algorithm>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

using Lines = std::vector<std::string_view>;

bool Starts(const Lines& lines, size_t i, std::string_view prefix) {
  return i < lines.size() && lines[i].starts_with(prefix);
}

// One side of an equality: its expression and, unless it is a literal, the
// value. Moves `i` past it.
struct Side {
  std::string_view expression;
  std::string_view value;
};

Side TakeSide(const Lines& lines, size_t& i) {
  constexpr std::string_view kWhichIs = "    Which is: ";
  Side side;
  if (i < lines.size()) side.expression = TrimSpace(lines[i++]);
  if (Starts(lines, i, kWhichIs)) {
    side.value = lines[i++].substr(kWhichIs.size());
  }
  return side;
}

size_t SkipDiff(const Lines& lines, size_t i) {
  if (!Starts(lines, i, "With diff:")) return i;
  ++i;
  while (i < lines.size() && !lines[i].empty() &&
         std::string_view("@+- ").find(lines[i].front()) !=
             std::string_view::npos) {
    ++i;
  }
  return i;
}

// "40u" and "40" are one value: a suffix makes no expression.
bool IsLiteralOf(std::string_view expression, std::string_view value) {
  while (!expression.empty() &&
         std::string_view("uUlLzZfF").find(expression.back()) !=
             std::string_view::npos) {
    expression.remove_suffix(1);
  }
  std::string digits(expression);
  std::erase(digits, '\'');
  return !digits.empty() && digits == value;
}

// Whether an expression names what is wanted: "expected", "kAnswer".
bool SoundsExpected(std::string_view expression) {
  if (expression.size() > 1 && expression[0] == 'k' && expression[1] >= 'A' &&
      expression[1] <= 'Z') {
    return true;
  }
  for (const std::string_view word :
       {"xpected", "eference", "model", "anted"}) {
    if (expression.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// "(3)", as GoogleTest prints an optional, is 3. A pair keeps its brackets.
std::string_view WithoutBrackets(std::string_view value) {
  while (value.size() > 2 && value.front() == '(' && value.back() == ')') {
    int depth = 0;
    for (size_t i = 0; i < value.size(); ++i) {
      if (value[i] == '(') ++depth;
      if (value[i] == ')' && --depth == 0 && i + 1 < value.size()) return value;
      if (value[i] == ',' && depth == 1) return value;
    }
    value = value.substr(1, value.size() - 2);
  }
  return value;
}

struct Comparison {
  std::string_view sign;   // as GoogleTest has it, between the two sides
  std::string_view words;  // of what is wanted on the left of it
  std::string_view other;  // and on the right
};

constexpr Comparison kComparisons[] = {{"<=", "at most", "at least"},
                                       {">=", "at least", "at most"},
                                       {"<", "less than", "more than"},
                                       {">", "more than", "less than"},
                                       {"!=", "anything but", "anything but"}};

// A number, a word of C++, or a constant: nothing that a learner made.
bool IsFixed(std::string_view expression) {
  return expression == "nullptr" || SoundsExpected(expression) ||
         expression.find_first_not_of("0123456789'.uUlLeE+-fF") ==
             std::string_view::npos;
}

}  // namespace

std::string ShortenValue(std::string_view value) {
  // A container of a thousand elements is no sentence.
  constexpr size_t kLongest = 120;
  if (value.size() <= kLongest) return std::string(value);
  return std::string(value.substr(0, kLongest)) + "...";
}

std::string ShowValue(std::string_view value) {
  return ShortenValue(WithoutBrackets(value));
}

ToldComparison TellEquality(const Lines& lines) {
  size_t i = 1;
  Side left = TakeSide(lines, i);
  Side right = TakeSide(lines, i);
  i = SkipDiff(lines, i);
  for (Side* side : {&left, &right}) {
    if (IsLiteralOf(side->expression, side->value)) side->value = {};
  }
  const auto tell = [](const Side& wanted, const Side& got) {
    return fmt::format("expected {}, but {} is {}",
                       ShowValue(wanted.expression), got.expression,
                       ShowValue(got.value));
  };
  if (right.value.empty() && !left.value.empty()) {
    return {tell(right, left), i};
  }
  if (left.value.empty() && !right.value.empty()) {
    return {tell(left, right), i};
  }
  if (left.value.empty()) {
    return {fmt::format("expected {} to equal {}", left.expression,
                        right.expression),
            i};
  }
  // The expected value stands on the right, unless a name says otherwise.
  const bool swapped =
      SoundsExpected(left.expression) && !SoundsExpected(right.expression);
  const Side& yours = swapped ? right : left;
  const Side& wanted = swapped ? left : right;
  // A list that is written out says no more than its value.
  constexpr size_t kMaxExpression = 40;
  if (wanted.expression.size() > kMaxExpression) {
    return {fmt::format("of {} yours is {}, expected {}", yours.expression,
                        ShowValue(yours.value), ShowValue(wanted.value)),
            i};
  }
  return {fmt::format("{} should equal {}; yours is {}, expected {}",
                      yours.expression, wanted.expression,
                      ShowValue(yours.value), ShowValue(wanted.value)),
          i};
}

// "Expected: (a) <= (b), actual: 9 vs 4"
std::string TellComparison(std::string_view line) {
  constexpr std::string_view kExpected = "Expected: ";
  constexpr std::string_view kActual = ", actual: ";
  line.remove_prefix(std::min(line.size(), kExpected.size()));
  const size_t actual = line.find(kActual);
  const std::string_view condition = line.substr(0, actual);
  const std::string_view values = line.substr(actual + kActual.size());
  const size_t versus = values.find(" vs ");
  for (const Comparison& each : kComparisons) {
    const std::string between = fmt::format(") {} (", each.sign);
    const size_t at = condition.find(between);
    if (at == std::string_view::npos || versus == std::string_view::npos ||
        !condition.starts_with('(') || !condition.ends_with(')')) {
      continue;
    }
    const std::string_view left = condition.substr(1, at - 1);
    const std::string_view right = condition.substr(
        at + between.size(), condition.size() - at - between.size() - 1);
    const std::string_view first = values.substr(0, versus);
    const std::string_view second = values.substr(versus + 4);
    const bool swapped = IsFixed(left) && !IsFixed(right);
    return fmt::format(
        "{} {} {} should hold; yours is {}, expected {} {}", left, each.sign,
        right, ShowValue(swapped ? second : first),
        swapped ? each.other : each.words, ShowValue(swapped ? first : second));
  }
  return fmt::format("expected {}, but it is {}", condition, ShowValue(values));
}

}  // namespace workbook::cli
