// SPDX-License-Identifier: Apache-2.0

// Scenario: lines of a web server's log become records, and records a report.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_LOG_REPORT_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_LOG_REPORT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "exercises/04_01/before/caller_buffer.h"
#include "exercises/04_01/before/scratch.h"

namespace workbook::before {

// What a line says.
struct LogRecord {
  std::string host;
  std::string method;  // without the quote
  std::string path;
  std::int64_t status = 0;
  std::int64_t bytes = 0;
};

// Reads a line of the Common Log Format:
//
//   host ident user [day:time zone] "method path protocol" status bytes
//
// Space around the line does not count. The rest is exactly ten parts with one
// space between each two. The sixth begins with a quote, the eighth ends with
// one, the status is 100 to 599, and the bytes are not negative; `-` stands for
// 0 bytes. Nothing else is checked. What is no such line is std::nullopt.
// Cost: O(bytes); no allocation.
// Thread safety: any thread.
// Source: Apache HTTP Server 2.4, Log Files, "Common Log Format".
std::optional<LogRecord> ReadLogLine(std::string_view line);

// Writes a line `path hits bytes` for each path of `log`, in the order of the
// paths' bytes, then a line `rejected lines`. All of them end in LF. The lines
// of the log end in LF or CRLF, the last one may lack its end; those with
// nothing but space are skipped, those that ReadLogLine refuses are rejected.
// REQUIRES: `out` overlaps nothing; the bytes of a path add up to an int64_t.
// Cost: O(n log n) for n lines. No allocation but those of `scratch`, which has
// the memory back in the end: none when it has seen as many lines before.
// Thread safety: any thread, with a scratch and a buffer of its own.
// On failure: kTooSmall with the bytes that are needed, never kInvalid; throws
// std::bad_alloc where the scratch can't grow.
BufferResult ReportPaths(std::string_view log, Scratch& scratch,
                         std::span<char> out);

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_LOG_REPORT_H_
