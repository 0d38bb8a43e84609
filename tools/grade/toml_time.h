// SPDX-License-Identifier: Apache-2.0

// TOML's times as numbers.
#ifndef WORKBOOK_TOOLS_GRADE_TOML_TIME_H_
#define WORKBOOK_TOOLS_GRADE_TOML_TIME_H_

#include <toml++/toml.h>

#include <chrono>
#include <cstdint>
#include <optional>

namespace workbook::grade {

// Seconds since 1970 in UTC; none for a local time, whose offset nobody knows.
inline std::optional<std::int64_t> SecondsOf(const toml::date_time& time) {
  if (!time.offset) return std::nullopt;
  const std::chrono::sys_days day = std::chrono::year{time.date.year} /
                                    std::chrono::month{time.date.month} /
                                    std::chrono::day{time.date.day};
  return std::chrono::seconds(day.time_since_epoch()).count() +
         time.time.hour * std::int64_t{3600} + time.time.minute * 60 +
         time.time.second - time.offset->minutes * std::int64_t{60};
}

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_TOML_TIME_H_
