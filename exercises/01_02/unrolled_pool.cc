// SPDX-License-Identifier: Apache-2.0

#include "01_02/unrolled_pool.h"

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t UnrolledFreeList::Count() const {
  Todo("01_02 task 6: UnrolledFreeList::Count");
}

}  // namespace workbook
