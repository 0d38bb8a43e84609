// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/late.h"

#include <algorithm>
#include <string_view>

#include "tools/grade/toml_time.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

constexpr std::int64_t kSecondsADay = 86'400;

// TOML's own times, so that both files spell them alike.
std::optional<std::int64_t> ParseTime(std::string_view text) {
  constexpr std::string_view kLetters = "0123456789-:.+TtZz ";
  if (text.find_first_not_of(kLetters) != std::string_view::npos) {
    return std::nullopt;
  }
  try {
    const toml::table parsed = toml::parse("time = " + std::string(text));
    const auto time = parsed["time"].value<toml::date_time>();
    return time ? SecondsOf(*time) : std::nullopt;
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

template <typename Value>
const Value* FindStudent(const std::map<std::string, Value>& all,
                         const std::string& student) {
  const auto found = all.find(student);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace

HandInTimes ReadHandInTimes(const std::string& csv) {
  HandInTimes times;
  int number = 0;
  for (std::string_view line : SplitLines(csv)) {
    ++number;
    line = TrimSpace(line);
    if (number == 1) {
      if (line != "student,handed_in") {
        times.error = "line 1 must be: student,handed_in";
        return times;
      }
      continue;
    }
    if (line.empty()) continue;
    const std::size_t comma = line.rfind(',');
    const auto seconds = comma == std::string_view::npos
                             ? std::nullopt
                             : ParseTime(TrimSpace(line.substr(comma + 1)));
    if (!seconds) {
      times.error = "line " + std::to_string(number) +
                    " is not STUDENT,2026-12-01T23:59:59+01:00";
      return times;
    }
    times.seconds[std::string(TrimSpace(line.substr(0, comma)))] = *seconds;
  }
  if (number == 0) times.error = "it is empty";
  return times;
}

std::optional<int> ChargedDays(const MarkRules& rules, const HandInTimes& times,
                               const std::string& student) {
  const std::int64_t* const handed_in = FindStudent(times.seconds, student);
  if (handed_in == nullptr) return std::nullopt;
  const std::int64_t late_seconds = *handed_in - *rules.due_seconds;
  if (late_seconds <= 0) return 0;
  const int* const extension = FindStudent(rules.extensions, student);
  const std::int64_t days = (late_seconds + kSecondsADay - 1) / kSecondsADay -
                            rules.late_free_days -
                            (extension == nullptr ? 0 : *extension);
  return static_cast<int>(std::clamp<std::int64_t>(days, 0, 10'000));
}

}  // namespace workbook::grade
