// SPDX-License-Identifier: Apache-2.0

#include "03_05/worker_group.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t ForEachIndex(
    std::size_t count, std::size_t max_workers,
    const std::function<void(std::size_t, std::stop_token)>& job,
    std::stop_token stop) {
  Todo("03_05 task 7: ForEachIndex");
}

}  // namespace workbook
