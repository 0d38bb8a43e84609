// SPDX-License-Identifier: Apache-2.0

// What PoolAllocator promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
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

class PoolAllocatorCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    Say("int live = 0;");
    Say("PoolAllocator<Item> pool([&] { return std::make_unique<Item>(&live); "
        "});");
    In([this] { pool_.Make([this] { return MakeItem(); }); });
    Expect(live_ == 0, "", "the factory runs before the first Get");
  }

  bool Get(int) {
    if (lent_.size() == kMostLent) return false;
    const std::string name = NewName();
    Say("std::unique_ptr<Item> ", name, " = pool.Get();");
    was_made_ = false;
    std::unique_ptr<Item> item;
    const Thrown thrown = In([&] { item = pool_->Get(); });
    Expect(thrown == Thrown::kNothing, "", "Get throws");
    Expect(item != nullptr, "", "Get returns nullptr");
    std::vector<Item*>& from = idle_.empty() ? victims_ : idle_;
    const bool is_hit = !from.empty();
    Expect(was_made_ != is_hit, "",
           is_hit ? "the factory makes an item, and others are idle"
                  : "no item is idle, and the factory is not asked");
    if (was_made_) {
      ++misses_;
    } else {
      ++(idle_.empty() ? victim_hits_ : hits_);
      const bool is_newest = item.get() == from.back();
      if (!is_newest) static_cast<void>(item.release());
      Expect(is_newest, "", "Get returns another item than that which was put ",
             idle_.empty() ? "last, of the victims" : "last");
      from.pop_back();
    }
    lent_.push_back({name, std::move(item)});
    return true;
  }

  bool Put(int) {
    if (lent_.empty()) return false;
    std::unique_ptr<Item> item = TakeLent();
    idle_.push_back(item.get());
    In([&] { pool_->Put(std::move(item)); });
    return true;
  }

  bool PutWithoutMemory(int) {
    if (lent_.empty()) return false;
    Say("// the system has no memory now");
    std::unique_ptr<Item> item = TakeLent();
    Item* const address = item.get();
    RefuseAllocations(1);
    const Thrown thrown = In([&] { pool_->Put(std::move(item)); });
    Expect(thrown == Thrown::kNothing, "", "Put throws");
    // It is idle where the list had room, and gone where it had none.
    if (static_cast<std::size_t>(live_) ==
        lent_.size() + idle_.size() + victims_.size() + 1) {
      idle_.push_back(address);
    }
    return true;
  }

  bool Collect(int) {
    Say("pool.Collect();");
    In([this] { pool_->Collect(); });
    victims_ = std::exchange(idle_, {});
    return true;
  }

  bool FactoryThrows(int) {
    if (!idle_.empty() || !victims_.empty()) return false;
    Say("// the factory throws now");
    factory_throws_ = true;
    const Thrown thrown = In([this] { pool_->Get(); });
    factory_throws_ = false;
    Expect(thrown == Thrown::kOutOfRange, "",
           "what the factory throws does not come out of Get");
    return true;
  }

  void Check() {
    PoolAllocatorStatistics statistics;
    std::size_t held = 0;
    In([&] {
      statistics = pool_->Statistics();
      held = pool_->ItemsHeld();
    });
    const std::size_t idle = idle_.size() + victims_.size();
    ExpectEqual("live", static_cast<std::size_t>(live_), lent_.size() + idle);
    ExpectEqual("pool.ItemsHeld()", held, idle);
    ExpectEqual("pool.Statistics().misses", statistics.misses, misses_);
    ExpectEqual("pool.Statistics().hits", statistics.hits, hits_);
    ExpectEqual("pool.Statistics().victim_hits", statistics.victim_hits,
                victim_hits_);
  }

  bool CanEnd() const { return true; }
  void End() {
    lent_.clear();
    In([this] { pool_.End(); });
    ExpectEqual("live", live_, 0);
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
    std::unique_ptr<Item> item;
  };
  static constexpr std::size_t kMostLent = 6;

  std::unique_ptr<Item> TakeLent() {
    Say("pool.Put(std::move(", lent_.back().name, "));");
    std::unique_ptr<Item> item = std::move(lent_.back().item);
    lent_.pop_back();
    return item;
  }

  std::unique_ptr<Item> MakeItem() {
    if (factory_throws_) throw std::out_of_range("");
    was_made_ = true;
    return std::make_unique<Item>(&live_);
  }

  int live_ = 0;  // before the pool, which may destroy items
  Object<PoolAllocator<Item>> pool_;
  bool factory_throws_ = false;
  bool was_made_ = false;
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

WORKBOOK_CASE_INSIDE(PoolAllocatorCase, "01_02/pool_allocator.h",
              "struct Item {\n  explicit Item(int*) {}\n};\n\n")
