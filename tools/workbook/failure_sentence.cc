// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/failure_sentence.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

using Lines = std::vector<std::string_view>;

// A container of a thousand elements is no sentence.
constexpr size_t kLongestValue = 120;

std::string Shorten(std::string_view value) {
  if (value.size() <= kLongestValue) return std::string(value);
  return std::string(value.substr(0, kLongestValue)) + "...";
}

// Lines from `begin` on, joined: what the test's author wrote with <<.
std::string Message(const Lines& lines, size_t begin) {
  std::string message;
  for (size_t i = begin; i < lines.size(); ++i) {
    const std::string_view line = TrimSpace(lines[i]);
    if (line.empty()) continue;
    if (!message.empty()) message += ' ';
    message += line;
  }
  return message;
}

std::string WithMessage(std::string sentence, const Lines& lines,
                        size_t begin) {
  const std::string message = Message(lines, begin);
  if (!message.empty()) sentence += ": " + message;
  return sentence;
}

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

std::string TellEquality(const Lines& lines) {
  size_t i = 1;
  const Side left = TakeSide(lines, i);
  const Side right = TakeSide(lines, i);
  i = SkipDiff(lines, i);
  const auto tell = [](const Side& wanted, const Side& got) {
    return fmt::format("expected {}, but {} is {}", Shorten(wanted.expression),
                       got.expression, Shorten(got.value));
  };
  if (right.value.empty() && !left.value.empty()) {
    return WithMessage(tell(right, left), lines, i);
  }
  if (left.value.empty() && !right.value.empty()) {
    return WithMessage(tell(left, right), lines, i);
  }
  if (left.value.empty()) {
    return WithMessage(fmt::format("expected {} to equal {}", left.expression,
                                   right.expression),
                       lines, i);
  }
  return WithMessage(
      fmt::format("expected {} to equal {}, but they are {} and {}",
                  left.expression, right.expression, Shorten(left.value),
                  Shorten(right.value)),
      lines, i);
}

// "Expected: (a) <= (b), actual: 9 vs 4"
std::string TellComparison(const Lines& lines) {
  constexpr std::string_view kExpected = "Expected: ";
  constexpr std::string_view kActual = ", actual: ";
  const std::string_view line = lines[0].substr(kExpected.size());
  const size_t actual = line.find(kActual);
  std::string condition(line.substr(0, actual));
  const std::string_view values = line.substr(actual + kActual.size());
  if (condition.starts_with('(') && condition.ends_with(')')) {
    for (const std::string_view op :
         {") <= (", ") >= (", ") < (", ") > (", ") != ("}) {
      const size_t at = condition.find(op);
      if (at == std::string::npos) continue;
      condition = condition.substr(1, at - 1) +
                  std::string(op.substr(1, op.size() - 2)) +
                  condition.substr(at + op.size(),
                                   condition.size() - at - op.size() - 1);
      break;
    }
  }
  const size_t versus = values.find(" vs ");
  std::string sentence =
      versus == std::string_view::npos
          ? fmt::format("expected {}, but it is {}", condition, Shorten(values))
          : fmt::format("expected {}, but they are {} and {}", condition,
                        Shorten(values.substr(0, versus)),
                        Shorten(values.substr(versus + 4)));
  return WithMessage(std::move(sentence), lines, 1);
}

// "Value of: x", then "Actual:" and "Expected:" in either order.
std::string TellValue(const Lines& lines) {
  constexpr std::string_view kValue = "Value of: ";
  constexpr std::string_view kActual = "  Actual: ";
  constexpr std::string_view kExpected = "Expected: ";
  std::string_view actual;
  std::string_view expected;
  size_t i = 1;
  for (; i < lines.size(); ++i) {
    if (Starts(lines, i, kActual)) {
      actual = lines[i].substr(kActual.size());
    } else if (Starts(lines, i, kExpected)) {
      expected = lines[i].substr(kExpected.size());
    } else {
      break;
    }
  }
  return WithMessage(
      fmt::format("expected {} of {}, but it is {}", Shorten(expected),
                  lines[0].substr(kValue.size()), Shorten(actual)),
      lines, i);
}

// "Expected: f() throws an exception of type X." and "  Actual: it throws Y."
std::string TellStatement(const Lines& lines) {
  constexpr std::string_view kExpected = "Expected: ";
  constexpr std::string_view kActual = "  Actual: ";
  std::string_view expected = TrimSpace(lines[0].substr(kExpected.size()));
  if (expected.ends_with('.')) expected.remove_suffix(1);
  if (!Starts(lines, 1, kActual)) {
    return WithMessage(fmt::format("expected that {}", expected), lines, 1);
  }
  std::string_view actual = TrimSpace(lines[1].substr(kActual.size()));
  if (actual.ends_with('.')) actual.remove_suffix(1);
  return WithMessage(fmt::format("expected that {}, but {}", expected, actual),
                     lines, 2);
}

// "Death test: f()" and "    Result: failed to die."
std::string TellDeath(const Lines& lines) {
  constexpr std::string_view kDeath = "Death test: ";
  constexpr std::string_view kResult = "    Result: ";
  const std::string_view statement = lines[0].substr(kDeath.size());
  if (Starts(lines, 1, kResult) &&
      lines[1].find("failed to die") != std::string_view::npos) {
    return fmt::format(
        "expected {} to be caught by a debug check, but it went on", statement);
  }
  return fmt::format("expected {} to stop the program in another way: {}",
                     statement, Shorten(Message(lines, 1)));
}

std::string TellException(std::string_view text) {
  constexpr std::string_view kDescribed = "C++ exception with description \"";
  if (!text.starts_with(kDescribed)) {
    return "an exception came out of the test: " + Message({text}, 0);
  }
  text.remove_prefix(kDescribed.size());
  return fmt::format("an exception came out of the test: {}",
                     Shorten(text.substr(0, text.rfind("\" thrown in"))));
}

std::string Tell(const Lines& lines, std::string_view text) {
  if (lines.empty()) return "the test failed and did not say why";
  const std::string_view first = lines[0];
  if (first.starts_with("Expected equality of these values:")) {
    return TellEquality(lines);
  }
  if (first.starts_with("Value of: ")) return TellValue(lines);
  if (first.starts_with("Expected: ")) {
    return first.find(", actual: ") == std::string_view::npos
               ? TellStatement(lines)
               : TellComparison(lines);
  }
  if (first.starts_with("Death test: ")) return TellDeath(lines);
  if (first.find("C++ exception") != std::string_view::npos) {
    return TellException(text);
  }
  if (first == "Failed" && lines.size() > 1) return Message(lines, 1);
  return Message(lines, 0);
}

// "dir/file.cc:8" into its parts.
void SetPlace(std::string_view place, FailureSentence& out) {
  const size_t colon = place.rfind(':');
  if (colon == std::string_view::npos) return;
  const std::string_view digits = place.substr(colon + 1);
  const auto result =
      std::from_chars(digits.data(), digits.data() + digits.size(), out.line);
  if (result.ec == std::errc()) out.file = place.substr(0, colon);
}

}  // namespace

std::string FindTodo(std::string_view text) {
  constexpr std::string_view kYours = " is yours to write";
  constexpr std::string_view kTask = " task ";
  constexpr size_t kIdLength = 5;  // 01_02
  const size_t end = text.find(kYours);
  if (end == std::string_view::npos) return {};
  const std::string_view before = text.substr(0, end);
  const size_t task = before.rfind(kTask);
  if (task == std::string_view::npos || task < kIdLength) return {};
  return std::string(before.substr(task - kIdLength));
}

FailureSentence TellFailure(std::string_view failure) {
  FailureSentence out;
  Lines lines = SplitLines(failure);
  std::string_view text = failure;
  if (!lines.empty()) {
    SetPlace(lines[0], out);
    if (out.line != 0 || lines[0] == "unknown file") {
      text.remove_prefix(std::min(text.size(), lines[0].size() + 1));
      lines.erase(lines.begin());
    }
  }
  out.todo = FindTodo(text);
  out.sentence = Tell(lines, text);
  return out;
}

}  // namespace workbook::cli
