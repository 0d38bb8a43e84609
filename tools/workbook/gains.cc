// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/gains.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include "fmt/format.h"

namespace workbook::cli {
namespace {

constexpr std::string_view kBefore = "#before_";
constexpr std::string_view kAfter = "#after_";
constexpr std::string_view kBytes = "_bytes";

std::optional<std::int64_t> ReadCount(std::string_view text) {
  std::int64_t count = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, count);
  if (result.ec != std::errc() || result.ptr != end || count < 0) {
    return std::nullopt;
  }
  return count;
}

// Of "Task7Pipeline.Reaches#before_allocations" and its value.
std::optional<Gain> GainOf(const RecordedProperties& recorded,
                           const std::string& key, const std::string& value) {
  const std::size_t at = key.find(kBefore);
  if (at == std::string::npos) return std::nullopt;
  const std::string name = key.substr(at + kBefore.size());
  const auto after =
      recorded.find(key.substr(0, at) + std::string(kAfter) + name);
  if (after == recorded.end()) return std::nullopt;
  const auto count_before = ReadCount(value);
  const auto count_after = ReadCount(after->second);
  if (!count_before || !count_after) return std::nullopt;
  return Gain{name, *count_before, *count_after};
}

// 7 of "Task7Pipeline.Reaches#before_allocations"; 0 where it names none.
int TaskOf(std::string_view key) {
  constexpr std::string_view kTask = "Task";
  const std::size_t at = key.find(kTask);
  if (at == std::string_view::npos) return 0;
  key.remove_prefix(at + kTask.size());
  int task = 0;
  std::from_chars(key.data(), key.data() + key.size(), task);
  return task;
}

// "715,894"
std::string Grouped(std::int64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string Words(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

std::vector<Gain> FindGains(const RecordedProperties& recorded) {
  std::vector<Gain> gains;
  for (const auto& [key, value] : recorded) {
    if (auto gain = GainOf(recorded, key, value)) gains.push_back(*gain);
  }
  return gains;
}

std::map<int, std::vector<Gain>> GainsByTask(
    const RecordedProperties& recorded) {
  std::map<int, std::vector<Gain>> gains;
  for (const auto& [key, value] : recorded) {
    if (auto gain = GainOf(recorded, key, value)) {
      gains[TaskOf(key)].push_back(*gain);
    }
  }
  return gains;
}

std::string GainText(const std::vector<Gain>& gains) {
  std::string text;
  for (const Gain& gain : gains) {
    const std::string change =
        fmt::format("{} -> {}", Grouped(gain.before), Grouped(gain.after));
    std::string_view name = gain.name;
    if (!text.empty()) text += ", ";
    if (name.ends_with(kBytes)) {
      name.remove_suffix(kBytes.size());
      text += fmt::format("{} {} B", Words(name), change);
    } else {
      text += fmt::format("{} {}", change, Words(name));
    }
  }
  return text;
}

}  // namespace workbook::cli
