// SPDX-License-Identifier: Apache-2.0

// Many records in one block: a shape that fits a size class, and an order book
// of a million orders that lives in such blocks.
#ifndef WORKBOOK_01_01_BATCHING_H_
#define WORKBOOK_01_01_BATCHING_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

#include "exercises/01_01/given/size_class.h"

namespace workbook {

// How many records to allocate at once.
struct BatchShape {
  std::size_t objects = 0;
  std::size_t block_bytes = 0;  // a size class, whole
  std::size_t WasteBytes(std::size_t object_bytes) const {
    return block_bytes - objects * object_bytes;
  }
};

// Returns the class of at most `most_bytes` that wastes the smallest part of
// its block when it is filled with records; of equal ones the largest, with the
// fewest allocations. objects is 0 when not even one fits. A class of 0 bytes
// is none.
// REQUIRES: object_bytes >= 1; sizes ascend.
// Cost: O(classes), no allocation.
BatchShape BestBatch(std::span<const SizeClass> classes,
                     std::size_t object_bytes,
                     std::size_t most_bytes = kMaxSmallBytes);

enum class Side : std::uint8_t { kBuy, kSell };

// Orders at price ticks, first come first served within a tick.
//
// An order is 20 bytes: links are 32-bit indices, the queue of a tick is a list
// through the orders, and an id says where its order is, so that there is no
// map from ids. With Go's classes BestBatch finds 1088 orders in 21,760 bytes,
// and no byte is wasted.
//
// Invariants: an order is in one queue or in the free list; Depth(side, tick)
// is the sum of its queue; blocks are given back by the destructor only.
class OrderBook {
 public:
  using OrderId = std::uint64_t;

  static constexpr std::size_t kOrderBytes = 20;

  // Makes an empty book of the ticks 0 to `ticks` - 1, whose orders will lie in
  // blocks of `shape`, from `memory`.
  // REQUIRES: 1 <= ticks < 2^31; shape.objects >= 1, and as many orders fit
  // into shape.block_bytes; `memory` outlives the book.
  // Cost: 16 bytes a tick and side, from the heap; no block.
  // On failure: std::bad_alloc.
  OrderBook(
      std::size_t ticks, const BatchShape& shape,
      std::pmr::memory_resource* memory = std::pmr::get_default_resource());
  ~OrderBook();
  OrderBook(const OrderBook&) = delete;
  OrderBook& operator=(const OrderBook&) = delete;

  // Adds an order behind the others of its tick; it is not matched.
  // REQUIRES: tick < ticks, quantity >= 1.
  // Cost: O(1); one block when no record is free.
  // Thread safety: none.
  // On failure: std::bad_alloc, nothing has changed.
  OrderId Add(Side side, std::uint32_t tick, std::uint32_t quantity);

  // Removes an order. False: it was executed or cancelled; ids are not used
  // again (32 bits of generation a record).
  // Cost: O(1), no allocation.
  bool Cancel(OrderId id);

  // Takes up to `quantity` from the orders of `side`, best tick first (the
  // highest to buy, the lowest to sell), oldest first. Returns what was taken.
  // Cost: O(orders executed + ticks passed), no allocation.
  std::uint64_t Execute(Side side, std::uint64_t quantity);

  std::optional<std::uint32_t> BestTick(Side side) const;
  std::uint64_t Depth(Side side, std::uint32_t tick) const;
  std::size_t Orders() const;
  std::size_t Blocks() const;

 private:
  using Index = std::uint32_t;
  static constexpr Index kNone = ~Index{0};

  struct Order {
    Index previous;
    Index next;
    std::uint32_t quantity;    // 0: the record is free
    std::uint32_t queue;       // tick * 2 + side
    std::uint32_t generation;  // counts the lives of the record
  };
  static_assert(sizeof(Order) == kOrderBytes);

  struct Queue {
    Index first = kNone;
    Index last = kNone;
    std::uint64_t quantity = 0;
  };
  static_assert(sizeof(Queue) == 16);

  Order& At(Index index) {
    return blocks_[index / shape_.objects][index % shape_.objects];
  }
  void AddBlock();
  void Remove(Index index);
  void MoveBest(Side side);

  BatchShape shape_;
  std::pmr::memory_resource* memory_;
  std::vector<Order*> blocks_;
  std::vector<Queue> queues_;
  std::array<std::int64_t, 2> best_{-1, -1};  // tick; -1: the side is empty
  std::array<std::size_t, 2> orders_{};
  Index free_ = kNone;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_BATCHING_H_
