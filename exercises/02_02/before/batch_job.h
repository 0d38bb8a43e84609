// SPDX-License-Identifier: Apache-2.0

// Scenario: a batch job. Rules are expanded to the days on which clocks are
// switched, and those are sorted and counted.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_BATCH_JOB_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_BATCH_JOB_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::before {

// Reads the rules of the time zone database in its compact form (man 8 zic):
//
//   R name from to - month day time save letters
//
// `from` is a year; `to` is a year, "o" (only `from`) or "ma" (no end). `month`
// is the beginning of an English name that fits only one. `day` is a number,
// "lastSu", "Su>=8" or "Sa<=30"; a weekday is named like a month. The other
// fields are not looked at, except `save`: "0" switches summer time off, all
// else on. Lines end with LF or CRLF, the last may lack its end. A byte order
// mark at the beginning is skipped. Names may hold any bytes but a space, NUL
// and what is no UTF-8 too.
//
// Thread safety: one thread at a time for each object.
class BatchJob {
 public:
  // Returns the switches of the years first_year to last_year, valid until the
  // next call or the end of the object:
  //
  //   1916-04-30,2,0,C
  //   ...
  //   switches,3215
  //   rejected,0
  //
  // one line a day with how many rules switch on, how many off, and the name
  // that comes first in byte order. A rule is of the year that it is given for,
  // also where "Su>=31" falls into the next month. Lines that do not begin with
  // "R " are passed over; a rule that cannot be read is rejected.
  // REQUIRES: both years are from 1 to 9999. Where the first is the later one,
  // there are no switches.
  // Cost: O(switches * log(switches)); the first run at most 3 allocations,
  // later runs none while there are not more switches than ever before. At the
  // peak 24 bytes a switch and 32 a day.
  std::string_view Run(std::string_view data, int first_year, int last_year);

 private:
  std::string report_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_BATCH_JOB_H_
