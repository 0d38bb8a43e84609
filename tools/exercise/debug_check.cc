// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/debug_check.h"

#include <cstdio>
#include <cstdlib>

namespace workbook {

void DebugCheckFailed(const char* broken_promise, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: %s\n", file, line, broken_promise);
  std::abort();
}

}  // namespace workbook
