// SPDX-License-Identifier: Apache-2.0

// Scenario: an access log in CSV becomes lines of JSON. Nearly everything of
// this exercise at work in one call.
#ifndef WORKBOOK_04_01_ACCESS_LOG_H_
#define WORKBOOK_04_01_ACCESS_LOG_H_

#include <span>
#include <string_view>

#include "04_01/caller_buffer.h"
#include "04_01/scratch.h"

namespace workbook {

// Converts records `user,path,status,milliseconds,note` to
//
//   {"user":"ann","path":"/a b","status":200,"ms":1.5,"note":"said \"hi\""}
//   {"rejected":1}
//
// one line a record in its order, and the last line at the end. The user's case
// is folded; the path is URL-decoded; the numbers are written anew, the
// shortest way. A record is rejected unless it has five fields, the user has no
// spaces around it and 1 to 32 bytes, the path's escapes are right, the status
// is 100 to 599, milliseconds are a number that is not negative, and user,
// decoded path and note are UTF-8 (NUL is). An empty line is skipped, and so is
// a byte order mark at the beginning, but nowhere else. Lines end in LF or
// CRLF, the last one may lack its end. What is no CSV is one rejected record up
// to the end of its first line: see CsvRecord.
//
// `scratch` is for what does not outlive a record; there may be frames open.
// REQUIRES: `json` overlaps nothing.
// Cost: O(bytes). No allocation but those of `scratch`, which needs no more
// memory than the longest record: none once it has seen one as long.
// Thread safety: any thread, with a scratch and buffers of its own.
// On failure: kTooSmall with the bytes that are needed; never kInvalid.
BufferResult ConvertAccessLog(std::string_view csv, Scratch& scratch,
                              std::span<char> json);

}  // namespace workbook

#endif  // WORKBOOK_04_01_ACCESS_LOG_H_
