// SPDX-License-Identifier: Apache-2.0

// What BudgetedPool promises, call by call: see tools/support/history.
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <string>
#include <tuple>
#include <utility>

#include "04_03/budgeted_pool.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::array<std::size_t, 3> kClasses = {16, 32, 64};
constexpr std::size_t kBudgets[] = {96, 64, 48};
constexpr std::size_t kSizes[] = {16, 32, 64, 17, 65};

class BudgetedPoolCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kBudgets);
  static constexpr std::uint64_t kHistories = 20'000;

  void Start(int config) {
    budget_ = kBudgets[config];
    Say("BudgetedPool pool(kClasses, ", budget_, ");");
    In([](auto& pool, std::size_t budget) { pool.Make(kClasses, budget); },
       pool_, budget_);
    empty_bytes_ = arena.LiveBytes();
    Draw("pool", pool_);
  }

  bool Acquire(int which) {
    const std::size_t size = kSizes[which];
    const std::string name = NewName();
    // Not "= ...": a name declared so is taken for a pointer by Lend.
    Say("BudgetedPool::Buffer ", name, "(pool.Acquire(", size, "));");
    const bool should = Predict(size);
    Lent& lent = lent_.emplace_back();
    lent.name = name;
    const Thrown thrown = In(
        [](auto& buffer, auto& pool, std::size_t wanted) {
          buffer.MakeFrom([&] { return pool->Acquire(wanted); });
        },
        lent.buffer, pool_, size);
    Expect(thrown == Thrown::kNothing, "", "Acquire throws");
    const bool is_lent = Aside(
        [](auto& buffer) { return static_cast<bool>(*buffer); }, lent.buffer);
    Expect(is_lent == should, Text(should ? "" : "!", "bool{", name, "}"),
           "Acquire(", size, ")",
           should ? " lends nothing, and the budget has room"
                  : " lends a buffer, and must not");
    if (!is_lent) {
      lent_.pop_back();
      return true;
    }
    const std::size_t bytes = kClasses[ClassOf(size)];
    const auto [data, got_bytes] = Aside(
        [](auto& buffer) {
          const auto span = buffer->bytes();
          return std::pair<std::byte*, std::size_t>(span.data(), span.size());
        },
        lent.buffer);
    ExpectEqual(name + ".bytes().size()", got_bytes, bytes);
    Lend(name, data, bytes, alignof(std::max_align_t));
    return true;
  }

  bool Give(int k) {
    const auto kth = static_cast<std::size_t>(k);
    if (kth >= lent_.size()) return false;
    const auto lent = std::prev(std::next(lent_.rbegin(), k).base());
    Say(lent->name, ".Return();");
    ++idle_[ClassOf(Newest(kth).bytes)];
    Return(kth);
    const Thrown thrown =
        In([](auto& buffer) { buffer->Return(); }, lent->buffer);
    Expect(thrown == Thrown::kNothing, "", "Return throws");
    Expect(Allocations() == 0, "", "Return allocates");
    lent_.erase(lent);
    return true;
  }

  void Check() {
    BudgetFigures got;
    std::tie(got.held_bytes, got.high_water_bytes, got.hits, got.misses,
             got.refused) =
        Ask(
            [](auto& pool) {
              const BudgetFigures now = pool->Figures();
              return std::tuple(now.held_bytes, now.high_water_bytes, now.hits,
                                now.misses, now.refused);
            },
            pool_);
    ExpectEqual("pool.Figures().held_bytes", got.held_bytes,
                figures_.held_bytes);
    ExpectEqual("pool.Figures().high_water_bytes", got.high_water_bytes,
                figures_.high_water_bytes);
    ExpectEqual("pool.Figures().hits", got.hits, figures_.hits);
    ExpectEqual("pool.Figures().misses", got.misses, figures_.misses);
    ExpectEqual("pool.Figures().refused", got.refused, figures_.refused);
    const std::size_t live = arena.LiveBytes() - empty_bytes_;
    Expect(live == figures_.held_bytes, "", "the heap has ", live,
           " bytes of buffers, and the pool holds ", figures_.held_bytes);
  }

  bool CanEnd() const { return lent_.empty(); }
  void End() {
    In([](auto& pool) { pool.End(); }, pool_);
  }

  static constexpr CallKind<BudgetedPoolCase> kCalls[] = {
      {5, &BudgetedPoolCase::Acquire},
      {3, &BudgetedPoolCase::Give},
  };

 private:
  struct Lent {
    std::string name;
    Object<BudgetedPool::Buffer> buffer;
  };

  static std::size_t ClassOf(std::size_t size) {
    std::size_t index = 0;
    while (index < kClasses.size() && kClasses[index] < size) ++index;
    return index;
  }

  // Plays the request on the model; returns whether it is served.
  bool Predict(std::size_t size) {
    const std::size_t index = ClassOf(size);
    if (index < kClasses.size() && idle_[index] > 0) {
      --idle_[index];
      ++figures_.hits;
      return true;
    }
    std::size_t idle_bytes = 0;
    for (std::size_t i = 0; i < kClasses.size(); ++i) {
      idle_bytes += idle_[i] * kClasses[i];
    }
    if (index == kClasses.size() ||
        figures_.held_bytes - idle_bytes + kClasses[index] > budget_) {
      ++figures_.refused;
      return false;
    }
    for (std::size_t i = kClasses.size(); i-- > 0;) {
      while (idle_[i] > 0 && figures_.held_bytes + kClasses[index] > budget_) {
        --idle_[i];
        figures_.held_bytes -= kClasses[i];
      }
    }
    ++figures_.misses;
    figures_.held_bytes += kClasses[index];
    if (figures_.held_bytes > figures_.high_water_bytes) {
      figures_.high_water_bytes = figures_.held_bytes;
    }
    return true;
  }

  Object<BudgetedPool> pool_;
  std::size_t empty_bytes_ = 0;
  // The model.
  std::size_t budget_ = 0;
  std::list<Lent> lent_;
  std::array<std::size_t, kClasses.size()> idle_{};
  BudgetFigures figures_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(BudgetedPoolCase, "04_03/budgeted_pool.h",
              "constexpr std::size_t kClasses[] = {16, 32, 64};\n\n")
