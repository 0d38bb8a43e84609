#include "01_01/batching.h"

#include <algorithm>

namespace workbook {

BatchShape BestBatch([[maybe_unused]] const SizeClassTable& classes,
                     [[maybe_unused]] std::size_t object_bytes,
                     [[maybe_unused]] std::size_t most_bytes) {
  Todo("01_01 task 10: BestBatch");
}

OrderBook::OrderBook([[maybe_unused]] std::size_t ticks,
                     [[maybe_unused]] std::pmr::memory_resource* memory) {
  Todo("01_01 task 10: OrderBook::OrderBook");
}

OrderBook::~OrderBook() = default;

OrderBook::OrderId OrderBook::Add([[maybe_unused]] Side side,
                                  [[maybe_unused]] std::uint32_t tick,
                                  [[maybe_unused]] std::uint32_t quantity) {
  Todo("01_01 task 10: OrderBook::Add");
}

bool OrderBook::Cancel([[maybe_unused]] OrderId id) {
  Todo("01_01 task 10: OrderBook::Cancel");
}

std::uint64_t OrderBook::Execute([[maybe_unused]] Side side,
                                 [[maybe_unused]] std::uint64_t quantity) {
  Todo("01_01 task 10: OrderBook::Execute");
}

std::optional<std::uint32_t> OrderBook::BestTick(
    [[maybe_unused]] Side side) const {
  Todo("01_01 task 10: OrderBook::BestTick");
}

std::uint64_t OrderBook::Depth([[maybe_unused]] Side side,
                               [[maybe_unused]] std::uint32_t tick) const {
  Todo("01_01 task 10: OrderBook::Depth");
}

std::size_t OrderBook::Orders() const {
  Todo("01_01 task 10: OrderBook::Orders");
}

std::size_t OrderBook::Blocks() const {
  Todo("01_01 task 10: OrderBook::Blocks");
}

}  // namespace workbook
