// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/failure_sentence.h"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/comparison_sentence.h"

namespace workbook::cli {
namespace {

using Lines = std::vector<std::string_view>;

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
      fmt::format("expected {} of {}, but it is {}", ShowValue(expected),
                  lines[0].substr(kValue.size()), ShowValue(actual)),
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
                     statement, ShortenValue(Message(lines, 1)));
}

std::string TellException(std::string_view text) {
  constexpr std::string_view kDescribed = "C++ exception with description \"";
  if (!text.starts_with(kDescribed)) {
    return "an exception came out of the test: " + Message({text}, 0);
  }
  text.remove_prefix(kDescribed.size());
  return fmt::format("an exception came out of the test: {}",
                     ShortenValue(text.substr(0, text.rfind("\" thrown in"))));
}

std::string Tell(const Lines& lines, std::string_view text) {
  if (lines.empty()) return "the test failed and did not say why";
  const std::string_view first = lines[0];
  if (first.starts_with("Expected equality of these values:")) {
    const ToldComparison told = TellEquality(lines);
    return WithMessage(told.sentence, lines, told.message_line);
  }
  if (first.starts_with("Value of: ")) return TellValue(lines);
  if (first.starts_with("Expected: ")) {
    return first.find(", actual: ") == std::string_view::npos
               ? TellStatement(lines)
               : WithMessage(TellComparison(first), lines, 1);
  }
  if (first.starts_with("Death test: ")) return TellDeath(lines);
  if (first.find("C++ exception") != std::string_view::npos) {
    return TellException(text);
  }
  if (first == "Failed" && lines.size() > 1) return Message(lines, 1);
  return Message(lines, 0);
}

// "dir/file.cc:8: text" of a trace; false for what is no place.
bool ReadTrace(std::string_view line, std::string& file, int& number,
               std::string& text) {
  for (size_t colon = line.find(':'); colon != std::string_view::npos;
       colon = line.find(':', colon + 1)) {
    const char* const end = line.data() + line.size();
    const auto result = std::from_chars(line.data() + colon + 1, end, number);
    if (result.ec != std::errc() || result.ptr == end || *result.ptr != ':') {
      continue;
    }
    file = line.substr(0, colon);
    text = TrimSpace(
        line.substr(static_cast<size_t>(result.ptr - line.data()) + 1));
    return true;
  }
  return false;
}

// Tests trace their input, which may be any bytes.
std::string Printable(std::string_view text) {
  std::string printable;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      printable += c;
    } else {
      printable += fmt::format("\\x{:02x}", byte);
    }
  }
  return printable;
}

// Takes GoogleTest's traces off the end of `lines`. The outermost call of a
// helper is the place in the test.
void TakeTraces(Lines& lines, FailureSentence& out) {
  constexpr std::string_view kCall = "called from here";
  const auto begin =
      std::find(lines.begin(), lines.end(), "Google Test trace:");
  for (auto line = begin; line != lines.end(); ++line) {
    if (line == begin) continue;
    std::string file;
    int number = 0;
    std::string text;
    if (!ReadTrace(*line, file, number, text)) {
      // A trace of several lines goes on.
      if (!out.traces.empty() && !TrimSpace(*line).empty()) {
        out.traces.back() += ' ' + Printable(TrimSpace(*line));
      }
      continue;
    }
    if (text.starts_with(kCall)) {
      out.file = std::move(file);
      out.line = number;
      out.is_call = true;
      text.erase(0, kCall.size());
      if (text.starts_with(", ")) text.erase(0, 2);
    }
    if (!text.empty()) out.traces.push_back(Printable(text));
  }
  lines.erase(begin, lines.end());
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
  TakeTraces(lines, out);
  text = text.substr(0, text.find("Google Test trace:"));
  out.todo = FindTodo(text);
  out.sentence = Tell(lines, text);
  return out;
}

}  // namespace workbook::cli
