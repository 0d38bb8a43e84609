// SPDX-License-Identifier: Apache-2.0

#include "02_02/stream_job.h"

#include <algorithm>

namespace workbook {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Takes the text before the next `separator` off `text`.
std::string_view Take(std::string_view& text, char separator) {
  const std::string_view part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

bool ParseOffset(std::string_view text, int& seconds) {
  seconds = 0;
  if (text == "-") return true;
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  if (text.empty() || text.back() == ':') return false;
  for (int unit = 3600; !text.empty(); unit /= 60) {
    const std::string_view part = Take(text, ':');
    if (unit == 0 || part.empty() || part.size() > 2) return false;
    int number = 0;
    for (const char c : part) {
      if (c < '0' || c > '9') return false;
      number = number * 10 + (c - '0');
    }
    seconds += number * unit;
  }
  if (is_negative) seconds = -seconds;
  return true;
}

}  // namespace

StreamJob::StreamJob() {
  // Now and for ever: no line is longer, and so no name and no format.
  carry_.reserve(kMaxLineBytes);
  name_.reserve(kMaxLineBytes);
  format_.reserve(kMaxLineBytes);
}

void StreamJob::Process(std::string_view chunk, Sink sink) {
  while (!chunk.empty()) {
    const std::size_t end = chunk.find('\n');
    const std::string_view piece = chunk.substr(0, end);
    chunk.remove_prefix(std::min(piece.size() + 1, chunk.size()));
    const bool is_complete = end != std::string_view::npos;
    if (is_complete && carry_.empty() && !line_is_too_long_) {
      ReadLine(piece, sink);  // the common case: the chunk holds the whole line
      continue;
    }
    if (carry_.size() + piece.size() > kMaxLineBytes) {
      line_is_too_long_ = true;
      carry_.clear();
    } else if (!line_is_too_long_) {
      carry_.append(piece);
    }
    if (!is_complete) return;
    if (line_is_too_long_) {
      at_first_line_ = false;
      ++totals_.lines;
      ++totals_.rejected;
      CloseZone(sink);
    } else {
      ReadLine(carry_, sink);
    }
    carry_.clear();
    line_is_too_long_ = false;
  }
}

void StreamJob::Flush(Sink sink) {
  if (!carry_.empty() || line_is_too_long_) Process("\n", sink);
  CloseZone(sink);
  at_first_line_ = true;
}

void StreamJob::ReadLine(Text line, Sink sink) {
  ++totals_.lines;
  const bool is_first = at_first_line_;
  at_first_line_ = false;
  if (line.size() > kMaxLineBytes) {
    ++totals_.rejected;
    CloseZone(sink);
    return;
  }
  if (is_first && line.starts_with(kByteOrderMark)) {
    line.remove_prefix(kByteOrderMark.size());
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) return;
  const std::string_view kind = line.substr(0, 2);
  if (line[0] == '#' || kind == "R " || kind == "L " || kind == "Z ") {
    CloseZone(sink);
  }
  if (line[0] == '#') return;
  if (kind == "R ") {
    ++totals_.rules;
  } else if (kind == "L ") {
    ++totals_.links;
  } else if (kind == "Z ") {
    line.remove_prefix(2);
    name_.assign(Take(line, ' '));
    zone_is_open_ = !name_.empty();
    ReadEra(line);
  } else {
    ReadEra(line);
  }
}

void StreamJob::ReadEra(Text line) {
  const std::string_view offset = Take(line, ' ');
  Take(line, ' ');
  const std::string_view format = Take(line, ' ');
  int offset_seconds = 0;
  if (!zone_is_open_ || format.empty() ||
      !ParseOffset(offset, offset_seconds)) {
    ++totals_.rejected;
    if (eras_ == 0) zone_is_open_ = false;
    return;
  }
  ++eras_;
  offset_seconds_ = offset_seconds;
  format_.assign(format);
}

void StreamJob::CloseZone(Sink sink) {
  if (zone_is_open_) {
    ++totals_.zones;
    sink({name_, eras_, offset_seconds_, format_});
  }
  zone_is_open_ = false;
  eras_ = 0;
}

}  // namespace workbook
