// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_sources.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <climits>
#include <cstdio>
#include <span>
#include <system_error>

namespace workbook {
namespace {

// From here on, version 1 means no limit: it prints 2^63 rounded down to pages.
constexpr double kNoLimit = 4.6e18;

// A whole small file in `buffer`; empty when it cannot be read.
std::string_view ReadSmall(const char* path, std::span<char> buffer) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const ssize_t count =
        read(fd, buffer.data() + filled, buffer.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  close(fd);
  return {buffer.data(), filled};
}

// The number behind `label`, spaces skipped; none if either is missing.
std::optional<double> NumberAfter(std::string_view text,
                                  std::string_view label) {
  const std::size_t place = text.find(label);
  if (place == std::string_view::npos) return std::nullopt;
  text.remove_prefix(place + label.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  double number = 0;
  const auto result =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || number < 0) return std::nullopt;
  return number;
}

std::optional<double> Kibibytes(std::optional<double> number) {
  if (number) *number *= 1024;
  return number;
}

std::optional<double> ReadNumber(const char* path) {
  std::array<char, 64> buffer;
  return NumberAfter(ReadSmall(path, buffer), "");
}

std::string WholeFile(const std::string& path) {
  std::array<char, 8192> buffer;
  return std::string(ReadSmall(path.c_str(), buffer));
}

}  // namespace

// [given]
MemorySources::MemorySources(const std::string& root)
    : rollup_(root + "/proc/self/smaps_rollup"),
      statm_(root + "/proc/self/statm"),
      machine_pressure_(root + "/proc/pressure/memory"),
      mount_(root + "/sys/fs/cgroup") {
  FindGroup();
}

// /proc/self/cgroup has a line ID:CONTROLLERS:PATH for each hierarchy; version
// 2's is 0::PATH. Both at once is the hybrid layout: then the memory controller
// of version 1 is the one with limits.
void MemorySources::FindGroup() {
  const std::string root = mount_.substr(
      0, mount_.size() - std::string_view("/sys/fs/cgroup").size());
  const std::string text = WholeFile(root + "/proc/self/cgroup");
  bool is_v1 = false;
  for (std::string_view rest = text; !rest.empty() && !is_v1;) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    const std::string list =
        "," + std::string(line.substr(first + 1, second - first - 1)) + ",";
    is_v1 = list.find(",memory,") != std::string::npos;
    if (is_v1 || list == ",,") group_ = line.substr(second + 1);
  }
  if (group_ == "/") group_.clear();
  if (is_v1) mount_ += "/memory";
  limit_name_ = is_v1 ? "/memory.limit_in_bytes" : "/memory.max";
  const char* const usage_name =
      is_v1 ? "/memory.usage_in_bytes" : "/memory.current";
  // In a container the path is the host's, and the mount shows the group
  // itself.
  if (access((mount_ + group_ + usage_name).c_str(), R_OK) != 0) group_.clear();
  usage_ = mount_ + group_ + usage_name;
  stat_ = mount_ + group_ + "/memory.stat";
  inactive_ = is_v1 ? "\ntotal_inactive_file " : "\ninactive_file ";
  if (!is_v1) group_pressure_ = mount_ + group_ + "/memory.pressure";
}

MemorySample MemorySources::Read() const {
  MemorySample sample;
  sample.time_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  ReadProcess(sample);
  ReadGroup(sample);
  ReadPressure(sample);
  return sample;
}

void MemorySources::ReadProcess(MemorySample& sample) const {
  std::array<char, 2048> buffer;
  std::string_view text = ReadSmall(rollup_.c_str(), buffer);
  sample[MemoryMetric::kRssBytes] = Kibibytes(NumberAfter(text, "\nRss:"));
  sample[MemoryMetric::kPssBytes] = Kibibytes(NumberAfter(text, "\nPss:"));
  if (!sample[MemoryMetric::kRssBytes]) {
    text = ReadSmall(statm_.c_str(), buffer);  // pages: all, resident, ...
    std::optional<double> pages = NumberAfter(text, " ");
    if (pages) *pages *= static_cast<double>(sysconf(_SC_PAGESIZE));
    sample[MemoryMetric::kRssBytes] = pages;
  }
  const struct mallinfo2 info = mallinfo2();
  // A sanitizer's malloc has no such figures, and says 0.
  if (info.arena + info.hblkhd > 0) {
    sample[MemoryMetric::kAllocatedBytes] =
        static_cast<double>(info.uordblks + info.hblkhd);
    sample[MemoryMetric::kAllocatorHeldBytes] =
        static_cast<double>(info.arena + info.hblkhd);
  }
}

// An ancestor's limit holds for its descendants too.
void MemorySources::ReadGroup(MemorySample& sample) const {
  sample[MemoryMetric::kCgroupUsedBytes] = ReadNumber(usage_.c_str());
  std::array<char, 8192> stat;
  sample[MemoryMetric::kCgroupInactiveBytes] =
      NumberAfter(ReadSmall(stat_.c_str(), stat), inactive_);
  std::optional<double>& least = sample[MemoryMetric::kCgroupLimitBytes];
  std::array<char, PATH_MAX> path;
  std::string_view group = group_;
  while (true) {
    const int length = std::snprintf(
        path.data(), path.size(), "%s%.*s%s", mount_.c_str(),
        static_cast<int>(group.size()), group.data(), limit_name_.c_str());
    if (length > 0 && static_cast<std::size_t>(length) < path.size()) {
      const std::optional<double> limit = ReadNumber(path.data());
      if (limit && *limit < kNoLimit && (!least || *limit < *least)) {
        least = limit;
      }
    }
    if (group.empty()) return;
    group = group.substr(0, group.rfind('/'));
  }
}

void MemorySources::ReadPressure(MemorySample& sample) const {
  std::array<char, 512> buffer;
  std::string_view text = ReadSmall(group_pressure_.c_str(), buffer);
  if (text.empty()) text = ReadSmall(machine_pressure_.c_str(), buffer);
  sample[MemoryMetric::kPressureSomePercent] = NumberAfter(text, "some avg10=");
  sample[MemoryMetric::kPressureFullPercent] = NumberAfter(text, "full avg10=");
}

}  // namespace workbook
