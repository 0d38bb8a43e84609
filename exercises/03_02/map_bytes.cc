// SPDX-License-Identifier: Apache-2.0

#include "03_02/map_bytes.h"

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t NodeBytes(NodeShape shape) { Todo("03_02 task 2: NodeBytes"); }

HeapUse NodeMapUse(std::size_t count, std::size_t buckets, NodeShape shape) {
  Todo("03_02 task 2: NodeMapUse");
}

std::size_t FlatCapacity(std::size_t count) {
  Todo("03_02 task 2: FlatCapacity");
}

HeapUse FlatMapUse(std::size_t capacity, std::size_t entry_bytes) {
  Todo("03_02 task 2: FlatMapUse");
}

}  // namespace workbook
