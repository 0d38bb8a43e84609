// SPDX-License-Identifier: Apache-2.0

#include "02_02/batch_job.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <map>

namespace workbook {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "sunday",   "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday"};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

using Text = std::string;

// The position of the one name that begins with `start`, or -1.
int UniqueName(const Text& start, const auto& names) {
  std::string lower;
  for (const char c : start) {
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  int found = -1;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (lower.empty() || !names[i].starts_with(lower)) continue;
    if (found >= 0) return -1;
    found = static_cast<int>(i);
  }
  return found;
}

// A number from 1 to 9999, or -1.
int ParseNumber(const Text& text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  const bool good = result.ec == std::errc() && result.ptr == end &&
                    number >= 1 && number <= 9999;
  return good ? number : -1;
}

enum class DayKind { kFixed, kLast, kFrom, kUpTo };

// Which day of a month, in any year.
struct DayRule {
  DayKind kind = DayKind::kFixed;
  int day = 0;
  int weekday = 0;
};

bool ParseDay(const Text& text, DayRule& rule) {
  if (text.substr(0, 4) == "last") {
    rule.kind = DayKind::kLast;
    rule.weekday = UniqueName(text.substr(4), kWeekdays);
    return rule.weekday >= 0;
  }
  const std::size_t sign = text.find('=');
  if (sign != Text::npos) {
    if (sign < 2 || (text[sign - 1] != '>' && text[sign - 1] != '<')) {
      return false;
    }
    rule.kind = text[sign - 1] == '>' ? DayKind::kFrom : DayKind::kUpTo;
    rule.weekday = UniqueName(text.substr(0, sign - 1), kWeekdays);
    rule.day = ParseNumber(text.substr(sign + 1));
    return rule.weekday >= 0 && rule.day >= 1 && rule.day <= 31;
  }
  rule.day = ParseNumber(text);
  return rule.day >= 1 && rule.day <= 31;
}

// Days since 1970-01-01.
std::int32_t DayOf(int year, int month, const DayRule& rule) {
  const std::chrono::year_month first =
      std::chrono::year(year) /
      std::chrono::month(static_cast<unsigned>(month));
  std::chrono::sys_days day = std::chrono::sys_days(first / 1);
  if (rule.kind == DayKind::kLast) {
    day = std::chrono::sys_days(first / std::chrono::last);
  } else {
    day += std::chrono::days(rule.day - 1);
  }
  const std::chrono::weekday wanted(static_cast<unsigned>(rule.weekday));
  if (rule.kind == DayKind::kFrom) {
    day += wanted - std::chrono::weekday(day);
  } else if (rule.kind != DayKind::kFixed) {
    day -= std::chrono::weekday(day) - wanted;
  }
  return static_cast<std::int32_t>(day.time_since_epoch().count());
}

struct Rule {
  Text name;
  int first_year = 0;
  int last_year = 0;
  int month = 0;
  DayRule day;
  bool is_on = false;
};

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

bool ParseRule(const std::string& line, Rule& rule) {
  const std::vector<std::string> fields = SplitAt(line, ' ');
  if (fields.size() != 10) return false;
  rule.name = fields[1];
  rule.first_year = ParseNumber(fields[2]);
  rule.last_year = fields[3] == "o"    ? rule.first_year
                   : fields[3] == "ma" ? 9999
                                       : ParseNumber(fields[3]);
  rule.month = UniqueName(fields[5], kMonths) + 1;
  rule.is_on = fields[8] != "0";
  return !rule.name.empty() && rule.first_year > 0 && rule.last_year > 0 &&
         rule.month > 0 && ParseDay(fields[6], rule.day);
}

std::string Padded(int number, std::size_t width) {
  const std::string digits = std::to_string(number);
  const std::size_t zeros = width - std::min(width, digits.size());
  return std::string(zeros, '0') + digits;
}

std::string DateOf(std::int32_t day) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(day))};
  return Padded(static_cast<int>(date.year()), 4) + "-" +
         Padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) +
         "-" + Padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

}  // namespace

std::string_view BatchJob::Run(std::string_view data, int first_year,
                               int last_year) {
  std::vector<Rule> rules;
  long rejected = 0;
  if (data.starts_with(kByteOrderMark)) {
    data.remove_prefix(kByteOrderMark.size());
  }
  for (const std::string& line : SplitAt(std::string(data), '\n')) {
    if (!line.starts_with("R ")) continue;
    Rule rule;
    if (ParseRule(line, rule)) {
      rules.push_back(rule);
    } else {
      ++rejected;
    }
  }
  // The rules that switch on a day, by its date.
  std::map<std::string, std::vector<Rule>> days;
  for (const Rule& rule : rules) {
    const int last = std::min(rule.last_year, last_year);
    for (int year = std::max(rule.first_year, first_year); year <= last;
         ++year) {
      days[DateOf(DayOf(year, rule.month, rule.day))].push_back(rule);
    }
  }
  std::string report;
  std::size_t switches = 0;
  for (const auto& [date, rules_of_day] : days) {
    std::map<std::string, int> names;
    std::size_t on = 0;
    for (const Rule& rule : rules_of_day) {
      ++names[rule.name];
      if (rule.is_on) ++on;
    }
    report += date + "," + std::to_string(on) + "," +
              std::to_string(rules_of_day.size() - on) + "," +
              names.begin()->first + "\n";
    switches += rules_of_day.size();
  }
  report += "switches," + std::to_string(switches) + "\nrejected," +
            std::to_string(rejected) + "\n";
  report_ = report;
  return report_;
}

}  // namespace workbook
