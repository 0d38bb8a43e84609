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
    begin_ = Aside(
        [](auto& memory) {
          memory->fill(nullptr);
          return memory->data();
        },
        memory_);
    In([](auto& list, int i) { list.Make(kBlockBytes[i]); }, list_, config);
    Expect(Allocations() == 0, "", "the constructor allocates");
  }

  bool Push(int) {
    if (next_ == kBlocks && outside_.empty()) return false;
    const std::size_t index = next_ < kBlocks ? next_++ : outside_.back();
    if (!outside_.empty() && outside_.back() == index) outside_.pop_back();
    Say("list.Push(memory + ", index * words_ * sizeof(void*), ");");
    const Thrown thrown = In([](auto& list, void* block) { list->Push(block); },
                             list_, At(index));
    Expect(thrown == Thrown::kNothing, "", "Push throws");
    inside_.push_back(index);
    return true;
  }

  bool Pop(int) {
    Say("list.Pop();");
    void* const block = Ask([](auto& list) { return list->Pop(); }, list_);
    if (inside_.empty()) {
      Expect(block == nullptr, "", "Pop returns a block of an empty list");
      return true;
    }
    Expect(block == At(inside_.back()), "", "Pop does not return memory + ",
           inside_.back() * words_ * sizeof(void*), ", which was pushed last");
    outside_.push_back(inside_.back());
    inside_.pop_back();
    // Its next owner writes to all of it.
    Aside(
        [](auto& memory, std::size_t first, std::size_t words) {
          for (std::size_t i = 0; i != words; ++i) {
            (*memory)[first + i] = memory->data();
          }
        },
        memory_, outside_.back() * words_, words_);
    return true;
  }

  void Check() {
    ExpectEqual("list.Count()",
                Ask([](auto& list) { return list->Count(); }, list_),
                inside_.size());
    const std::vector<void*> memory =
        ValuesAt(begin_, outside_.empty() ? 0 : kBlocks * kMostWords);
    for (const std::size_t index : outside_) {
      for (std::size_t i = 0; i != words_; ++i) {
        Expect(memory[index * words_ + i] == begin_, "", "memory + ",
               index * words_ * sizeof(void*),
               " is a block in no list, and was written to");
      }
    }
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& list) { list.End(); }, list_);
  }

  static constexpr CallKind<UnrolledFreeListCase> kCalls[] = {
      {1, &UnrolledFreeListCase::Push},
      {1, &UnrolledFreeListCase::Pop},
  };

 private:
  static constexpr std::size_t kMostWords = 3;

  void* At(std::size_t index) { return begin_ + index * words_; }

  Object<UnrolledFreeList> list_;
  std::size_t words_ = 1;
  Fixture<std::array<void*, kBlocks * kMostWords>> memory_;
  void** begin_ = nullptr;  // of memory_
  std::size_t next_ = 0;    // blocks that were in no list yet
  std::vector<std::size_t> inside_;
  std::vector<std::size_t> outside_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(UnrolledFreeListCase, "01_02/unrolled_pool.h", "")
