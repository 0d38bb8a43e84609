// SPDX-License-Identifier: Apache-2.0

#include "02_02/batch_job.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>

namespace workbook {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "sunday",   "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday"};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

using Text = std::string_view;

// The position of the one name that begins with `start`, or -1.
int UniqueName(Text start, const auto& names) {
  int found = -1;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = names[i];
    const bool fits =
        !start.empty() && start.size() <= name.size() &&
        std::equal(start.begin(), start.end(), name.begin(),
                   [](char a, char b) {
                     return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b;
                   });
    if (!fits) continue;
    if (found >= 0) return -1;
    found = static_cast<int>(i);
  }
  return found;
}

// A number from 1 to 9999, or -1.
int ParseNumber(Text text) {
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

bool ParseDay(Text text, DayRule& rule) {
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

bool ParseRule(std::string_view line, Rule& rule) {
  std::array<std::string_view, 10> fields;
  std::size_t count = 0;
  while (true) {
    const std::size_t end = line.find(' ');
    if (count == fields.size()) return false;
    fields[count++] = line.substr(0, end);
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  if (count != fields.size()) return false;
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

// Calls `visit` with every rule that can be read; returns how many cannot.
template <typename Visit>
long ForEachRule(std::string_view data, Visit visit) {
  long rejected = 0;
  if (data.starts_with(kByteOrderMark)) {
    data.remove_prefix(kByteOrderMark.size());
  }
  while (!data.empty()) {
    const std::string_view line = data.substr(0, data.find('\n'));
    data.remove_prefix(std::min(line.size() + 1, data.size()));
    if (!line.starts_with("R ")) continue;
    Rule rule;
    if (ParseRule(line, rule)) {
      visit(rule);
    } else {
      ++rejected;
    }
  }
  return rejected;
}

void AppendNumber(std::string& text, long number, int width = 1) {
  char digits[24];
  const auto result = std::to_chars(digits, digits + sizeof(digits), number);
  for (auto length = result.ptr - digits; length < width; ++length) text += '0';
  text.append(digits, result.ptr);
}

void AppendDate(std::string& text, std::int32_t day) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days(std::chrono::days(day))};
  AppendNumber(text, static_cast<int>(date.year()), 4);
  text += '-';
  AppendNumber(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  AppendNumber(text, static_cast<unsigned>(date.day()), 2);
}

}  // namespace

std::string_view BatchJob::Run(std::string_view data, int first_year,
                               int last_year) {
  // The rules are read twice: once to know how many switches there are, once to
  // write them. Keeping them would take another block, and growing the list
  // three times its size.
  std::size_t count = 0;
  const long rejected = ForEachRule(data, [&](const Rule& rule) {
    const int first = std::max(rule.first_year, first_year);
    const int last = std::min(rule.last_year, last_year);
    if (first <= last) count += static_cast<std::size_t>(last - first + 1);
  });
  switches_.clear();
  switches_.reserve(count);
  ForEachRule(data, [&](const Rule& rule) {
    const int last = std::min(rule.last_year, last_year);
    for (int year = std::max(rule.first_year, first_year); year <= last;
         ++year) {
      switches_.push_back(
          {DayOf(year, rule.month, rule.day), rule.is_on, rule.name});
    }
  });
  std::sort(switches_.begin(), switches_.end(),
            [](const Switch& left, const Switch& right) {
              return left.day != right.day ? left.day < right.day
                                           : left.name < right.name;
            });
  WriteReport(rejected);
  return report_;
}

void BatchJob::WriteReport(long rejected) {
  const auto day_end = [this](std::size_t begin) {
    std::size_t end = begin;
    while (end < switches_.size() &&
           switches_[end].day == switches_[begin].day) {
      ++end;
    }
    return end;
  };
  std::size_t days = 0;
  for (std::size_t i = 0; i < switches_.size(); i = day_end(i)) ++days;
  report_.clear();
  report_.reserve(std::max(report_.capacity(), days * 32 + 64));
  for (std::size_t i = 0; i < switches_.size();) {
    const std::size_t end = day_end(i);
    const auto on =
        std::count_if(switches_.begin() + static_cast<std::ptrdiff_t>(i),
                      switches_.begin() + static_cast<std::ptrdiff_t>(end),
                      [](const Switch& one) { return one.is_on; });
    AppendDate(report_, switches_[i].day);
    report_ += ',';
    AppendNumber(report_, on);
    report_ += ',';
    AppendNumber(report_, static_cast<long>(end - i) - on);
    report_.append(",").append(switches_[i].name).append("\n");
    i = end;
  }
  report_ += "switches,";
  AppendNumber(report_, static_cast<long>(switches_.size()));
  report_ += "\nrejected,";
  AppendNumber(report_, rejected);
  report_ += '\n';
}

}  // namespace workbook
