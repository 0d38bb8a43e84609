// SPDX-License-Identifier: Apache-2.0

#include "04_03/break_even.h"

#include "tools/exercise/todo.h"

namespace workbook {

std::optional<double> BreakEvenHitRate(const UseTimes& times) {
  Todo("04_03 task 4: BreakEvenHitRate");
}

}  // namespace workbook
