// SPDX-License-Identifier: Apache-2.0

#include "04_03/pool_ratios.h"

#include <cstdint>

#include "tools/exercise/todo.h"

namespace workbook {

double HitPercent(const PoolFigures& figures) {
  Todo("04_03 task 1: HitPercent");
}

double HeldPerRequestedByte(const PoolFigures& figures) {
  Todo("04_03 task 1: HeldPerRequestedByte");
}

double WastePercent(const PoolFigures& figures) {
  Todo("04_03 task 1: WastePercent");
}

}  // namespace workbook
