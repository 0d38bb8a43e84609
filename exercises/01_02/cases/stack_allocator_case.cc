// SPDX-License-Identifier: Apache-2.0

// What StackAllocator promises, call by call: see tools/support/history.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <new>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "01_02/stack_allocator.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

// A buffer of its own, or one that begins `offset_bytes` behind an address that
// is aligned to 16.
struct Buffer {
  std::size_t capacity_bytes;
  std::size_t offset_bytes;
};
constexpr Buffer kBuffers[] = {{64, 0}, {48, 8}, {100, 0}, {1, 0}};

struct Request {
  std::size_t bytes;
  std::size_t alignment_bytes;
};
constexpr std::size_t kRest = SIZE_MAX - 100;  // all that is left
constexpr std::size_t kMore = SIZE_MAX - 99;   // a byte more
constexpr Request kRequests[] = {
    {8, 8},     {1, 1},        {24, 16},           {0, 1}, {1, 64}, {kRest, 1},
    {kMore, 1}, {SIZE_MAX, 1}, {SIZE_MAX - 31, 16}};

std::string BytesText(std::size_t bytes) {
  if (bytes < SIZE_MAX - 100) return Text(bytes);
  return bytes == SIZE_MAX ? "SIZE_MAX" : Text("SIZE_MAX - ", SIZE_MAX - bytes);
}

class StackAllocatorCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kBuffers);

  void Start(int config) {
    capacity_ = kBuffers[config].capacity_bytes;
    const std::size_t offset = kBuffers[config].offset_bytes;
    if (offset == 0) {
      Say("StackAllocator stack(", capacity_, ");");
      In([](auto& stack, std::size_t bytes) { stack.Make(bytes); }, stack_,
         capacity_);
      for (const Arena::Piece& piece : arena.pieces()) {
        if (piece.kind == Arena::Kind::kHeap && piece.bytes == capacity_) {
          begin_ = piece.begin;
        }
      }
      Expect(begin_ != nullptr, "", "it allocates no buffer of exactly ",
             capacity_, " bytes");
      Expect(reinterpret_cast<std::uintptr_t>(begin_) % 64 == 0, "",
             "its buffer is not aligned to a cache line");
    } else {
      given_bytes_ = capacity_ + offset;
      given_ = Ask(
          [](std::size_t bytes) {
            return static_cast<std::byte*>(::operator new(bytes));
          },
          given_bytes_);
      begin_ = given_ + offset;
      Say("alignas(16) std::byte memory[", given_bytes_,
          "]; StackAllocator stack(std::span<std::byte>(memory).subspan(",
          offset, "));");
      In([](auto& stack, std::byte* begin,
            std::size_t bytes) { stack.Make(std::span(begin, bytes)); },
         stack_, begin_, capacity_);
      Expect(Allocations() == 0, "", "it allocates, and has a buffer");
    }
    Draw("stack", stack_);
  }

  bool Allocate(int which) {
    Request request = kRequests[which];
    const std::size_t left = capacity_ - used_;
    if (request.bytes == kRest && left == 0) return false;
    if (request.bytes == kRest) request.bytes = left;
    if (request.bytes == kMore) request.bytes = left + 1;
    const std::string name = NewName();
    Say("void* ", name, " = stack.Allocate(", BytesText(request.bytes), ", ",
        request.alignment_bytes, ");");
    AllocateNow(name, request);
    return true;
  }

  bool Free(int) {
    if (LentCount() == 0) return false;
    const Block block = Newest();
    Say("stack.Free(", block.name, ");");
    Return();
    In([](auto& stack, std::byte* begin) { stack->Free(begin); }, stack_,
       block.begin);
    used_ = static_cast<std::size_t>(block.begin - begin_);
    std::erase_if(marks_, [this](const OldMark& old) {
      return old.used > used_ || old.lent > LentCount();
    });
    return true;
  }

  bool Mark(int) {
    if (marks_.size() == 3) return false;
    const std::string name = Text("mark_", ++mark_names_);
    Say("const StackMark ", name, " = stack.Mark();");
    const auto number = static_cast<std::size_t>(mark_names_);
    In([](auto& stack, auto& marks,
          std::size_t i) { (*marks)[i] = stack->Mark(); },
       stack_, all_marks_, number);
    marks_.push_back({number, name, used_, LentCount()});
    return true;
  }

  // To the k-th newest mark, which stays good.
  bool FreeTo(int k) {
    const auto kth = static_cast<std::size_t>(k);
    if (kth >= marks_.size()) return false;
    marks_.resize(marks_.size() - kth);
    const OldMark& mark = marks_.back();
    Say("stack.FreeTo(", mark.name, ");");
    while (LentCount() > mark.lent) Return();
    In([](auto& stack, auto& marks,
          std::size_t i) { stack->FreeTo((*marks)[i]); },
       stack_, all_marks_, mark.number);
    used_ = mark.used;
    return true;
  }

  bool Reset(int) {
    Say("stack.Reset();");
    while (LentCount() != 0) Return();
    In([](auto& stack) { stack->Reset(); }, stack_);
    used_ = 0;
    std::erase_if(marks_, [](const OldMark& old) { return old.used != 0; });
    return true;
  }

  bool Scope(int which) {
    const Request request = kRequests[which];
    const std::string name = NewName();
    Say("void* ", name, " = nullptr;");
    Say("{ StackScope scope(stack); ", name, " = stack.Allocate(",
        request.bytes, ", ", request.alignment_bytes, "); }");
    const std::size_t used = used_;
    const std::size_t lent = LentCount();
    Object<StackScope> scope;
    In([](auto& made, auto& stack) { made.Make(*stack); }, scope, stack_);
    AllocateNow(name, request);
    while (LentCount() > lent) Return();
    In([](auto& made) { made.End(); }, scope);
    used_ = used;
    return true;
  }

  void Check() {
    const auto [used, capacity, high, held] = Ask(
        [](auto& stack) {
          return std::tuple(stack->UsedBytes(), stack->CapacityBytes(),
                            stack->HighWaterMarkBytes(), stack->BytesHeld());
        },
        stack_);
    ExpectEqual("stack.UsedBytes()", used, used_);
    ExpectEqual("stack.CapacityBytes()", capacity, capacity_);
    ExpectEqual("stack.HighWaterMarkBytes()", high, high_);
    ExpectEqual("stack.BytesHeld()", held, arena.LiveBytes() - given_bytes_);
  }

  // Blocks that are in use die with the buffer.
  bool CanEnd() const { return true; }
  void End() {
    while (LentCount() != 0) Return();
    In(
        [](auto& stack, std::byte* given) {
          stack.End();
          if (given != nullptr) ::operator delete(given);
        },
        stack_, given_);
  }

  static constexpr CallKind<StackAllocatorCase> kCalls[] = {
      {9, &StackAllocatorCase::Allocate}, {1, &StackAllocatorCase::Free},
      {1, &StackAllocatorCase::Mark},     {2, &StackAllocatorCase::FreeTo},
      {1, &StackAllocatorCase::Reset},    {2, &StackAllocatorCase::Scope, 3},
  };

 private:
  struct OldMark {
    std::size_t number;  // in all_marks_
    std::string name;
    std::size_t used;
    std::size_t lent;
  };

  void AllocateNow(const std::string& name, const Request& request) {
    const std::size_t bytes = std::max<std::size_t>(request.bytes, 1);
    const auto top = reinterpret_cast<std::uintptr_t>(begin_ + used_);
    const std::size_t padding =
        (request.alignment_bytes - top % request.alignment_bytes) %
        request.alignment_bytes;
    const std::size_t left = capacity_ - used_;
    void* block = nullptr;
    const Thrown thrown = In(
        &block,
        [](auto& stack, std::size_t size, std::size_t alignment) {
          return stack->Allocate(size, alignment);
        },
        stack_, request.bytes, request.alignment_bytes);
    Expect(thrown == Thrown::kNothing, "", "Allocate throws");
    if (padding > left || bytes > left - padding) {
      Expect(block == nullptr, name + " == nullptr", name, " has ",
             BytesText(bytes), " bytes, and ", left,
             " are left: it must be nullptr");
      return;
    }
    Expect(block != nullptr, name + " != nullptr", name, " is nullptr, and ",
           left, " bytes are left, ", padding, " of them padding");
    Expect(
        reinterpret_cast<std::uintptr_t>(block) % request.alignment_bytes == 0,
        "", name, " is not aligned to ", request.alignment_bytes, " bytes");
    Expect(block == begin_ + used_ + padding, "", name,
           " is not at the first aligned address from the top on");
    Lend(name, block, bytes, request.alignment_bytes);
    used_ += padding + bytes;
    high_ = std::max(high_, used_);
  }

  Fixture<std::array<StackMark, kMaxCalls + 1>> all_marks_;
  Object<StackAllocator> stack_;
  std::byte* given_ = nullptr;  // a buffer that is not its own
  std::size_t given_bytes_ = 0;
  std::byte* begin_ = nullptr;
  int mark_names_ = 0;
  // The model.
  std::size_t capacity_ = 0;
  std::size_t used_ = 0;
  std::size_t high_ = 0;
  std::vector<OldMark> marks_;  // those that are good, oldest first
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(StackAllocatorCase, "01_02/stack_allocator.h", "")
