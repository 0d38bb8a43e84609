// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/callgrind_requests.h"

#ifdef WORKBOOK_HAS_VALGRIND
// The macros cast as C does.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <valgrind/callgrind.h>
#endif

namespace workbook {

#ifdef WORKBOOK_HAS_VALGRIND

bool KnowsCallgrind() { return true; }
void ResetCallgrind() { CALLGRIND_ZERO_STATS; }
void DumpCallgrind(const std::string& name) {
  CALLGRIND_DUMP_STATS_AT(name.c_str());
}

#pragma GCC diagnostic pop

#else

bool KnowsCallgrind() { return false; }
void ResetCallgrind() {}
void DumpCallgrind(const std::string&) {}

#endif

}  // namespace workbook
