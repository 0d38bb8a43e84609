// SPDX-License-Identifier: Apache-2.0

#include "03_06/verdict.h"

#include <cmath>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

Interval RatioInterval(std::span<const TimedPair> pairs, std::uint64_t seed) {
  Todo("03_06 task 3: RatioInterval");
}

Verdict Judge(std::span<const TimedPair> pairs, std::uint64_t seed) {
  Todo("03_06 task 3: Judge");
}

}  // namespace workbook
