// SPDX-License-Identifier: Apache-2.0

// A comparison for people and for programs.
#ifndef WORKBOOK_TOOLS_SIMILARITY_REPORT_H_
#define WORKBOOK_TOOLS_SIMILARITY_REPORT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "tools/similarity/compare.h"

namespace workbook::similarity {

// Names and code of students are not trusted in any of the three: see
// tools/text/escape.h. The page has no script, and its policy forbids requests.

// One page: the first `shown` pairs as a table, then the shared regions of each
// side by side.
std::string HtmlReport(const std::vector<Entry>& entries,
                       const Comparison& comparison, std::size_t shown);

// A line a pair, all of them: rank, both names, share in per cent, tokens
// shared, both entries' own tokens.
std::string CsvReport(const std::vector<Entry>& entries,
                      const Comparison& comparison);

// Schema 1, all pairs. "pairs"[]: "a", "b", "share", "tokens", "regions"[]:
// "tokens", and for "a" and "b" each "file", "first_line", "last_line".
// "submissions"[]: "name", "own_tokens", "stub_tokens".
std::string JsonReport(const std::vector<Entry>& entries,
                       const Comparison& comparison);

}  // namespace workbook::similarity

#endif  // WORKBOOK_TOOLS_SIMILARITY_REPORT_H_
