// SPDX-License-Identifier: Apache-2.0

#include "03_06/cold_and_warm.h"

#include "tools/exercise/todo.h"

namespace workbook {

std::vector<double> ColdTimesNs(const ColdWarmParts& parts,
                                std::size_t samples) {
  Todo("03_06 task 7: ColdTimesNs");
}

std::vector<double> WarmTimesNs(const ColdWarmParts& parts,
                                std::size_t samples) {
  Todo("03_06 task 7: WarmTimesNs");
}

}  // namespace workbook
