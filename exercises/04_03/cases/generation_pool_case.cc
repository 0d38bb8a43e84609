// SPDX-License-Identifier: Apache-2.0

// What GenerationPool promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <string>
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
    In([this] { pool_.Make(kBytes); });
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
    const Thrown thrown =
        In([&] { lent.buffer.MakeFrom([this] { return pool_->Acquire(); }); });
    Expect(thrown == Thrown::kNothing, "", "Acquire throws");
    Expect(static_cast<bool>(*lent.buffer), Text("bool{", name, "}"),
           "Acquire lends nothing");
    const bool is_miss = fresh_.empty() && victims_ == 0;
    Expect(Allocations() == (is_miss ? 1u : 0u), "", "Acquire makes ",
           Allocations(), " allocations, and ",
           is_miss ? "no buffer is idle" : "a buffer is idle");
    std::byte* const data = lent.buffer->bytes().data();
    ExpectEqual(name + ".bytes().size()", lent.buffer->bytes().size(), kBytes);
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
    In([&] { lent->buffer->Return(); });
    Expect(Allocations() == 0, "", "Return allocates");
    lent_.erase(lent);
    return true;
  }

  bool EndGeneration(int) {
    Say("pool.EndGeneration();");
    In([this] { pool_->EndGeneration(); });
    Expect(Allocations() == 0, "", "EndGeneration allocates");
    victims_ = fresh_.size();
    fresh_.clear();
    return true;
  }

  void Check() {
    GenerationFigures got;
    In([&] { got = pool_->Figures(); });
    ExpectEqual("pool.Figures().fresh", got.fresh, fresh_.size());
    ExpectEqual("pool.Figures().victims", got.victims, victims_);
    ExpectEqual("pool.Figures().hits", got.hits, hits_);
    ExpectEqual("pool.Figures().misses", got.misses, misses_);
    const std::size_t buffers = lent_.size() + fresh_.size() + victims_;
    const std::size_t live = arena.LiveBytes();
    Expect(live == buffers * kBytes, "", "the heap has ", live, " bytes, and ",
           buffers, " buffers of ", kBytes, " are lent or idle");
  }

  bool CanEnd() const { return lent_.empty(); }
  void End() {
    In([this] { pool_.End(); });
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

WORKBOOK_CASE_INSIDE(GenerationPoolCase, "04_03/generation_pool.h", "")
