// SPDX-License-Identifier: Apache-2.0

// What ObjectPool promises, call by call: see tools/support/history. Its
// objects say what they own, and a reset can be told to do more.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "03_04/object_pool.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

struct Item {
  Item() { ++alive; }
  Item(const Item&) = delete;
  Item& operator=(const Item&) = delete;
  ~Item() { --alive; }

  static inline int alive = 0;
  int number = 0;
  std::size_t bytes = 0;
};

struct ItemPolicy {
  static inline std::function<void()> on_reset;
  static inline std::uint64_t resets = 0;

  static void Reset(Item& item) {
    ++resets;
    item.number = 0;
    if (const auto then = std::exchange(on_reset, nullptr)) then();
  }
  static std::size_t FootprintBytes(const Item& item) { return item.bytes; }
};

constexpr std::size_t kMostIdle[] = {2, 1, 0};
constexpr std::size_t kMostBytes = 100;

// What the user leaves behind.
struct Use {
  bool is_oldest;
  std::size_t bytes;
};
constexpr Use kUses[] = {{false, 0}, {true, 0}, {false, 100}, {false, 101}};

class ObjectPoolCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kMostIdle);
  static constexpr std::uint64_t kHistories = 15'000;

  void Start(int config) {
    Aside([] {
      Item::alive = 0;
      ItemPolicy::on_reset = nullptr;
      ItemPolicy::resets = 0;
    });
    max_idle_ = kMostIdle[config];
    Say("ObjectPool<Item, ItemPolicy> pool({.max_idle = ", max_idle_,
        ", .max_object_bytes = ", kMostBytes, "});");
    In(
        [](auto& pool, std::size_t max_idle) {
          pool.Make(
              PoolBounds{.max_idle = max_idle, .max_object_bytes = kMostBytes});
        },
        pool_, max_idle_);
    Expect(Allocations() <= 1, "", "an empty pool makes ", Allocations(),
           " allocations, more than one");
    Draw("pool", pool_);
  }

  bool Take(int) {
    if (lent_.size() == 4) return false;
    const std::string name = NewName();
    Say("std::unique_ptr<Item> ", name, " = pool.Take();");
    Item* item = nullptr;
    const Thrown thrown = In(
        &item, [](auto& pool) { return pool->Take().release(); }, pool_);
    const std::size_t allocations = Allocations();
    Expect(thrown == Thrown::kNothing, "", "Take throws");
    Expect(item != nullptr, name + " != nullptr", name, " is nullptr");
    Expect(arena.Find(item) != nullptr, "", name,
           " is an object that was destroyed");
    for (const Lent& other : lent_) {
      Expect(item != other.item, Text(name, " != ", other.name), name,
             " is the object that is still lent as ", other.name);
    }
    if (idle_.empty()) {
      ++made_;
    } else {
      Expect(item == idle_.back(), "", name,
             " is not the object that came back last");
      Expect(allocations == 0, "", "Take allocates, and an object is idle");
      idle_.pop_back();
      ++reused_;
    }
    lent_.push_back({name, item});
    return true;
  }

  bool TakeWithoutMemory(int) {
    if (!idle_.empty()) return false;
    Say("// the system has no memory now");
    RefuseAllocations(1);
    const Thrown thrown = In([](auto& pool) { pool->Take(); }, pool_);
    Expect(thrown == Thrown::kBadAlloc, "",
           "Take needs a new object and must throw std::bad_alloc");
    return true;
  }

  bool Give(int which) {
    if (lent_.empty()) return false;
    const Use& use = kUses[which];
    if (use.is_oldest && lent_.size() == 1) return false;
    Settle(GiveNow(use.is_oldest ? 0 : lent_.size() - 1, use.bytes), use.bytes);
    return true;
  }

  // Its reset gives the bytes back.
  bool GiveWhatShrinks(int) {
    if (lent_.empty()) return false;
    Item* const item = lent_.back().item;
    Say("ItemPolicy::on_reset = [item = ", lent_.back().name,
        ".get()] { item->bytes = 0; };");
    Aside(
        [](Item* given) {
          ItemPolicy::on_reset = [given] { given->bytes = 0; };
        },
        item);
    Settle(GiveNow(lent_.size() - 1, kMostBytes + 1), 0);
    return true;
  }

  bool GiveWhatThrows(int) {
    if (lent_.empty()) return false;
    Say("ItemPolicy::on_reset = [] { throw 1; };");
    Aside([] { ItemPolicy::on_reset = [] { throw 1; }; });
    GiveNow(lent_.size() - 1, 0);
    give_allocations_ = 0;  // the exception is not the pool's
    ++dropped_;
    return true;
  }

  // Its reset gives another object to the same pool.
  bool GiveWithPart(int) {
    if (lent_.size() < 2 || idle_.size() == max_idle_) return false;
    const Lent part = lent_[lent_.size() - 2];
    lent_.erase(lent_.end() - 2);
    Say("ItemPolicy::on_reset = [&] { pool.Give(std::move(", part.name,
        ")); };");
    Aside(
        [](auto& pool, Item* item) {
          ItemPolicy::on_reset = [address = pool.address(), item] {
            address->Give(std::unique_ptr<Item>(item));
          };
        },
        pool_, part.item);
    const std::size_t bytes = BytesOf(part.item);
    Item* const whole = GiveNow(lent_.size() - 1, 0);
    ++gives_;
    Settle(part.item, bytes);
    Settle(whole, 0);
    return true;
  }

  bool GiveNothing(int) {
    Say("pool.Give(nullptr);");
    In([](auto& pool) { pool->Give(nullptr); }, pool_);
    return true;
  }

  void Check() {
    const auto alive = static_cast<int>(lent_.size() + idle_.size());
    const int counted = Aside([] { return Item::alive; });
    Expect(counted == alive, Text("Item::alive == ", alive), counted,
           " objects live; expected ", lent_.size(), " lent and ", idle_.size(),
           " idle ones");
    for (const Lent& lent : lent_) {
      ExpectEqual(lent.name + "->number", NumberOf(lent.item), 0);
    }
    for (Item* const item : idle_) {
      Expect(NumberOf(item) == 0, "",
             "an idle object still has what its user left");
    }
    const auto [idle, made, reused, dropped] = Ask(
        [](auto& pool) {
          const PoolStatistics got = pool->Statistics();
          return std::tuple(got.idle, got.made, got.reused, got.dropped);
        },
        pool_);
    ExpectEqual("pool.Statistics().idle", idle, idle_.size());
    ExpectEqual("pool.Statistics().made", made, made_);
    ExpectEqual("pool.Statistics().reused", reused, reused_);
    ExpectEqual("pool.Statistics().dropped", dropped, dropped_);
    // What has no place may be destroyed as it is.
    const std::uint64_t resets = Aside([] { return ItemPolicy::resets; });
    Expect(resets <= gives_, "", resets, " resets for ", gives_,
           " objects that came back");
    Expect(give_allocations_ == 0, "", "Give allocates");
  }

  bool CanEnd() const { return true; }
  void End() {
    for (const Lent& lent : lent_) {
      In([](Item* item) { delete item; }, lent.item);
    }
    In([](auto& pool) { pool.End(); }, pool_);
    ExpectEqual("Item::alive", Aside([] { return Item::alive; }), 0);
  }

  static constexpr CallKind<ObjectPoolCase> kCalls[] = {
      {1, &ObjectPoolCase::Take},
      {4, &ObjectPoolCase::Give},
      {1, &ObjectPoolCase::GiveNothing},
      {1, &ObjectPoolCase::TakeWithoutMemory},
      {1, &ObjectPoolCase::GiveWhatShrinks},
      {1, &ObjectPoolCase::GiveWhatThrows},
      {1, &ObjectPoolCase::GiveWithPart},
  };

 private:
  struct Lent {
    std::string name;
    Item* item;
  };

  static int NumberOf(Item* item) {
    return Aside([](Item* one) { return one->number; }, item);
  }
  static std::size_t BytesOf(Item* item) {
    return Aside([](Item* one) { return one->bytes; }, item);
  }

  // Uses the k-th of lent_, gives it and returns its address.
  Item* GiveNow(std::size_t k, std::size_t bytes) {
    const Lent lent = lent_[k];
    lent_.erase(lent_.begin() + static_cast<std::ptrdiff_t>(k));
    Say(lent.name, "->number = 1;");
    if (bytes != BytesOf(lent.item)) Say(lent.name, "->bytes = ", bytes, ";");
    Say("pool.Give(std::move(", lent.name, "));");
    Aside(
        [](Item* item, std::size_t its_bytes) {
          item->number = 1;
          item->bytes = its_bytes;
        },
        lent.item, bytes);
    In([](auto& pool, Item* item) { pool->Give(std::unique_ptr<Item>(item)); },
       pool_, lent.item);
    give_allocations_ = Allocations();
    Aside([] { ItemPolicy::on_reset = nullptr; });
    ++gives_;
    return lent.item;
  }

  // What becomes of an object that has `bytes` after its reset.
  void Settle(Item* item, std::size_t bytes) {
    if (bytes <= kMostBytes && idle_.size() < max_idle_) {
      idle_.push_back(item);
    } else {
      ++dropped_;
    }
  }

  Object<ObjectPool<Item, ItemPolicy>> pool_;
  std::size_t give_allocations_ = 0;
  // The model.
  std::size_t max_idle_ = 0;
  std::vector<Lent> lent_;
  std::vector<Item*> idle_;  // the last one came back last
  std::uint64_t made_ = 0;
  std::uint64_t reused_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t gives_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(ObjectPoolCase, "03_04/object_pool.h",
              "struct Item {\n  Item() { ++alive; }\n  ~Item() { --alive; }\n"
              "  static inline int alive = 0;\n  int number = 0;\n"
              "  std::size_t bytes = 0;\n};\n\n"
              "struct ItemPolicy {\n"
              "  static inline std::function<void()> on_reset;\n"
              "  static void Reset(Item& item) {\n    item.number = 0;\n"
              "    if (const auto then = std::exchange(on_reset, nullptr)) "
              "then();\n  }\n"
              "  static std::size_t FootprintBytes(const Item& item) {\n"
              "    return item.bytes;\n  }\n};\n\n")
