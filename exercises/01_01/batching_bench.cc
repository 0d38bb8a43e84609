// SPDX-License-Identifier: Apache-2.0

// An order book with a million live orders: one added, one cancelled, at
// random.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <memory_resource>
#include <random>
#include <unordered_map>
#include <utility>
#include <vector>

#include "01_01/batching.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::uint32_t kTicks = 1000;
constexpr std::size_t kOrders = 1'000'000;

// A map of lists, and a map from ids: what one writes first. Called, as
// OrderBook is.
template <template <class> class Allocator>
class PlainBook {
 public:
  PlainBook() = default;
  explicit PlainBook(std::pmr::memory_resource* memory)
      : levels_(memory), where_(memory) {}
  [[gnu::noinline]] std::uint64_t Add(std::uint32_t tick,
                                      std::uint32_t quantity) {
    auto& queue = levels_[tick];
    queue.push_back({++last_id_, quantity});
    where_.emplace(last_id_, std::pair(tick, std::prev(queue.end())));
    return last_id_;
  }
  [[gnu::noinline]] bool Cancel(std::uint64_t id) {
    const auto found = where_.find(id);
    if (found == where_.end()) return false;
    levels_[found->second.first].erase(found->second.second);
    where_.erase(found);
    return true;
  }

 private:
  struct Order {
    std::uint64_t id;
    std::uint32_t quantity;
  };
  using Queue = std::list<Order, Allocator<Order>>;
  using Place = std::pair<std::uint32_t, typename Queue::iterator>;
  std::map<std::uint32_t, Queue, std::less<>,
           Allocator<std::pair<const std::uint32_t, Queue>>>
      levels_;
  std::unordered_map<std::uint64_t, Place, std::hash<std::uint64_t>,
                     std::equal_to<>,
                     Allocator<std::pair<const std::uint64_t, Place>>>
      where_;
  std::uint64_t last_id_ = 0;
};

struct OnNewDelete {
  PlainBook<std::allocator> book;
  std::uint64_t Add(std::uint32_t tick) { return book.Add(tick, 5); }
};
struct OnPool {
  std::pmr::unsynchronized_pool_resource pool;
  PlainBook<std::pmr::polymorphic_allocator> book{&pool};
  std::uint64_t Add(std::uint32_t tick) { return book.Add(tick, 5); }
};
struct Ours {
  OrderBook book{kTicks, BatchShape{1'088, 21'760}};
  std::uint64_t Add(std::uint32_t tick) {
    return book.Add(Side::kSell, tick, 5);
  }
};

// A book with its million live orders.
template <class Book>
struct Filled {
  Book book;
  std::minstd_rand random{1};
  std::vector<std::uint64_t> ids = std::vector<std::uint64_t>(kOrders);

  Filled() {
    for (std::uint64_t& id : ids) id = book.Add(RandomTick());
  }
  std::uint32_t RandomTick() {
    return static_cast<std::uint32_t>(random() % kTicks);
  }
};

template <class Book>
void Churn(benchmark::State& state) {
  // Filling takes a second: once for all repetitions. Counting fills anew, so
  // that the peak is seen.
  static std::unique_ptr<Filled<Book>> kept;
  if (kept == nullptr || IsCountingPass()) {
    kept.reset();
    kept = std::make_unique<Filled<Book>>();
  }
  bool cancelled = true;
  for (auto _ : state) {
    std::uint64_t& id = kept->ids[kept->random() % kOrders];
    cancelled &= kept->book.book.Cancel(id);
    id = kept->book.Add(kept->RandomTick());
  }
  if (IsCountingPass()) kept.reset();
  Require(state, cancelled, "an order that is live could not be cancelled");
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  constexpr char kCase[] = "batching/order_book_1M";
  AddRow(kCase, Role::kBaseline, "map of lists", Churn<OnNewDelete>);
  AddRow(kCase, Role::kSubject, "OrderBook", Churn<Ours>);
  AddRow(kCase, Role::kPeer,
         "map of lists on std::pmr::unsynchronized_pool_resource",
         Churn<OnPool>);
});

}  // namespace
}  // namespace workbook
