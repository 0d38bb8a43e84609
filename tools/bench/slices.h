// SPDX-License-Identifier: Apache-2.0

// Times rows on request, a slice of milliseconds each: what lets a comparison
// go back and forth between two programs that are both started.
#ifndef WORKBOOK_TOOLS_BENCH_SLICES_H_
#define WORKBOOK_TOOLS_BENCH_SLICES_H_

#include <iosfwd>
#include <vector>

#include "tools/bench/runner.h"

namespace workbook {

// Writes "row NAME" for each row that can be timed, then "ready". Then answers
// every line of `requests`, a row's name, with "time NS" (nanoseconds an
// operation) or "error SENTENCE", until they end. A row's first request also
// finds out how many iterations fill the minimum time; that run is thrown away,
// and later slices of the row are of the same length.
// Whatever else the rows print goes between the lines: a reader ignores it.
// REQUIRES: benchmark::Initialize was called.
// Cost: of a request, one slice; no allocation is counted.
void ServeSlices(const std::vector<std::vector<RowInstance>>& cases,
                 std::istream& requests, std::ostream& answers);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_SLICES_H_
