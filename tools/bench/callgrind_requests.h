// SPDX-License-Identifier: Apache-2.0

// What a benchmark tells callgrind, if it runs under it: a few instructions
// that do nothing on a real processor.
#ifndef WORKBOOK_TOOLS_BENCH_CALLGRIND_REQUESTS_H_
#define WORKBOOK_TOOLS_BENCH_CALLGRIND_REQUESTS_H_

#include <string>

namespace workbook {

// Whether the program was built with valgrind's header; without it the two
// others do nothing.
bool KnowsCallgrind();

// Sets callgrind's counters to zero.
void ResetCallgrind();

// Lets callgrind write its counters to its next file, with `name` in it, and
// sets them to zero.
void DumpCallgrind(const std::string& name);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_CALLGRIND_REQUESTS_H_
