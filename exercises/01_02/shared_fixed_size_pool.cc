// SPDX-License-Identifier: Apache-2.0

#include "01_02/shared_fixed_size_pool.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <new>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

SharedFixedSizePool::SharedFixedSizePool(
    const FixedSizePool::Options& options) {
  Todo("01_02 task 1: SharedFixedSizePool::SharedFixedSizePool");
}

SharedFixedSizePool::~SharedFixedSizePool() {
  // Yours. No Todo: it may not leave a destructor.
}

std::size_t SharedFixedSizePool::BytesHeld() const {
  Todo("01_02 task 1: SharedFixedSizePool::BytesHeld");
}

}  // namespace workbook
