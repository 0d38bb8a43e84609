// SPDX-License-Identifier: Apache-2.0

// Scenario: a data pipeline. Rows of a CSV are parsed, checked, grouped, summed
// and sorted into a report.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_CSV_PIPELINE_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_CSV_PIPELINE_H_

#include <string>
#include <string_view>

namespace workbook::before {

// Reads the table of time zones (columns codes, coordinates, zone, comments)
// and reports its regions: what a zone's name has before the first slash.
//
// CSV as RFC 4180 has it: fields may be in quotes, quotes inside are doubled, a
// quoted field may hold commas and line ends; lines end with LF or CRLF, the
// last may lack its end. A byte order mark at the beginning is skipped. The
// first line is the header. Lines without any character are skipped. Comments
// may hold any bytes, NUL and what is no UTF-8 too. A row is rejected unless it
// has four fields and
//   codes        are country codes, two capital letters each, commas between;
//   coordinates  are ISO 6709: +DDMM+DDDMM or +DDMMSS+DDDMMSS, either sign;
//   zone         is letters, digits, '_', '+', '-' and at least one '/', which
//                is not its first character.
// A quoted field that never ends and text after a closing quote make a row
// rejected up to the end of its first line, also where that is in quotes: any
// of the quotes may be the wrong one, and a wrong line costs no other.
//
// Thread safety: one thread at a time for each object.
class CsvPipeline {
 public:
  // Returns the report, valid until the next call or the end of the object:
  //
  //   region,zones,countries,mean_latitude_seconds,northernmost
  //   America,121,53,75082,America/Danmarkshavn
  //   ...
  //   rejected,0
  //
  // Regions with more zones first, then by name. `countries` counts different
  // codes; the mean is rounded toward zero; of equally northern zones the
  // first. A table of no rows has a report of the first line and "rejected,0".
  // Cost: O(rows * regions); the first run at most 8 allocations for at most 16
  // regions, whatever the number of rows; a later run none while neither the
  // report nor the number of regions is larger than ever before.
  std::string_view Run(std::string_view csv);

 private:
  std::string report_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_CSV_PIPELINE_H_
