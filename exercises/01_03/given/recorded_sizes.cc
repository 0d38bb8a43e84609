// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_03/given/recorded_sizes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace workbook {

namespace {

constexpr std::string_view kHeader = "size_bytes,allocations,at_peak";

[[noreturn]] void Refuse(const std::string& name, std::size_t line,
                         const std::string& what) {
  throw std::runtime_error(name + ":" + std::to_string(line) + ": " + what +
                           ". Fix: write the file again by `trace sizes`");
}

RecordedSize ParseLine(std::string_view text, const std::string& name,
                       std::size_t line) {
  std::array<std::uint64_t, 3> numbers = {};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    const bool is_last = i + 1 == numbers.size();
    if (error != std::errc() || (is_last ? next != end : next == end) ||
        (!is_last && *next != ',')) {
      Refuse(name, line, "three numbers with commas between are expected");
    }
    at = is_last ? next : next + 1;
  }
  return {.size_bytes = numbers[0],
          .allocations = numbers[1],
          .at_peak = numbers[2]};
}

std::vector<SizeCount> Small(const std::vector<RecordedSize>& sizes,
                             std::uint64_t RecordedSize::*count) {
  std::vector<SizeCount> small;
  for (const RecordedSize& size : sizes) {
    if (size.size_bytes > kLargestBytes || size.*count == 0) continue;
    const std::size_t bytes = std::max<std::size_t>(size.size_bytes, 1);
    const std::size_t rounded =
        (bytes + kStepBytes - 1) / kStepBytes * kStepBytes;
    if (small.empty() || small.back().size_bytes != rounded) {
      small.push_back({.size_bytes = rounded});
    }
    small.back().count += size.*count;
  }
  return small;
}

}  // namespace

std::vector<std::string> RecordedPrograms() {
  return {"gcc", "git", "python3", "sqlite3", "lld"};
}

std::vector<RecordedSize> ReadRecordedSizes(const std::string& program) {
  const std::string path = "exercises/01_03/testdata/" + program + ".csv";
  std::ifstream file(path);
  if (!file) {
    throw std::runtime_error(path +
                             ": can't be opened. Fix: run it at the root of "
                             "the course, and name one of its programs");
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return ParseRecordedSizes(text, path);
}

std::vector<RecordedSize> ParseRecordedSizes(std::string_view text,
                                             const std::string& name) {
  std::vector<RecordedSize> sizes;
  std::size_t line = 0;
  while (!text.empty()) {
    ++line;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view content = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line == 1) {
      if (content != kHeader) Refuse(name, line, "the header is missing");
      continue;
    }
    sizes.push_back(ParseLine(content, name, line));
    if (sizes.size() > 1 &&
        sizes[sizes.size() - 2].size_bytes >= sizes.back().size_bytes) {
      Refuse(name, line, "sizes have to rise");
    }
  }
  if (line == 0) Refuse(name, 1, "the file is empty");
  return sizes;
}

std::vector<SizeCount> SmallAllocations(
    const std::vector<RecordedSize>& sizes) {
  return Small(sizes, &RecordedSize::allocations);
}

std::vector<SizeCount> SmallAtPeak(const std::vector<RecordedSize>& sizes) {
  return Small(sizes, &RecordedSize::at_peak);
}

}  // namespace workbook
