// SPDX-License-Identifier: Apache-2.0

// Given: the rows of the table of time zones, read and checked. The pipeline
// sees views of the table, and none of its quotes.
#ifndef WORKBOOK_02_02_ZONE_ROWS_H_
#define WORKBOOK_02_02_ZONE_ROWS_H_

#include <cstddef>
#include <string_view>

namespace workbook {

// One row; the views are parts of the table.
struct ZoneRow {
  std::string_view codes;  // "AA" or "AA,BB": two capital letters each
  std::string_view zone;   // "Europe/Berlin"
  long latitude_seconds = 0;
};

// Two capital letters make 676 codes.
inline constexpr std::size_t kCountries = std::size_t{26} * 26;

// Returns the number of a code, from 0 to kCountries - 1.
// REQUIRES: `code` is two capital letters.
inline std::size_t CountryNumber(std::string_view code) {
  const auto first = static_cast<std::size_t>(code[0] - 'A');
  const auto second = static_cast<std::size_t>(code[1] - 'A');
  return first * 26 + second;
}

// Reads the rows of a table, one after the other. csv_pipeline.h says what a
// table is, and which of its rows are rejected.
// Thread safety: one thread at a time for each object.
class ZoneRows {
 public:
  // Begins behind the byte order mark, if there is one.
  explicit ZoneRows(std::string_view csv);

  // Reads the next row that is not rejected; false where the table ends. The
  // first line is the header and no row.
  // Cost: O(what is read); no allocation.
  bool Next(ZoneRow& row);

  // Returns how many rows were rejected so far.
  long Rejected() const { return rejected_; }

 private:
  std::string_view rest_;
  bool at_header_ = true;
  long rejected_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_ZONE_ROWS_H_
