// SPDX-License-Identifier: Apache-2.0

#include "04_02/delta_ids.h"

#include <algorithm>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

void DeltaIds::Append(std::uint64_t id) {
  Todo("04_02 task 4: DeltaIds::Append");
}

bool DeltaIds::Contains(std::uint64_t id) const {
  Todo("04_02 task 4: DeltaIds::Contains");
}

std::uint64_t DeltaIds::At(std::size_t index) const {
  Todo("04_02 task 4: DeltaIds::At");
}

}  // namespace workbook
