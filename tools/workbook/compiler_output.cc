// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/compiler_output.h"

#include <charconv>
#include <system_error>
#include <utility>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

struct Place {
  std::string_view file;
  int line = 0;
  std::string_view rest{};  // after "file:line:", column removed
};

// Reads "file:line:column: rest" or "file:line: rest".
std::optional<Place> ReadPlace(std::string_view text) {
  // With -iquote . gcc names an included file "./exercises/...".
  if (text.starts_with("./")) text.remove_prefix(2);
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  Place place{.file = text.substr(0, colon)};
  if (place.file.find(' ') != std::string_view::npos) return std::nullopt;
  text.remove_prefix(colon + 1);
  const auto take_number = [&text](int& number) {
    const auto result =
        std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc()) return false;
    text.remove_prefix(static_cast<size_t>(result.ptr - text.data()));
    if (text.empty()) return true;
    if (text.front() != ':' && text.front() != ',') return false;
    text.remove_prefix(1);
    return true;
  };
  if (!take_number(place.line)) return std::nullopt;
  int column = 0;
  take_number(column);
  place.rest = TrimSpace(text);
  return place;
}

std::optional<std::string_view> ErrorMessage(std::string_view rest) {
  for (const std::string_view mark : {"error: ", "fatal error: "}) {
    if (rest.starts_with(mark)) return rest.substr(mark.size());
  }
  return std::nullopt;
}

bool IsLearners(std::string_view file, std::string_view folder) {
  return file.starts_with(folder) && !file.ends_with("_test.cc") &&
         !file.ends_with("_bench.cc");
}

// "undefined reference to `workbook::Pool::Free()'"
std::optional<CompilerError> LinkerError(std::string_view line) {
  constexpr std::string_view kUndefined = "undefined reference to ";
  const size_t undefined = line.find(kUndefined);
  if (undefined != std::string_view::npos) {
    std::string_view name = line.substr(undefined + kUndefined.size());
    if (name.size() > 2) name = name.substr(1, name.size() - 2);
    return CompilerError{.message = std::string(name) +
                                    " is declared, but nowhere defined"};
  }
  const size_t twice = line.find("multiple definition of ");
  if (twice != std::string_view::npos) {
    return CompilerError{.message = std::string(line.substr(twice))};
  }
  return std::nullopt;
}

std::optional<CompilerError> ChooseError(std::string_view output,
                                         std::string_view folder) {
  std::optional<CompilerError> first;
  std::optional<CompilerError> linker;
  std::optional<Place> cause;  // the first line of the learner's that is named
  for (const std::string_view line : SplitLines(output)) {
    if (!linker) linker = LinkerError(line);
    const std::optional<Place> place = ReadPlace(line);
    if (!place) continue;
    const bool learners = IsLearners(place->file, folder);
    const std::optional<std::string_view> message = ErrorMessage(place->rest);
    if (learners && !cause && !place->rest.starts_with("warning:")) {
      cause = place;
    }
    if (!message) continue;
    CompilerError error{.file = std::string(place->file),
                        .line = place->line,
                        .message = std::string(*message)};
    if (learners) return error;
    if (!first) first = std::move(error);
  }
  if (first && cause) {
    if (!first->file.starts_with(folder)) {
      first->message += " (inside " +
                        first->file.substr(first->file.rfind('/') + 1) +
                        ", which this line makes the compiler read)";
    }
    first->file = cause->file;
    first->line = cause->line;
  }
  return first ? first : linker;
}

}  // namespace

std::optional<CompilerError> FindFirstError(std::string_view output,
                                            std::string_view folder) {
  auto chosen = ChooseError(output, folder);
  if (!chosen || chosen->file.empty()) return chosen;
  int errors = 0;
  for (const std::string_view line : SplitLines(output)) {
    const auto place = ReadPlace(line);
    if (!place) continue;
    if (ErrorMessage(place->rest)) ++errors;
    if (place->rest.starts_with("note: ")) ++chosen->notes;
  }
  chosen->more_errors = errors - 1;
  return chosen;
}

}  // namespace workbook::cli
