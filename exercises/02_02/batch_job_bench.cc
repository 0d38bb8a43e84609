// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "02_02/batch_job.h"
#include "exercises/02_02/before/batch_job.h"
#include "exercises/02_02/scenario_bench.h"
#include "exercises/02_02/testdata/inputs.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/match.h>
#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_split.h>
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "batch_job/century";
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2037;

#ifdef WORKBOOK_HAS_ABSEIL_CPP
// The same report with Abseil's strings, views of the input, and the map that
// comes to mind. It checks less.
class LibraryBatch {
 public:
  std::string_view Run(const std::string& data) {
    std::map<std::chrono::sys_days, Day> days;
    long switches = 0;
    for (const absl::string_view line : absl::StrSplit(data, '\n')) {
      if (absl::StartsWith(line, "R ")) switches += AddRule(line, days);
    }
    report_.clear();
    for (const auto& [day, counts] : days) {
      const std::chrono::year_month_day date(day);
      absl::StrAppend(
          &report_, static_cast<int>(date.year()), "-",
          absl::Dec(static_cast<unsigned>(date.month()), absl::kZeroPad2), "-",
          absl::Dec(static_cast<unsigned>(date.day()), absl::kZeroPad2), ",",
          counts.on, ",", counts.off, ",", counts.name, "\n");
    }
    absl::StrAppend(&report_, "switches,", switches, "\nrejected,0\n");
    return report_;
  }

 private:
  struct Day {
    long on = 0;
    long off = 0;
    absl::string_view name;
  };

  static unsigned Find(absl::string_view start,
                       std::initializer_list<absl::string_view> names) {
    unsigned i = 0;
    for (const absl::string_view name : names) {
      if (absl::StartsWith(name, start)) break;
      ++i;
    }
    return i;
  }

  static std::chrono::sys_days DayOf(int year, unsigned month,
                                     absl::string_view rule) {
    const auto first = std::chrono::year(year) / std::chrono::month(month);
    const auto weekday = [](absl::string_view name) {
      return std::chrono::weekday(
          Find(name, {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday",
                      "Friday", "Saturday"}));
    };
    if (absl::StartsWith(rule, "last")) {
      return first / weekday(rule.substr(4))[std::chrono::last];
    }
    int number = 0;
    const std::size_t sign = rule.find('=');
    if (sign == absl::string_view::npos) {
      static_cast<void>(absl::SimpleAtoi(rule, &number));
      return std::chrono::sys_days(first / 1) + std::chrono::days(number - 1);
    }
    static_cast<void>(absl::SimpleAtoi(rule.substr(sign + 1), &number));
    const std::chrono::weekday wanted = weekday(rule.substr(0, sign - 1));
    const std::chrono::sys_days day =
        std::chrono::sys_days(first / 1) + std::chrono::days(number - 1);
    return rule[sign - 1] == '>' ? day + (wanted - std::chrono::weekday(day))
                                 : day - (std::chrono::weekday(day) - wanted);
  }

  static long AddRule(absl::string_view line,
                      std::map<std::chrono::sys_days, Day>& days) {
    const std::vector<absl::string_view> fields = absl::StrSplit(line, ' ');
    int from = 0;
    int to = kLastYear;
    static_cast<void>(absl::SimpleAtoi(fields[2], &from));
    if (fields[3] == "o") {
      to = from;
    } else if (fields[3] != "ma") {
      static_cast<void>(absl::SimpleAtoi(fields[3], &to));
    }
    const unsigned month =
        1 + Find(fields[5], {"January", "February", "March", "April", "May",
                             "June", "July", "August", "September", "October",
                             "November", "December"});
    long added = 0;
    for (int year = std::max(from, kFirstYear); year <= std::min(to, kLastYear);
         ++year) {
      Day& day = days[DayOf(year, month, fields[6])];
      ++(fields[8] == "0" ? day.off : day.on);
      if (day.name.empty() || fields[1] < day.name) day.name = fields[1];
      ++added;
    }
    return added;
  }

  std::string report_;
};
#endif

const RegisterRows registration([] {
  const TwoInputs inputs = Alternating(TimeZoneData(), "\nR ", '#');
  const auto run = [](auto& job, const std::string& data) {
    return job.Run(data, kFirstYear, kLastYear);
  };
  AddScenarioRow<before::BatchJob>(kCase, Role::kBaseline, "before", inputs,
                                   run);
  AddScenarioRow<BatchJob>(kCase, Role::kSubject, "BatchJob", inputs, run);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddScenarioRow<LibraryBatch>(
      kCase, Role::kPeer, "absl::StrSplit + std::map", inputs,
      [](auto& job, const std::string& data) { return job.Run(data); });
#else
  AddGap(kCase, "absl::StrSplit + std::map", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
