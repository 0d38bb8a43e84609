// SPDX-License-Identifier: Apache-2.0

// What GenerationPool promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "04_03/generation_pool.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kBytes = 24;

class GenerationPoolCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    Say("GenerationPool pool(", kBytes, ");");
    In([](auto& pool) { pool.Make(kBytes); }, pool_);
    Expect(Allocations() == 0, "", "an empty pool allocates");
    Draw("pool", pool_);
  }

  bool Acquire(int) {
    if (lent_.size() == 4) return false;
    const std::string name = NewName();
    // Not "= ...": a name declared so is taken for a pointer by Lend.
    Say("GenerationPool::Buffer ", name, "(pool.Acquire());");
    Lent& lent = lent_.emplace_back();
    lent.name = name;
    const Thrown thrown = In(
        [](auto& buffer, auto& pool) {
          buffer.MakeFrom([&pool] { return pool->Acquire(); });
        },
        lent.buffer, pool_);
    Expect(thrown == Thrown::kNothing, "", "Acquire throws");
    const bool is_lent = Aside(
        [](auto& buffer) { return static_cast<bool>(*buffer); }, lent.buffer);
    Expect(is_lent, Text("bool{", name, "}"), "Acquire lends nothing");
    const bool is_miss = fresh_.empty() && victims_ == 0;
    Expect(Allocations() == (is_miss ? 1u : 0u), "", "Acquire makes ",
           Allocations(), " allocations, and ",
           is_miss ? "no buffer is idle" : "a buffer is idle");
    const auto [data, bytes] = Aside(
        [](auto& buffer) {
          const auto span = buffer->bytes();
          return std::pair<std::byte*, std::size_t>(span.data(), span.size());
        },
        lent.buffer);
    ExpectEqual(name + ".bytes().size()", bytes, kBytes);
    Lend(name, data, kBytes, alignof(std::max_align_t));
    ++(is_miss ? misses_ : hits_);
    if (fresh_.empty()) {
      if (!is_miss) --victims_;
      return true;
    }
    Expect(data == fresh_.back(), "", name,
           " is not the fresh buffer that came back last");
    fresh_.pop_back();
    return true;
  }

  bool Give(int k) {
    const auto kth = static_cast<std::size_t>(k);
    if (kth >= lent_.size()) return false;
    const auto lent = std::prev(std::next(lent_.rbegin(), k).base());
    Say(lent->name, ".Return();");
    fresh_.push_back(Newest(kth).begin);
    Return(kth);
    In([](auto& buffer) { buffer->Return(); }, lent->buffer);
    Expect(Allocations() == 0, "", "Return allocates");
    lent_.erase(lent);
    return true;
  }

  bool EndGeneration(int) {
    Say("pool.EndGeneration();");
    In([](auto& pool) { pool->EndGeneration(); }, pool_);
    Expect(Allocations() == 0, "", "EndGeneration allocates");
    victims_ = fresh_.size();
    fresh_.clear();
    return true;
  }

  void Check() {
    const auto [fresh, victims, hits, misses] = Ask(
        [](auto& pool) {
          const GenerationFigures got = pool->Figures();
          return std::tuple(got.fresh, got.victims, got.hits, got.misses);
        },
        pool_);
    ExpectEqual("pool.Figures().fresh", fresh, fresh_.size());
    ExpectEqual("pool.Figures().victims", victims, victims_);
    ExpectEqual("pool.Figures().hits", hits, hits_);
    ExpectEqual("pool.Figures().misses", misses, misses_);
    const std::size_t buffers = lent_.size() + fresh_.size() + victims_;
    const std::size_t live = arena.LiveBytes();
    Expect(live == buffers * kBytes, "", "the heap has ", live, " bytes, and ",
           buffers, " buffers of ", kBytes, " are lent or idle");
  }

  bool CanEnd() const { return lent_.empty(); }
  void End() {
    In([](auto& pool) { pool.End(); }, pool_);
  }

  static constexpr CallKind<GenerationPoolCase> kCalls[] = {
      {1, &GenerationPoolCase::Acquire},
      {2, &GenerationPoolCase::Give},
      {1, &GenerationPoolCase::EndGeneration},
  };

 private:
  struct Lent {
    std::string name;
    Object<GenerationPool::Buffer> buffer;
  };

  Object<GenerationPool> pool_;
  // The model.
  std::list<Lent> lent_;
  std::vector<std::byte*> fresh_;
  std::size_t victims_ = 0;
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(GenerationPoolCase, "04_03/generation_pool.h", "")
