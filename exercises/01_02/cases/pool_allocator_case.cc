// SPDX-License-Identifier: Apache-2.0

// What PoolAllocator promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_02/pool_allocator.h"
#include "tools/support/history/description.h"

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

// What makes items, and how many there are.
struct World {
  std::unique_ptr<Item> MakeItem() {
    if (factory_throws) throw std::out_of_range("");
    was_made = true;
    return std::make_unique<Item>(&live);
  }

  int live = 0;
  bool factory_throws = false;
  bool was_made = false;
};

class PoolAllocatorCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    Say("int live = 0;");
    Say("PoolAllocator<Item> pool([&] { return std::make_unique<Item>(&live); "
        "});");
    In(
        [](auto& pool, auto& world) {
          pool.Make([made_by = &*world] { return made_by->MakeItem(); });
        },
        pool_, world_);
    Expect(Live() == 0, "", "the factory runs before the first Get");
  }

  bool Get(int) {
    if (lent_.size() == kMostLent) return false;
    const std::string name = NewName();
    Say("std::unique_ptr<Item> ", name, " = pool.Get();");
    Aside([](auto& world) { world->was_made = false; }, world_);
    Item* item = nullptr;
    const Thrown thrown = In(
        &item, [](auto& pool) { return pool->Get().release(); }, pool_);
    const bool was_made =
        Aside([](auto& world) { return world->was_made; }, world_);
    Expect(thrown == Thrown::kNothing, "", "Get throws");
    Expect(item != nullptr, "", "Get returns nullptr");
    std::vector<Item*>& from = idle_.empty() ? victims_ : idle_;
    const bool is_hit = !from.empty();
    Expect(was_made != is_hit, "",
           is_hit ? "the factory makes an item, and others are idle"
                  : "no item is idle, and the factory is not asked");
    if (was_made) {
      ++misses_;
    } else {
      ++(idle_.empty() ? victim_hits_ : hits_);
      Expect(item == from.back(), "",
             "Get returns another item than that which was put ",
             idle_.empty() ? "last, of the victims" : "last");
      from.pop_back();
    }
    lent_.push_back({name, item});
    return true;
  }

  bool Put(int) {
    if (lent_.empty()) return false;
    idle_.push_back(TakeLent());
    PutNow(idle_.back());
    return true;
  }

  bool PutWithoutMemory(int) {
    if (lent_.empty()) return false;
    Say("// the system has no memory now");
    Item* const item = TakeLent();
    RefuseAllocations(1);
    const Thrown thrown = PutNow(item);
    Expect(thrown == Thrown::kNothing, "", "Put throws");
    // It is idle where the list had room, and gone where it had none.
    if (static_cast<std::size_t>(Live()) ==
        lent_.size() + idle_.size() + victims_.size() + 1) {
      idle_.push_back(item);
    }
    return true;
  }

  bool Collect(int) {
    Say("pool.Collect();");
    In([](auto& pool) { pool->Collect(); }, pool_);
    victims_ = std::exchange(idle_, {});
    return true;
  }

  bool FactoryThrows(int) {
    if (!idle_.empty() || !victims_.empty()) return false;
    Say("// the factory throws now");
    Aside([](auto& world) { world->factory_throws = true; }, world_);
    const Thrown thrown = In([](auto& pool) { pool->Get(); }, pool_);
    Aside([](auto& world) { world->factory_throws = false; }, world_);
    Expect(thrown == Thrown::kOutOfRange, "",
           "what the factory throws does not come out of Get");
    return true;
  }

  void Check() {
    const auto [misses, hits, victim_hits, held] = Ask(
        [](auto& pool) {
          const PoolAllocatorStatistics got = pool->Statistics();
          return std::tuple(got.misses, got.hits, got.victim_hits,
                            pool->ItemsHeld());
        },
        pool_);
    const std::size_t idle = idle_.size() + victims_.size();
    ExpectEqual("live", static_cast<std::size_t>(Live()), lent_.size() + idle);
    ExpectEqual("pool.ItemsHeld()", held, idle);
    ExpectEqual("pool.Statistics().misses", misses, misses_);
    ExpectEqual("pool.Statistics().hits", hits, hits_);
    ExpectEqual("pool.Statistics().victim_hits", victim_hits, victim_hits_);
  }

  bool CanEnd() const { return true; }
  void End() {
    for (const Lent& lent : lent_) {
      Aside([](Item* item) { delete item; }, lent.item);
    }
    In([](auto& pool) { pool.End(); }, pool_);
    ExpectEqual("live", Live(), 0);
  }

  static constexpr CallKind<PoolAllocatorCase> kCalls[] = {
      {1, &PoolAllocatorCase::Get},
      {1, &PoolAllocatorCase::Put},
      {1, &PoolAllocatorCase::Collect},
      {1, &PoolAllocatorCase::FactoryThrows, 2},
      {1, &PoolAllocatorCase::PutWithoutMemory, 2},
  };

 private:
  struct Lent {
    std::string name;
    Item* item;
  };
  static constexpr std::size_t kMostLent = 6;

  int Live() {
    return Aside([](auto& world) { return world->live; }, world_);
  }

  Thrown PutNow(Item* item) {
    return In([](auto& pool,
                 Item* given) { pool->Put(std::unique_ptr<Item>(given)); },
              pool_, item);
  }

  Item* TakeLent() {
    Say("pool.Put(std::move(", lent_.back().name, "));");
    Item* const item = lent_.back().item;
    lent_.pop_back();
    return item;
  }

  Fixture<World> world_;
  Object<PoolAllocator<Item>> pool_;
  // The model: what is lent, and what is idle, the newest last.
  std::vector<Lent> lent_;
  std::vector<Item*> idle_;
  std::vector<Item*> victims_;
  std::uint64_t hits_ = 0;
  std::uint64_t victim_hits_ = 0;
  std::uint64_t misses_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(PoolAllocatorCase, "01_02/pool_allocator.h",
              "struct Item {\n  explicit Item(int*) {}\n};\n\n")
