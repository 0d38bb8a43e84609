// SPDX-License-Identifier: Apache-2.0

#include "01_01/batching.h"

#include <algorithm>

#include "tools/exercise/todo.h"

namespace workbook {

BatchShape BestBatch(std::span<const SizeClass> classes,
                     std::size_t object_bytes, std::size_t most_bytes) {
  Todo("01_01 task 12: BestBatch");
}

OrderBook::OrderBook(std::size_t ticks, const BatchShape& shape,
                     std::pmr::memory_resource* memory) {
  Todo("01_01 task 12: OrderBook::OrderBook");
}

OrderBook::~OrderBook() {
  // Yours. No Todo: it may not leave a destructor.
}

OrderBook::OrderId OrderBook::Add(Side side, std::uint32_t tick,
                                  std::uint32_t quantity) {
  Todo("01_01 task 12: OrderBook::Add");
}

bool OrderBook::Cancel(OrderId id) { Todo("01_01 task 12: OrderBook::Cancel"); }

std::uint64_t OrderBook::Execute(Side side, std::uint64_t quantity) {
  Todo("01_01 task 12: OrderBook::Execute");
}

std::optional<std::uint32_t> OrderBook::BestTick(Side side) const {
  Todo("01_01 task 12: OrderBook::BestTick");
}

std::uint64_t OrderBook::Depth(Side side, std::uint32_t tick) const {
  Todo("01_01 task 12: OrderBook::Depth");
}

std::size_t OrderBook::Orders() const {
  Todo("01_01 task 12: OrderBook::Orders");
}

std::size_t OrderBook::Blocks() const {
  Todo("01_01 task 12: OrderBook::Blocks");
}

}  // namespace workbook
