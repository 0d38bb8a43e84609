// SPDX-License-Identifier: Apache-2.0

// What Scratch promises, call by call: see tools/support/history.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "04_01/scratch.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kFirstBlocks[] = {64, 256};
constexpr std::size_t kSizes[] = {16, 1, 100};
constexpr std::byte kOthers{0x5A};

class ScratchCase : public Subject {
 public:
  static constexpr int kConfigs = 2;

  void Start(int config) {
    Say("Scratch scratch(", kFirstBlocks[config], ");");
    Say("Scratch other(", kFirstBlocks[0], ");");
    Say("std::optional<ScratchFrame> frames[3];");
    In(
        [](auto& scratch, auto& other, int i) {
          scratch.Make(kFirstBlocks[i]);
          other.Make(kFirstBlocks[0]);
        },
        scratch_[0], scratch_[1], config);
    Expect(Allocations() == 0, "", "it allocates before the first Allocate");
    Draw("scratch", scratch_[0]);
  }

  bool Open(int) {
    if (depth_ == kDepth) return false;
    Say("frames[", depth_, "].emplace(scratch);");
    Frame frame{.lent = LentCount(), .used = Used()};
    In([](auto& one, auto& scratch) { one.Make(*scratch); }, frames_[depth_],
       scratch_[0]);
    Expect(Allocations() == 0, "", "a frame allocates");
    marks_[depth_++] = frame;
    calls_.push_back(kOpened);
    return true;
  }
  bool Close(int) {
    if (depth_ == 0) return false;
    --depth_;
    Say("frames[", depth_, "].reset();");
    const Frame frame = marks_[depth_];
    while (LentCount() > frame.lent) Return();
    In([](auto& one) { one.End(); }, frames_[depth_]);
    Expect(Allocations() == 0, "", "closing a frame allocates");
    ExpectEqual("scratch.used_bytes()", Used(), frame.used);
    calls_.push_back(kClosed);
    // What frames inside of it found there is not there any more.
    std::erase_if(first_taken_, [this](const auto& taken) {
      return taken.first.first > depth_ + 1;
    });
    if (depth_ == 0) EndRound();
    return true;
  }

  bool Allocate(int which) {
    const std::size_t alignment = kSizes[which] == 16 ? 16 : 1;
    return Take(kSizes[which], alignment);
  }
  bool AllocateAligned(int) { return Take(8, 8); }
  bool AllocateTooMuch(int) {
    if (depth_ == 0) return false;
    Say("try { scratch.Allocate(SIZE_MAX, 1); } "
        "catch (const std::bad_alloc&) {}");
    const std::size_t used = Used();
    const Thrown thrown =
        In([](auto& scratch) { scratch->Allocate(SIZE_MAX, 1); }, scratch_[0]);
    Expect(thrown == Thrown::kBadAlloc, "", "it does not throw std::bad_alloc");
    ExpectEqual("scratch.used_bytes()", Used(), used);
    return true;
  }
  bool AllocateWithoutMemory(int) {
    if (depth_ == 0) return false;
    Say("// no memory: scratch.Allocate(100, 1);");
    const std::size_t used = Used();
    const std::size_t capacity = Capacity();
    RefuseAllocations(1);
    void* block = nullptr;
    const Thrown thrown = In(
        &block, [](auto& scratch) { return scratch->Allocate(100, 1); },
        scratch_[0]);
    if (thrown == Thrown::kNothing) {
      Lend(NewName(), block, 100, 1);
      calls_.push_back(kWithoutMemory);
      return true;
    }
    Expect(thrown == Thrown::kBadAlloc, "", "it throws another exception");
    ExpectEqual("scratch.used_bytes()", Used(), used);
    ExpectEqual("scratch.capacity_bytes()", Capacity(), capacity);
    return true;
  }

  // A callee, which leaves all that it took.
  bool InnerFrame(int) {
    if (depth_ == 0 || depth_ == kDepth) return false;
    Open(0);
    Take(100, 1);
    return Close(0);
  }

  // In another arena, in a frame of its own.
  bool UseOther(int) {
    if (uses_other_) return false;
    uses_other_ = true;
    Say("ScratchFrame frame(other);");
    const std::string name = NewName();
    Say("void* ", name, " = other.Allocate(32);");
    void* const block = Ask(
        [](auto& frame, auto& scratch) {
          frame.Make(*scratch);
          return scratch->Allocate(32);
        },
        other_frame_, scratch_[1]);
    Expect(block != nullptr, name + " != nullptr", name, " is nullptr");
    other_ = static_cast<std::byte*>(block);
    Aside([](std::byte* begin) { std::fill(begin, begin + 32, kOthers); },
          other_);
    return true;
  }

  void Check() {
    if (uses_other_) {
      Expect(BytesAt(other_, 32) == std::vector(32, kOthers), "",
             "memory of the other arena was overwritten");
    }
    std::size_t lent = 0;
    for (std::size_t k = 0; k != LentCount(); ++k) lent += Newest(k).bytes;
    const std::size_t used = Used();
    Expect(used >= lent, "", "scratch.used_bytes() is ", used, "; ", lent,
           " bytes are taken");
    // At most the padding of each, and of the blocks.
    const std::size_t most = lent + 32 * calls_.size();
    Expect(used <= most, "", "scratch.used_bytes() is ", used, "; only ", lent,
           " bytes are taken");
  }

  bool CanEnd() const { return depth_ == 0; }
  void End() {
    if (uses_other_) In([](auto& frame) { frame.End(); }, other_frame_);
    In(
        [](auto& scratch, auto& other) {
          other.End();
          scratch.End();
        },
        scratch_[0], scratch_[1]);
  }

  static constexpr CallKind<ScratchCase> kCalls[] = {
      {1, &ScratchCase::Open},
      {3, &ScratchCase::Allocate},
      {1, &ScratchCase::Close},
      {1, &ScratchCase::InnerFrame, 2},
      {1, &ScratchCase::AllocateAligned},
      {1, &ScratchCase::AllocateTooMuch},
      {1, &ScratchCase::AllocateWithoutMemory, 2},
      {1, &ScratchCase::UseOther, 2},
  };

 private:
  static constexpr std::size_t kDepth = 3;
  // Calls of a round, beside the sizes that are taken.
  enum : std::size_t { kOpened = 1000, kClosed, kWithoutMemory };
  struct Frame {
    std::size_t lent = 0;  // when it was opened
    std::size_t used = 0;
  };

  std::size_t Used() {
    return Ask([](auto& scratch) { return scratch->used_bytes(); },
               scratch_[0]);
  }
  std::size_t Capacity() {
    return Ask([](auto& scratch) { return scratch->capacity_bytes(); },
               scratch_[0]);
  }

  bool Take(std::size_t bytes, std::size_t alignment) {
    if (depth_ == 0) return false;
    const std::string name = NewName();
    Say("void* ", name, " = scratch.Allocate(", bytes, ", ", alignment, ");");
    void* block = nullptr;
    const std::size_t capacity = Capacity();
    const bool nothing_is_taken = Used() == 0;
    const Thrown thrown = In(
        &block,
        [](auto& scratch, std::size_t size, std::size_t aligned_to) {
          return scratch->Allocate(size, aligned_to);
        },
        scratch_[0], bytes, alignment);
    const std::size_t allocations = Allocations();
    Expect(thrown == Thrown::kNothing, "", "it throws");
    // With nothing taken, one block may come in the place of several.
    const std::size_t grown = Capacity();
    Expect(nothing_is_taken || grown == capacity || grown >= 2 * capacity, "",
           "the arena grows from ", capacity, " to ", grown,
           " bytes; a new block is at least as large as all before");
    allocations_ += allocations;
    Lend(name, block, bytes, alignment);
    CheckInnerFrame(bytes + alignment, allocations);
    calls_.push_back(bytes + alignment);
    // The same calls as in the round before, so far.
    const bool is_repeated =
        calls_.size() <= before_.size() &&
        std::equal(calls_.begin(), calls_.end(), before_.begin());
    const std::size_t most = rounds_ > 1 ? 0 : 1;
    Expect(!is_repeated || allocations_ <= most, "",
           "the calls of the round before are repeated, and make ",
           allocations_, " allocations; expected ", most);
    return true;
  }

  // A frame that takes first what one took there before needs no new block.
  void CheckInnerFrame(std::size_t bytes, std::size_t allocations) {
    // With nothing taken, one block may come in the place of several.
    if (calls_.back() != kOpened || marks_[depth_ - 1].used == 0) return;
    std::size_t& most = first_taken_[{depth_, marks_[depth_ - 1].used}];
    Expect(bytes > most || allocations == 0, "",
           "it allocates, and an inner frame has just left as much");
    most = std::max(most, bytes);
  }

  // All frames are closed: the same again comes from one block.
  void EndRound() {
    rounds_ = calls_ == before_ ? rounds_ + 1 : 1;
    before_ = std::exchange(calls_, {});
    allocations_ = 0;
    first_taken_.clear();
  }

  std::array<Object<Scratch>, 2> scratch_;
  std::array<Object<ScratchFrame>, kDepth> frames_;
  Object<ScratchFrame> other_frame_;
  std::byte* other_ = nullptr;
  bool uses_other_ = false;
  // The model.
  std::array<Frame, kDepth> marks_{};
  std::size_t depth_ = 0;
  std::vector<std::size_t> calls_;   // since all frames were closed
  std::vector<std::size_t> before_;  // in the round before
  std::map<std::pair<std::size_t, std::size_t>, std::size_t>
      first_taken_;              // by inner frames there
  std::size_t allocations_ = 0;  // in this round
  std::size_t rounds_ = 0;       // that were alike
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(ScratchCase, "04_01/scratch.h", "")
