// SPDX-License-Identifier: Apache-2.0

#include "02_02/stream_job.h"

#include <algorithm>

namespace workbook {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::vector<std::string> SplitAt(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

bool ParseOffset(const std::string& offset, int& seconds) {
  seconds = 0;
  if (offset == "-") return true;
  const bool is_negative = offset.starts_with('-');
  const std::vector<std::string> parts =
      SplitAt(offset.substr(is_negative ? 1 : 0), ':');
  if (parts.size() > 3) return false;
  int unit = 3600;
  for (const std::string& part : parts) {
    if (part.empty() || part.size() > 2 ||
        part.find_first_not_of("0123456789") != std::string::npos) {
      return false;
    }
    seconds += std::stoi(part) * unit;
    unit /= 60;
  }
  if (is_negative) seconds = -seconds;
  return true;
}

}  // namespace

StreamJob::StreamJob() {}

void StreamJob::Process(std::string_view chunk, Sink) { text_ += chunk; }

void StreamJob::Flush(Sink sink) {
  std::vector<std::string> lines = SplitAt(text_, '\n');
  if (lines.back().empty()) lines.pop_back();
  for (const std::string& line : lines) ReadLine(line, sink);
  CloseZone(sink);
  text_.clear();
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
  if (is_first && line.starts_with(kByteOrderMark)) line.erase(0, 3);
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) return;
  const std::string kind = line.substr(0, 2);
  if (line[0] == '#' || kind == "R " || kind == "L " || kind == "Z ") {
    CloseZone(sink);
  }
  if (line[0] == '#') return;
  if (kind == "R ") {
    ++totals_.rules;
  } else if (kind == "L ") {
    ++totals_.links;
  } else if (kind == "Z ") {
    const std::vector<std::string> fields = SplitAt(line, ' ');
    name_ = fields[1];
    zone_is_open_ = !name_.empty();
    std::string rest;
    for (std::size_t i = 2; i < fields.size(); ++i) {
      rest += (i == 2 ? "" : " ") + fields[i];
    }
    ReadEra(rest);
  } else {
    ReadEra(line);
  }
}

void StreamJob::ReadEra(const Text& line) {
  const std::vector<std::string> fields = SplitAt(line, ' ');
  int offset_seconds = 0;
  if (!zone_is_open_ || fields.size() < 3 || fields[2].empty() ||
      !ParseOffset(fields[0], offset_seconds)) {
    ++totals_.rejected;
    if (eras_ == 0) zone_is_open_ = false;
    return;
  }
  ++eras_;
  offset_seconds_ = offset_seconds;
  format_ = fields[2];
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
