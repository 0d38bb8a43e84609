// SPDX-License-Identifier: Apache-2.0

// What UnrolledFreeList promises, call by call: see tools/support/history.
#include <array>
#include <cstddef>
#include <iterator>
#include <vector>

#include "01_02/unrolled_pool.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kBlockBytes[] = {8, 16, 24};
constexpr std::size_t kBlocks = 8;

class UnrolledFreeListCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kBlockBytes);

  void Start(int config) {
    words_ = kBlockBytes[config] / sizeof(void*);
    Say("alignas(8) std::byte memory[", kBlocks * kBlockBytes[config], "];");
    Say("UnrolledFreeList list(", kBlockBytes[config], ");");
    memory_.fill(nullptr);
    In([&] { list_.Make(kBlockBytes[config]); });
    Expect(Allocations() == 0, "", "the constructor allocates");
  }

  bool Push(int) {
    if (next_ == kBlocks && outside_.empty()) return false;
    const std::size_t index = next_ < kBlocks ? next_++ : outside_.back();
    if (!outside_.empty() && outside_.back() == index) outside_.pop_back();
    Say("list.Push(memory + ", index * words_ * sizeof(void*), ");");
    const Thrown thrown = In([&] { list_->Push(At(index)); });
    Expect(thrown == Thrown::kNothing, "", "Push throws");
    inside_.push_back(index);
    return true;
  }

  bool Pop(int) {
    Say("list.Pop();");
    void* block = nullptr;
    In([&] { block = list_->Pop(); });
    if (inside_.empty()) {
      Expect(block == nullptr, "", "Pop returns a block of an empty list");
      return true;
    }
    Expect(block == At(inside_.back()), "", "Pop does not return memory + ",
           inside_.back() * words_ * sizeof(void*), ", which was pushed last");
    outside_.push_back(inside_.back());
    inside_.pop_back();
    // Its next owner writes to all of it.
    for (std::size_t i = 0; i != words_; ++i) {
      memory_[outside_.back() * words_ + i] = &memory_;
    }
    return true;
  }

  void Check() {
    std::size_t count = 0;
    In([&] { count = list_->Count(); });
    ExpectEqual("list.Count()", count, inside_.size());
    for (const std::size_t index : outside_) {
      for (std::size_t i = 0; i != words_; ++i) {
        Expect(memory_[index * words_ + i] == &memory_, "", "memory + ",
               index * words_ * sizeof(void*),
               " is a block in no list, and was written to");
      }
    }
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { list_.End(); });
  }

  static constexpr CallKind<UnrolledFreeListCase> kCalls[] = {
      {1, &UnrolledFreeListCase::Push},
      {1, &UnrolledFreeListCase::Pop},
  };

 private:
  void* At(std::size_t index) { return &memory_[index * words_]; }

  Object<UnrolledFreeList> list_;
  std::size_t words_ = 1;
  std::array<void*, kBlocks * 3> memory_;
  std::size_t next_ = 0;  // blocks that were in no list yet
  std::vector<std::size_t> inside_;
  std::vector<std::size_t> outside_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE_INSIDE(UnrolledFreeListCase, "01_02/unrolled_pool.h", "")
