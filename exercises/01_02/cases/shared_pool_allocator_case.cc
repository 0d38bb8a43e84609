// SPDX-License-Identifier: Apache-2.0

// What SharedPoolAllocator promises, call by call, on threads in turn: see
// tools/support/history. A thread that ends leaves its items to the others.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_02/shared_pool_allocator.h"
#include "tools/support/history/description.h"
#include "tools/support/history/named_threads.h"

namespace workbook::history {
namespace {

// What is lent: how many there are is known.
struct Item {
  explicit Item(int* live_count) : live(live_count) { ++*live; }
  ~Item() { --*live; }
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;

  int* const live;
};

using ItemPool = SharedPoolAllocator<Item>;

// What makes items, and how many there are.
struct World {
  std::unique_ptr<Item> MakeItem() {
    if (factory_throws) throw std::out_of_range("");
    was_made = true;
    // No lock is held: the pool may be asked.
    static_cast<void>(pool->ItemsHeld());
    return std::make_unique<Item>(&live);
  }

  ItemPool* pool = nullptr;
  int live = 0;
  bool factory_throws = false;
  bool was_made = false;
};

class SharedPoolAllocatorCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 6000;  // each starts threads

  void Start(int) {
    Say("int live = 0;");
    Say("SharedPoolAllocator<Item> pool([&] { return "
        "std::make_unique<Item>(&live); "
        "});");
    In(
        [](auto& pool, auto& world) {
          pool.Make([made_by = &*world] { return made_by->MakeItem(); });
          world->pool = pool.address();
        },
        pool_, world_);
    Expect(Live() == 0, "", "the factory runs before the first Get");
  }

  bool Get(int thread) { return GetMany(thread, 1); }
  // More than a thread may keep to itself.
  bool GetForty(int thread) { return GetMany(thread, kForty); }
  bool Put(int thread) { return PutMany(thread, 1); }
  bool PutForty(int thread) { return PutMany(thread, kForty); }

  bool Collect(int) {
    Say("pool.Collect();");
    MeetThread(0);
    threads_.Run(0, [this] { In([](auto& pool) { pool->Collect(); }, pool_); });
    // What was a victim before is gone; the rest waits for the next call.
    std::erase_if(idle_, [](const auto& idle) { return idle.second; });
    for (auto& [item, is_victim] : idle_) is_victim = true;
    return true;
  }

  bool ThreadEnds(int thread) {
    const auto name = static_cast<std::size_t>(thread);
    if (!threads_.IsAlive(name)) return false;
    Say("// thread ", thread + 1, " ends: its next calls are made by another");
    EndThread(*this, threads_, name);
    return true;
  }

  bool FactoryThrows(int) {
    if (Idle() != 0) return false;
    MeetThread(0);
    Say("// the factory throws now");
    Aside([](auto& world) { world->factory_throws = true; }, world_);
    Thrown thrown = Thrown::kNothing;
    threads_.Run(0,
                 [&] { thrown = In([](auto& pool) { pool->Get(); }, pool_); });
    Aside([](auto& world) { world->factory_throws = false; }, world_);
    Expect(thrown == Thrown::kOutOfRange, "",
           "what the factory throws does not come out of Get");
    return true;
  }

  void Check() {
    const auto [misses, hits, held] = Ask(
        [](auto& pool) {
          const SharedPoolAllocatorStatistics got = pool->Statistics();
          return std::tuple(got.misses, got.Hits(), pool->ItemsHeld());
        },
        pool_);
    ExpectEqual("live", static_cast<std::size_t>(Live()),
                lent_.size() + Idle());
    ExpectEqual("pool.ItemsHeld()", held, Idle());
    ExpectEqual("pool.Statistics().misses", misses, misses_);
    ExpectEqual("pool.Statistics().Hits()", hits, hits_);
  }

  bool CanEnd() const { return true; }
  void End() {
    for (Item* const lent : lent_) {
      Aside([](Item* item) { delete item; }, lent);
    }
    In(
        [](auto& pool, NamedThreads& threads) {
          pool.End();
          threads.EndAll();
        },
        pool_, threads_);
    ExpectEqual("live", Live(), 0);
  }

  static constexpr CallKind<SharedPoolAllocatorCase> kCalls[] = {
      {2, &SharedPoolAllocatorCase::Get},
      {2, &SharedPoolAllocatorCase::Put},
      {1, &SharedPoolAllocatorCase::Collect},
      {2, &SharedPoolAllocatorCase::ThreadEnds},
      {1, &SharedPoolAllocatorCase::FactoryThrows, 2},
      {2, &SharedPoolAllocatorCase::GetForty, 2},
      {2, &SharedPoolAllocatorCase::PutForty, 2},
  };

 private:
  static constexpr std::size_t kForty = ItemPool::kPrivateItems + 8;

  std::size_t Idle() const { return idle_.size(); }
  bool IsAnyYoung() const {
    return std::any_of(idle_.begin(), idle_.end(),
                       [](const auto& idle) { return !idle.second; });
  }

  // Of a live thread's items, another can take those beyond its private ones.
  std::size_t OutOfReachOf(int thread) const {
    return threads_.IsAlive(thread == 0 ? 1 : 0) ? ItemPool::kPrivateItems : 0;
  }

  int Live() {
    return Aside([](auto& world) { return world->live; }, world_);
  }

  bool GetMany(int thread, std::size_t count) {
    if (lent_.size() + count > 2 * kForty) return false;
    MeetThread(thread);
    Say("// thread ", thread + 1, ": ", count, " x pool.Get()");
    threads_.Run(static_cast<std::size_t>(thread), [&] {
      for (std::size_t i = 0; i != count; ++i) GetOne(thread);
    });
    return true;
  }

  void GetOne(int thread) {
    Aside([](auto& world) { world->was_made = false; }, world_);
    Item* item = nullptr;
    const Thrown thrown = In(
        &item, [](auto& pool) { return pool->Get().release(); }, pool_);
    const bool was_made =
        Aside([](auto& world) { return world->was_made; }, world_);
    Expect(thrown == Thrown::kNothing, "", "Get throws");
    Expect(item != nullptr, "", "Get returns nullptr");
    for (const Item* const other : lent_) {
      if (other == item) Fail("Get returns an item that is lent already");
    }
    if (was_made) {
      ++misses_;
      Expect(Idle() <= OutOfReachOf(thread), "",
             "the factory makes an item, and ", Idle(), " are idle");
    } else {
      ++hits_;
      const auto found = idle_.find(item);
      Expect(found != idle_.end(), "",
             "Get returns an item that is not idle: it was destroyed");
      const bool is_victim = found->second;
      idle_.erase(found);
      Expect(!is_victim || were_two_ || !IsAnyYoung(), "",
             "Get returns a victim, and others are idle");
    }
    lent_.push_back(item);
  }

  bool PutMany(int thread, std::size_t count) {
    if (lent_.size() < count) return false;
    MeetThread(thread);
    Say("// thread ", thread + 1, ": ", count,
        " x pool.Put(), the newest first");
    threads_.Run(static_cast<std::size_t>(thread), [&] {
      for (std::size_t i = 0; i != count; ++i) {
        Item* const item = lent_.back();
        lent_.pop_back();
        idle_[item] = false;
        In([](auto& pool,
              Item* given) { pool->Put(std::unique_ptr<Item>(given)); },
           pool_, item);
      }
    });
    return true;
  }

  // Where two threads live at once, one may sit on what the other looks for.
  void MeetThread(int thread) {
    were_two_ |= threads_.IsAlive(thread == 0 ? 1 : 0);
  }

  Fixture<World> world_;  // before the pool, which may destroy items
  Object<ItemPool> pool_;
  NamedThreads threads_;
  bool were_two_ = false;  // threads at once
  // The model: what is lent, and what is idle: whether it is a victim.
  std::vector<Item*> lent_;
  std::map<const Item*, bool> idle_;
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SharedPoolAllocatorCase, "01_02/shared_pool_allocator.h",
              "struct Item {\n  explicit Item(int*) {}\n};\n\n")
