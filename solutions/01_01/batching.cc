// SPDX-License-Identifier: Apache-2.0

#include "01_01/batching.h"

#include <algorithm>

namespace workbook {

BatchShape BestBatch(std::span<const SizeClass> classes,
                     std::size_t object_bytes, std::size_t most_bytes) {
  BatchShape best;
  for (const SizeClass& entry : classes) {
    const std::size_t block_bytes = entry.size_bytes;
    if (block_bytes > most_bytes || block_bytes < object_bytes) continue;
    const BatchShape shape{block_bytes / object_bytes, block_bytes};
    // waste / size, compared without a division.
    if (best.objects == 0 ||
        shape.WasteBytes(object_bytes) * best.block_bytes <=
            best.WasteBytes(object_bytes) * block_bytes) {
      best = shape;
    }
  }
  return best;
}

OrderBook::OrderBook(std::size_t ticks, const BatchShape& shape,
                     std::pmr::memory_resource* memory)
    : shape_(shape), memory_(memory), queues_(2 * ticks) {}

OrderBook::~OrderBook() {
  for (Order* block : blocks_) {
    memory_->deallocate(block, shape_.block_bytes, alignof(Order));
  }
}

void OrderBook::AddBlock() {
  if (blocks_.size() == blocks_.capacity()) {
    blocks_.reserve(std::max<std::size_t>(16, 2 * blocks_.size()));
  }
  auto* const block = static_cast<Order*>(
      memory_->allocate(shape_.block_bytes, alignof(Order)));
  const auto first = static_cast<Index>(blocks_.size() * shape_.objects);
  for (std::size_t i = shape_.objects; i > 0; --i) {
    block[i - 1] = {kNone, free_, 0, 0, 0};
    free_ = first + static_cast<Index>(i - 1);
  }
  blocks_.push_back(block);
}

void OrderBook::MoveBest(Side side) {
  const auto s = static_cast<std::size_t>(side);
  if (orders_[s] == 0) {
    best_[s] = -1;
    return;
  }
  const std::int64_t step = side == Side::kBuy ? -1 : 1;
  while (queues_[static_cast<std::size_t>(best_[s]) * 2 + s].first == kNone) {
    best_[s] += step;
  }
}

void OrderBook::Remove(Index index) {
  Order& order = At(index);
  Queue& queue = queues_[order.queue];
  (order.previous == kNone ? queue.first : At(order.previous).next) =
      order.next;
  (order.next == kNone ? queue.last : At(order.next).previous) = order.previous;
  queue.quantity -= order.quantity;
  const auto side = static_cast<Side>(order.queue % 2);
  order.quantity = 0;
  ++order.generation;
  order.next = free_;
  free_ = index;
  --orders_[static_cast<std::size_t>(side)];
  MoveBest(side);
}

OrderBook::OrderId OrderBook::Add(Side side, std::uint32_t tick,
                                  std::uint32_t quantity) {
  if (free_ == kNone) AddBlock();
  const Index index = free_;
  Order& order = At(index);
  free_ = order.next;
  const auto s = static_cast<std::size_t>(side);
  order.queue = tick * 2 + static_cast<std::uint32_t>(s);
  Queue& queue = queues_[order.queue];
  order.previous = queue.last;
  order.next = kNone;
  order.quantity = quantity;
  (queue.last == kNone ? queue.first : At(queue.last).next) = index;
  queue.last = index;
  queue.quantity += quantity;
  const bool better =
      best_[s] < 0 || (side == Side::kBuy ? tick > best_[s] : tick < best_[s]);
  if (better) best_[s] = tick;
  ++orders_[s];
  return OrderId{order.generation} << 32 | index;
}

bool OrderBook::Cancel(OrderId id) {
  const auto index = static_cast<Index>(id);
  if (index / shape_.objects >= blocks_.size()) return false;
  const Order& order = At(index);
  if (order.quantity == 0 || order.generation != id >> 32) return false;
  Remove(index);
  return true;
}

std::uint64_t OrderBook::Execute(Side side, std::uint64_t quantity) {
  const auto s = static_cast<std::size_t>(side);
  std::uint64_t taken = 0;
  while (taken < quantity && best_[s] >= 0) {
    Queue& queue = queues_[static_cast<std::size_t>(best_[s]) * 2 + s];
    Order& order = At(queue.first);
    const std::uint64_t left = quantity - taken;
    if (order.quantity > left) {
      order.quantity -= static_cast<std::uint32_t>(left);
      queue.quantity -= left;
      return quantity;
    }
    taken += order.quantity;
    Remove(queue.first);
  }
  return taken;
}

std::optional<std::uint32_t> OrderBook::BestTick(Side side) const {
  const std::int64_t best = best_[static_cast<std::size_t>(side)];
  if (best < 0) return std::nullopt;
  return static_cast<std::uint32_t>(best);
}

std::uint64_t OrderBook::Depth(Side side, std::uint32_t tick) const {
  return queues_[std::size_t{tick} * 2 + static_cast<std::size_t>(side)]
      .quantity;
}

std::size_t OrderBook::Orders() const { return orders_[0] + orders_[1]; }

std::size_t OrderBook::Blocks() const { return blocks_.size(); }

}  // namespace workbook
