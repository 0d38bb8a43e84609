// SPDX-License-Identifier: Apache-2.0

#include "04_04/low_alloc_api.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <system_error>
#include <utility>

namespace workbook {

// [given]
namespace {

// Walks a line from field to field; the first thing that is not there ends it.
class LineCursor {
 public:
  explicit LineCursor(std::string_view line) : line_(line) {}

  // The text before `end`, which is taken too.
  LineCursor& Until(char end, const char* expected, std::string_view& text) {
    if (error_) return *this;
    const std::size_t place = line_.find(end, column_);
    if (place == std::string_view::npos) return Fail(line_.size(), expected);
    text = line_.substr(column_, place - column_);
    column_ = place + 1;
    return *this;
  }

  LineCursor& NotEmpty(std::string_view text, const char* expected) {
    if (!error_ && text.empty()) Fail(column_ - 1, expected);
    return *this;
  }

  // The text before the next quote that no backslash escapes. memchr finds
  // the quotes: a loop over the bytes took a quarter of log_analytics' time.
  LineCursor& UntilQuote(std::string_view& text) {
    if (error_) return *this;
    std::size_t place = line_.find('"', column_);
    while (place != std::string_view::npos && IsEscaped(place)) {
      place = line_.find('"', place + 1);
    }
    if (place == std::string_view::npos) {
      return Fail(line_.size(), "a closing quote");
    }
    text = line_.substr(column_, place - column_);
    column_ = place + 1;
    return *this;
  }

  LineCursor& Literal(std::string_view literal, const char* expected) {
    if (error_) return *this;
    if (!line_.substr(column_).starts_with(literal)) {
      return Fail(column_, expected);
    }
    column_ += literal.size();
    return *this;
  }

  template <typename Number>
  LineCursor& Digits(const char* expected, Number& number) {
    if (error_) return *this;
    const char* const begin = line_.data() + column_;
    const char* const end = line_.data() + line_.size();
    if (begin == end || *begin < '0' || *begin > '9') {
      return Fail(column_, expected);
    }
    const std::from_chars_result result = std::from_chars(begin, end, number);
    if (result.ec != std::errc()) return Fail(column_, expected);
    column_ = static_cast<std::size_t>(result.ptr - line_.data());
    return *this;
  }

  bool IsAt(char c) const {
    return !error_ && column_ < line_.size() && line_[column_] == c;
  }

  std::optional<ParseError> End() {
    if (!error_ && column_ != line_.size()) Fail(column_, "the end");
    return error_;
  }

 private:
  // An odd number of backslashes: the last one is not escaped itself.
  bool IsEscaped(std::size_t place) const {
    std::size_t begin = place;
    while (begin > column_ && line_[begin - 1] == '\\') --begin;
    return (place - begin) % 2 == 1;
  }

  LineCursor& Fail(std::size_t column, const char* expected) {
    error_ = ParseError{column, expected};
    return *this;
  }

  std::string_view line_;
  std::size_t column_ = 0;
  std::optional<ParseError> error_;
};

// "METHOD TARGET PROTOCOL"; HTTP/0.9 had no protocol.
void CutRequest(std::string_view request, AccessRecord& record) {
  const std::size_t first = request.find(' ');
  record.method = request.substr(0, first);
  record.target = {};
  if (first == std::string_view::npos) return;
  request.remove_prefix(first + 1);
  record.target = request.substr(0, request.find(' '));
}

bool IsSelected(const AccessRecord& record, const SelectOptions& options) {
  return record.status >= options.status_from &&
         record.status <= options.status_to &&
         record.target.starts_with(options.target_prefix) &&
         (options.methods.empty() ||
          std::find(options.methods.begin(), options.methods.end(),
                    record.method) != options.methods.end());
}

}  // namespace

// [given]
std::optional<ParseError> ParseAccessRecord(std::string_view line,
                                            AccessRecord& record) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  LineCursor cursor(line);
  std::string_view skipped;
  std::string_view request;
  cursor.Until(' ', "a space after the client", record.client)
      .NotEmpty(record.client, "a client")
      .Until(' ', "a space after the identity", skipped)
      .Until(' ', "a space after the user", skipped)
      .Literal("[", "the time in brackets")
      .Until(']', "a closing bracket", record.time)
      .Literal(" \"", "the request in quotes")
      .UntilQuote(request);
  CutRequest(request, record);
  cursor.NotEmpty(record.method, "a method")
      .NotEmpty(record.target, "a target")
      .Literal(" ", "a space before the status")
      .Digits("a status", record.status)
      .Literal(" ", "a space before the bytes");
  record.bytes = 0;
  if (cursor.IsAt('-')) {
    cursor.Literal("-", "-");
  } else {
    cursor.Digits("a number of bytes", record.bytes);
  }
  return cursor.Literal(" \"", "the referer in quotes")
      .UntilQuote(record.referer)
      .Literal(" \"", "the agent in quotes")
      .UntilQuote(record.agent)
      .End();
}

// [given]
TextBuilder::TextBuilder(std::size_t kept_bytes) : kept_bytes_(kept_bytes) {}

TextBuilder& TextBuilder::Append(std::string_view text) {
  if (text.empty()) return *this;
  if (text.size() > capacity_bytes_ - size_bytes_) {
    // The text may lie in the old buffer, which therefore goes last.
    const std::size_t needed = size_bytes_ + text.size();
    const std::size_t capacity = std::max(needed, 2 * capacity_bytes_);
    std::unique_ptr<char[]> larger(new char[capacity]);
    if (size_bytes_ > 0) {
      std::memcpy(larger.get(), buffer_.get(), size_bytes_);
    }
    std::memcpy(larger.get() + size_bytes_, text.data(), text.size());
    buffer_ = std::move(larger);
    capacity_bytes_ = capacity;
  } else {
    std::memmove(buffer_.get() + size_bytes_, text.data(), text.size());
  }
  size_bytes_ += text.size();
  return *this;
}

// [given]
TextBuilder& TextBuilder::Append(std::uint64_t number) {
  return AppendPadded(number, 0);
}

// [given]
TextBuilder& TextBuilder::AppendPadded(std::uint64_t number,
                                       std::size_t width) {
  constexpr std::string_view kSpaces = "                ";
  char digits[20];
  const char* const end =
      std::to_chars(digits, digits + sizeof(digits), number).ptr;
  const std::size_t count = static_cast<std::size_t>(end - digits);
  for (std::size_t missing = width > count ? width - count : 0; missing > 0;) {
    const std::size_t spaces = std::min(missing, kSpaces.size());
    Append(kSpaces.substr(0, spaces));
    missing -= spaces;
  }
  return Append({digits, count});
}

void TextBuilder::Clear() {
  size_bytes_ = 0;
  if (capacity_bytes_ <= kept_bytes_) return;
  buffer_.reset();
  capacity_bytes_ = 0;
}

// [given]
std::string_view WithoutByteOrderMark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return text;
}

SelectTotals SelectRecords(std::string_view text, const SelectOptions& options,
                           ResultSink& sink) {
  SelectTotals totals;
  AccessRecord record;
  text = WithoutByteOrderMark(text);
  while (!text.empty() && totals.selected < options.limit) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++totals.lines;
    if (ParseAccessRecord(line, record)) {
      ++totals.malformed;
    } else if (IsSelected(record, options)) {
      ++totals.selected;
      if (!sink.OnResult(record)) break;
    }
  }
  return totals;
}

}  // namespace workbook
