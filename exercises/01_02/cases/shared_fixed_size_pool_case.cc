// SPDX-License-Identifier: Apache-2.0

// What SharedFixedSizePool promises, call by call, on threads in turn: see
// tools/support/history. A thread that ends leaves a cache to the next one.
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "01_02/shared_fixed_size_pool.h"
#include "tools/support/history/description.h"
#include "tools/support/history/named_threads.h"

namespace workbook::history {
namespace {

constexpr std::size_t kMagazine = SharedFixedSizePool::kMagazineBlocks;
constexpr std::size_t kBlockBytes = 1024;
constexpr FixedSizePool::Options kOptions[] = {
    {.block_size_bytes = kBlockBytes, .blocks_per_chunk = kMagazine},
    {.block_size_bytes = kBlockBytes, .blocks_per_chunk = 2, .max_blocks = 2},
};

class SharedFixedSizePoolCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kOptions);
  static constexpr std::uint64_t kHistories = 2000;  // each starts threads

  void Start(int config) {
    options_ = kOptions[config];
    is_bounded_ = options_.max_blocks != FixedSizePool::kUnbounded;
    Say("SharedFixedSizePool pool({.block_size_bytes = 1024, "
        ".blocks_per_chunk = ",
        options_.blocks_per_chunk, is_bounded_ ? ", .max_blocks = 2" : "",
        "});");
    In([](auto& pool, int i) { pool.Make(kOptions[i]); }, pool_, config);
  }

  bool Allocate(int thread) { return AllocateMany(thread, 1); }
  bool AllocateMagazine(int thread) { return AllocateMany(thread, kMagazine); }
  bool Deallocate(int thread) { return DeallocateMany(thread, 1); }
  bool DeallocateMagazine(int thread) {
    return DeallocateMany(thread, kMagazine);
  }
  // Takes and gives back: so many that magazines are traded.
  bool CycleMagazine(int thread) { return Cycle(thread, kMagazine); }
  bool CycleThree(int thread) { return Cycle(thread, 3 * kMagazine); }

  bool ThreadEnds(int thread) {
    const auto name = static_cast<std::size_t>(thread);
    if (!threads_.IsAlive(name)) return false;
    Say("// thread ", thread + 1, " ends: its next calls are made by an heir");
    EndThread(*this, threads_, name);
    return true;
  }

  void Check() {
    const std::size_t held =
        Ask([](auto& pool) { return pool->BytesHeld(); }, pool_);
    // The C++ runtime notes in some bytes what a thread has to destroy.
    const std::size_t live = arena.LiveBytes();
    Expect(held <= live && live - held <= kNotedBytes, "",
           "pool.BytesHeld() is ", held, ", and ", live,
           " bytes are allocated");
  }

  bool CanEnd() const { return LentCount() == 0; }
  void End() {
    In(
        [](auto& pool, NamedThreads& threads) {
          pool.End();
          threads.EndAll();
        },
        pool_, threads_);
  }

  static constexpr CallKind<SharedFixedSizePoolCase> kCalls[] = {
      {2, &SharedFixedSizePoolCase::Allocate},
      {2, &SharedFixedSizePoolCase::Deallocate},
      {2, &SharedFixedSizePoolCase::ThreadEnds},
      {2, &SharedFixedSizePoolCase::AllocateMagazine, 2},
      {2, &SharedFixedSizePoolCase::DeallocateMagazine, 2},
      {2, &SharedFixedSizePoolCase::CycleMagazine, 2},
      {2, &SharedFixedSizePoolCase::CycleThree, 3},
  };

 private:
  static constexpr std::size_t kNotedBytes = 128;

  bool AllocateMany(int thread, std::size_t count) {
    if (is_bounded_ && count != 1) return false;
    if (LentCount() + count > 6 * kMagazine) return false;
    Say("// thread ", thread + 1, ": ", count, " x pool.Allocate()");
    AllocateNow(thread, count);
    return true;
  }

  bool Cycle(int thread, std::size_t count) {
    if (is_bounded_ || LentCount() + count > 6 * kMagazine) return false;
    Say("// thread ", thread + 1, ": ", count, " x pool.Allocate(), then ",
        count, " x pool.Deallocate()");
    AllocateNow(thread, count);
    DeallocateNow(thread, count);
    return true;
  }

  void AllocateNow(int thread, std::size_t count) {
    const std::size_t lent_before = LentCount();
    const std::size_t capacity_before = CapacityBlocks();
    threads_.Run(static_cast<std::size_t>(thread), [&] {
      for (std::size_t i = 0; i != count; ++i) AllocateOne();
    });
    were_two_ |= threads_.IsAlive(0) && threads_.IsAlive(1);
    // What is idle lies in this thread's cache or in the depot; in the cache of
    // another thread, alive or dead, only if there were two at once. A magazine
    // more may be filled than is asked for.
    const std::size_t out_of_reach = were_two_ ? 2 * kMagazine : 0;
    const std::size_t idle = capacity_before - lent_before;
    Expect(is_bounded_ || CapacityBlocks() == capacity_before ||
               idle < count + kMagazine + out_of_reach,
           "", "it takes a new chunk, and ", idle, " blocks are idle");
  }

  void AllocateOne() {
    void* block = nullptr;
    const Thrown thrown = In(
        &block, [](auto& pool) { return pool->Allocate(); }, pool_);
    Expect(thrown == Thrown::kNothing, "", "Allocate throws");
    if (LentCount() == options_.max_blocks) {
      Expect(block == nullptr, "",
             "max_blocks are lent: it must return nullptr");
      return;
    }
    Expect(block != nullptr, "", "it returns nullptr, and only ", LentCount(),
           " blocks are lent");
    Lend(NewName(), block, kBlockBytes, alignof(std::max_align_t));
  }

  bool DeallocateMany(int thread, std::size_t count) {
    if (LentCount() < count) return false;
    Say("// thread ", thread + 1, ": ", count,
        " x pool.Deallocate(), the newest first");
    DeallocateNow(thread, count);
    return true;
  }

  void DeallocateNow(int thread, std::size_t count) {
    threads_.Run(static_cast<std::size_t>(thread), [&] {
      for (std::size_t i = 0; i != count; ++i) {
        std::byte* const block = Newest().begin;
        Return();
        const Thrown thrown =
            In([](auto& pool, std::byte* given) { pool->Deallocate(given); },
               pool_, block);
        Expect(thrown == Thrown::kNothing, "", "Deallocate throws");
      }
    });
    were_two_ |= threads_.IsAlive(0) && threads_.IsAlive(1);
  }

  // In blocks: a chunk is the only piece of its size.
  std::size_t CapacityBlocks() const {
    std::size_t blocks = 0;
    for (const Arena::Piece& piece : arena.pieces()) {
      if (piece.bytes == options_.blocks_per_chunk * kBlockBytes) {
        blocks += options_.blocks_per_chunk;
      }
    }
    return blocks;
  }

  Object<SharedFixedSizePool> pool_;
  FixedSizePool::Options options_;
  NamedThreads threads_;
  bool is_bounded_ = false;
  bool were_two_ = false;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SharedFixedSizePoolCase, "01_02/shared_fixed_size_pool.h", "")
