// SPDX-License-Identifier: Apache-2.0

#include "01_01/batching.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <list>
#include <map>
#include <memory_resource>
#include <new>
#include <random>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exercises/01_01/testing/go_classes.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr BatchShape kShape{1'088, 21'760};

TEST(Task12Batching, FindsTheShapeThatWastesLeast) {
  const auto& classes = kGoClasses;
  const BatchShape of_20 = BestBatch(classes, 20);
  EXPECT_EQ(of_20.block_bytes, 21'760u);
  EXPECT_EQ(of_20.objects, 1'088u);
  EXPECT_EQ(of_20.WasteBytes(20), 0u);
  EXPECT_EQ(BestBatch(classes, 16).block_bytes, 32'768u)
      << "of equal ones the largest";
  EXPECT_EQ(BestBatch(classes, 48, 1'000).WasteBytes(48), 0u);
  EXPECT_LE(BestBatch(classes, 48, 1'000).block_bytes, 1'000u);
  EXPECT_EQ(BestBatch(classes, 40'000).objects, 0u) << "none fits";
  for (std::size_t bytes = 1; bytes <= 2'000; ++bytes) {
    const BatchShape shape = BestBatch(classes, bytes);
    for (std::size_t i = 1; i < kClassCount; ++i) {
      const std::size_t size = classes[i].size_bytes;
      if (size < bytes) continue;
      ASSERT_LE(shape.WasteBytes(bytes) * size,
                size % bytes * shape.block_bytes)
          << bytes << " bytes in class " << i;
    }
  }
}

TEST(Task12Batching, ServesFirstComeFirstServedFromTheBestTick) {
  OrderBook book(100, kShape);
  EXPECT_FALSE(book.BestTick(Side::kBuy));
  const auto a = book.Add(Side::kBuy, 50, 10);
  const auto b = book.Add(Side::kBuy, 50, 5);
  book.Add(Side::kBuy, 49, 7);
  book.Add(Side::kSell, 60, 1);
  book.Add(Side::kSell, 55, 2);
  EXPECT_EQ(book.BestTick(Side::kBuy), 50u);
  EXPECT_EQ(book.BestTick(Side::kSell), 55u);
  EXPECT_EQ(book.Depth(Side::kBuy, 50), 15u);
  EXPECT_EQ(book.Execute(Side::kBuy, 12), 12u);
  EXPECT_FALSE(book.Cancel(a)) << "the oldest has been executed";
  EXPECT_EQ(book.Depth(Side::kBuy, 50), 3u);
  EXPECT_TRUE(book.Cancel(b)) << "the next one in part";
  EXPECT_EQ(book.BestTick(Side::kBuy), 49u);
  EXPECT_EQ(book.Execute(Side::kBuy, 100), 7u) << "no more than there is";
  EXPECT_FALSE(book.BestTick(Side::kBuy));
  EXPECT_EQ(book.Orders(), 2u);
  EXPECT_EQ(book.Execute(Side::kSell, 2), 2u);
  EXPECT_EQ(book.BestTick(Side::kSell), 60u);
  EXPECT_EQ(book.Execute(Side::kSell, 1), 1u);
  EXPECT_FALSE(book.BestTick(Side::kSell));
}

TEST(Task12Batching, TakesItsBlocksFromTheResourceAlone) {
  class Counted final : public std::pmr::memory_resource {
   public:
    int blocks_left = 1'000;
    int blocks = 0;
    std::size_t bytes = 0;

   private:
    void* do_allocate(std::size_t size, std::size_t alignment) override {
      if (blocks_left == 0) throw std::bad_alloc();
      --blocks_left;
      ++blocks;
      bytes += size;
      return std::pmr::new_delete_resource()->allocate(size, alignment);
    }
    void do_deallocate(void* block, std::size_t size,
                       std::size_t alignment) override {
      std::pmr::new_delete_resource()->deallocate(block, size, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override {
      return this == &other;
    }
  };
  Counted memory;
  OrderBook book(10, kShape, &memory);
  for (std::uint32_t i = 0; i < 1'089; ++i) book.Add(Side::kBuy, i % 10, 1);
  EXPECT_EQ(memory.blocks, 2);
  EXPECT_EQ(memory.bytes, 2u * 21'760);
  AllocationScope scope;
  EXPECT_EQ(book.Execute(Side::kBuy, 1'000), 1'000u);
  EXPECT_EQ(scope.Counts().allocations, 0);

  memory.blocks_left = 0;
  OrderBook poor(10, kShape, &memory);
  EXPECT_THROW(poor.Add(Side::kBuy, 1, 1), std::bad_alloc);
  EXPECT_EQ(poor.Orders(), 0u);
  EXPECT_EQ(poor.Blocks(), 0u);
  EXPECT_EQ(poor.Depth(Side::kBuy, 1), 0u);
  EXPECT_FALSE(poor.BestTick(Side::kBuy));
  memory.blocks_left = 1;
  poor.Add(Side::kBuy, 1, 1);
  EXPECT_EQ(poor.Orders(), 1u) << "it works once memory is there";
}

TEST(Task12Batching, NeverTakesAnOldIdForANewOrder) {
  OrderBook book(10, kShape);
  const auto old = book.Add(Side::kBuy, 1, 1);
  EXPECT_TRUE(book.Cancel(old));
  const auto fresh = book.Add(Side::kBuy, 1, 1);
  EXPECT_NE(fresh, old);
  EXPECT_FALSE(book.Cancel(old)) << "its record has another life";
  EXPECT_EQ(book.Orders(), 1u);
  EXPECT_TRUE(book.Cancel(fresh));
  EXPECT_FALSE(book.Cancel(~OrderBook::OrderId{0}));
}

TEST(Task12Batching, HoldsAMillionOrdersInAThousandBlocks) {
  OrderBook book(1'000, kShape);
  std::vector<OrderBook::OrderId> ids;
  ids.reserve(1'000'000);
  AllocationScope scope;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    ids.push_back(book.Add(Side::kSell, i * 7 % 1'000, 1 + i % 9));
  }
  EXPECT_EQ(book.Blocks(), 920u) << "1088 orders of 20 bytes in 21,760";
  EXPECT_LE(scope.Counts().allocations, 920 + 12) << "blocks and their list";
  EXPECT_LE(scope.Counts().peak_live_bytes, 20'100'000) << "20 bytes an order";
  AllocationScope steady;
  for (std::uint32_t i = 0; i < 200'000; ++i) {
    ASSERT_TRUE(book.Cancel(ids[i]));
    ids[i] = book.Add(Side::kSell, i % 1'000, 3);
  }
  EXPECT_EQ(steady.Counts().allocations, 0);
  EXPECT_EQ(book.Orders(), 1'000'000u);
}

// The plain way, to compare with.
class Model {
 public:
  struct Order {
    std::uint64_t id;
    std::uint64_t quantity;
  };
  void Add(Side side, std::uint32_t tick, std::uint32_t quantity,
           std::uint64_t id) {
    auto& queue = Levels(side)[Key(side, tick)];
    queue.push_back({id, quantity});
    where_[id] = {side, Key(side, tick)};
  }
  bool Cancel(std::uint64_t id) {
    const auto found = where_.find(id);
    if (found == where_.end()) return false;
    auto& levels = Levels(found->second.first);
    auto level = levels.find(found->second.second);
    level->second.remove_if([&](const Order& o) { return o.id == id; });
    if (level->second.empty()) levels.erase(level);
    where_.erase(found);
    return true;
  }
  std::uint64_t Execute(Side side, std::uint64_t quantity) {
    auto& levels = Levels(side);
    std::uint64_t taken = 0;
    while (taken < quantity && !levels.empty()) {
      auto& queue = levels.begin()->second;
      Order& order = queue.front();
      const std::uint64_t part = std::min(order.quantity, quantity - taken);
      taken += part;
      order.quantity -= part;
      if (order.quantity > 0) break;
      where_.erase(order.id);
      queue.pop_front();
      if (queue.empty()) levels.erase(levels.begin());
    }
    return taken;
  }
  std::uint64_t Depth(Side side, std::uint32_t tick) {
    const auto level = Levels(side).find(Key(side, tick));
    if (level == Levels(side).end()) return 0;
    std::uint64_t sum = 0;
    for (const Order& order : level->second) sum += order.quantity;
    return sum;
  }
  std::size_t Orders() const { return where_.size(); }

 private:
  using Levels_ = std::map<std::int64_t, std::list<Order>>;
  static std::int64_t Key(Side side, std::uint32_t tick) {
    return side == Side::kBuy ? -std::int64_t{tick} : std::int64_t{tick};
  }
  Levels_& Levels(Side side) { return levels_[static_cast<int>(side)]; }

  Levels_ levels_[2];
  std::unordered_map<std::uint64_t, std::pair<Side, std::int64_t>> where_;
};

TEST(Task12Batching, AgreesWithAPlainBookOnARandomWalk) {
  OrderBook book(40, kShape);
  Model model;
  std::vector<OrderBook::OrderId> ids;
  std::minstd_rand random(1);
  for (int i = 0; i < 60'000; ++i) {
    const auto side = static_cast<Side>(random() % 2);
    const auto tick = static_cast<std::uint32_t>(random() % 40);
    switch (random() % 4) {
      case 0:
      case 1: {
        const auto quantity = static_cast<std::uint32_t>(1 + random() % 20);
        ids.push_back(book.Add(side, tick, quantity));
        model.Add(side, tick, quantity, ids.back());
        break;
      }
      case 2: {
        if (ids.empty()) break;
        const auto id = ids[random() % ids.size()];
        ASSERT_EQ(book.Cancel(id), model.Cancel(id));
        break;
      }
      default: {
        const std::uint64_t quantity = random() % 30;
        ASSERT_EQ(book.Execute(side, quantity), model.Execute(side, quantity));
      }
    }
    ASSERT_EQ(book.Depth(side, tick), model.Depth(side, tick));
    ASSERT_EQ(book.Orders(), model.Orders());
  }
}

TEST(Task12Batching, ReturnsItsBlocks) {
  AllocationScope scope;
  {
    OrderBook book(10, kShape);
    for (std::uint32_t i = 0; i < 5'000; ++i) book.Add(Side::kBuy, i % 10, 1);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

}  // namespace
}  // namespace workbook
