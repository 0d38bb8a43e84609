// SPDX-License-Identifier: Apache-2.0

// The fields of a CSV record, as views; a copy only where a quote needs it.
#ifndef WORKBOOK_04_01_CSV_FIELDS_H_
#define WORKBOOK_04_01_CSV_FIELDS_H_

#include <span>
#include <string_view>

#include "04_01/caller_buffer.h"

namespace workbook {

struct CsvField {
  // What the field says, without the quotes around it; a view of the input.
  std::string_view text;
  // Two quotes stand in `text` where the field says one: see UnquoteCsvField.
  bool has_doubled_quotes = false;
};

struct CsvRecord {
  // kOk: that many fields. kTooSmall: that many are needed. kInvalid: the
  // offset of a quote inside an unquoted field, of what follows a closing
  // quote, or of the end of the input where a closing quote is missing.
  BufferResult fields;
  // Where the next record begins: behind the line end. Also known for
  // kTooSmall. For kInvalid it is behind the first LF, also one in quotes, or
  // the input's size: any of the quotes may be the wrong one, and a wrong line
  // costs no other.
  std::size_t size_bytes = 0;
};

// Reads the record at the start of `csv`: to LF, CRLF or the end. An empty line
// is one empty field. A quoted field may hold commas and both line ends; a CR
// without LF is a character like others, and so are NUL and what is no UTF-8. A
// byte order mark is text here: a reader of files skips it once, at the
// beginning.
// REQUIRES: csv is not empty.
// Cost: O(bytes of the record, or up to the place that is wrong); reading a
// whole file is O(bytes) whatever is in it. No allocation.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall or kInvalid, as CsvRecord says.
// Source: RFC 4180, section 2, and LF alone as a line end.
CsvRecord ReadCsvRecord(std::string_view csv, std::span<CsvField> fields);

// Writes what a field says, with each two quotes as one.
// REQUIRES: `out` begins where the field's text begins, or overlaps nothing.
// Cost: O(bytes); no allocation.
// Thread safety: as above.
// On failure: kTooSmall with the bytes that are needed.
BufferResult UnquoteCsvField(const CsvField& field, std::span<char> out);

// Writes `text` as a field: in quotes where it holds a comma, a quote, CR or
// LF, as it is otherwise.
// REQUIRES: `out` overlaps nothing.
// Cost: O(bytes); no allocation.
// Thread safety: as above.
// On failure: kTooSmall with the bytes that are needed.
BufferResult QuoteCsvField(std::string_view text, std::span<char> out);

}  // namespace workbook

#endif  // WORKBOOK_04_01_CSV_FIELDS_H_
