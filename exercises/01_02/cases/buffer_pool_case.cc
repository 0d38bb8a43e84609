// SPDX-License-Identifier: Apache-2.0

// What BufferPool promises, call by call, on threads in turn: see
// tools/support/history. A thread that ends leaves its buffers to the others.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_02/buffer_pool.h"
#include "tools/support/history/description.h"
#include "tools/support/history/named_threads.h"

namespace workbook::history {
namespace {

constexpr std::size_t kClasses[] = {64, 256};
constexpr std::size_t kLimits[] = {std::size_t{64} << 20, 128};
constexpr std::size_t kSizes[] = {64, 65, 0, 1000};

class BufferPoolCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kLimits);
  static constexpr std::uint64_t kHistories = 6000;  // each starts threads

  void Start(int config) {
    limit_ = kLimits[config];
    Say("BufferPool pool({.size_classes = {64, 256}",
        config == 0 ? "" : ", .max_held_bytes = 128", "});");
    In(
        [](auto& pool, std::size_t limit) {
          pool.Make(BufferPoolOptions{
              .size_classes = {std::begin(kClasses), std::end(kClasses)},
              .max_held_bytes = limit});
        },
        pool_, limit_);
  }

  bool Acquire(int which) { return AcquireOn(0, kSizes[which], true); }
  bool AcquireElsewhere(int) { return AcquireOn(1, kSizes[0], true); }
  bool AcquireUninitialized(int) { return AcquireOn(0, kSizes[0], false); }

  // Writes all of the newest; then it may become short again.
  bool Write(int is_shortened) {
    if (lent_.empty()) return false;
    Lent& lent = lent_.back();
    if (!lent.content.empty()) return false;
    const std::size_t bytes = lent.capacity;
    Say(lent.name, ".Resize(", bytes, ");");
    Say("std::memset(", lent.name, ".data(), 255, ", bytes, ");");
    In(
        [](auto& buffer, std::size_t size) {
          buffer->Resize(size);
          std::fill(buffer->data(), buffer->data() + size, std::byte{255});
        },
        lent.buffer, bytes);
    lent.content.assign(bytes, std::byte{255});
    if (is_shortened == 0) return true;
    Say(lent.name, ".Resize(0);");
    In([](auto& buffer) { buffer->Resize(0); }, lent.buffer);
    lent.content.clear();
    return true;
  }

  bool Grow(int) {
    if (lent_.empty()) return false;
    Lent& lent = lent_.back();
    const std::size_t bytes = lent.capacity + 1;
    const std::size_t old = lent.content.size();
    Say(lent.name, ".Resize(", bytes, ");");
    const Counts before = Count();
    On(
        0, [](auto& buffer, std::size_t size) { buffer->Resize(size); },
        lent.buffer, bytes);
    lent.content.resize(bytes);
    if (!lent.zeroed) {
      const std::vector<std::byte> now =
          BytesAt(DataOf(lent) + old, bytes - old);
      std::copy(now.begin(), now.end(),
                lent.content.begin() + static_cast<std::ptrdiff_t>(old));
    }
    const std::size_t freed = lent.capacity;
    lent.capacity =
        Aside([](auto& buffer) { return buffer->capacity(); }, lent.buffer);
    ++calls_;
    Expect(lent.capacity >= bytes, "", lent.name, " has ", lent.capacity,
           " bytes after it grew to ", bytes);
    if (is_dead_) return true;
    // Which idle buffer it took is for Count to say; what it had came back.
    if (Count().hits != before.hits) TookIdle(lent.capacity);
    CameBack(freed, before);
    return true;
  }

  bool Release(int where) {
    if (lent_.empty()) return false;
    Lent& lent = lent_.back();
    Say("{ BufferPool::Buffer returned = std::move(", lent.name, "); }",
        where == 0 ? "" : "  // on another thread");
    const std::size_t bytes = lent.capacity;
    const Counts before = Count();
    On(
        static_cast<std::size_t>(where), [](auto& buffer) { buffer.End(); },
        lent.buffer);
    lent_.pop_back();
    if (!is_dead_) CameBack(bytes, before);
    return true;
  }

  bool ThreadEnds(int thread) {
    const auto name = static_cast<std::size_t>(thread);
    if (!threads_.IsAlive(name)) return false;
    Say("// thread ", thread + 1, " ends: its next calls are made by another");
    EndThread(*this, threads_, name);
    return true;
  }

  bool Trim(int) {
    if (is_dead_) return false;
    Say("pool.Trim();");
    On(
        0, [](auto& pool) { pool->Trim(); }, pool_);
    if (!were_two_) {
      held_ = 0;
      idle_.fill(0);
    }
    return true;
  }

  bool PoolDies(int) {
    if (is_dead_ || lent_.empty()) return false;
    Say("// the pool dies: its buffers are lent, and stay good");
    In([](auto& pool) { pool.End(); }, pool_);
    is_dead_ = true;
    return true;
  }

  void Check() {
    std::size_t bytes_lent = 0;
    for (Lent& lent : lent_) {
      CheckContent(lent);
      bytes_lent += lent.capacity;
    }
    if (is_dead_) return;
    const auto [lent, held, calls] = Ask(
        [](auto& pool) {
          const BufferPoolStatistics got = pool->Statistics();
          return std::tuple(pool->BytesLent(), pool->BytesHeld(),
                            got.hits + got.misses + got.oversize);
        },
        pool_);
    Expect(held <= limit_, "", "pool.BytesHeld() is ", held,
           ", more than max_held_bytes");
    if (were_two_) held_ = held;  // Trim spares another thread's
    ExpectEqual("pool.BytesHeld()", held, held_);
    ExpectEqual("pool.BytesLent()", lent, bytes_lent);
    ExpectEqual(
        "pool.Statistics().hits + pool.Statistics().misses + "
        "pool.Statistics().oversize",
        calls, calls_);
  }

  bool CanEnd() const { return true; }
  void End() {
    for (Lent& lent : lent_) {
      On(
          0, [](auto& buffer) { buffer.End(); }, lent.buffer);
    }
    if (!is_dead_) {
      On(
          0, [](auto& pool) { pool.End(); }, pool_);
    }
    In([](NamedThreads& threads) { threads.EndAll(); }, threads_);
  }

  static constexpr CallKind<BufferPoolCase> kCalls[] = {
      {4, &BufferPoolCase::Acquire},
      {2, &BufferPoolCase::Release},
      {2, &BufferPoolCase::Write},
      {1, &BufferPoolCase::Grow},
      {1, &BufferPoolCase::AcquireElsewhere},
      {2, &BufferPoolCase::ThreadEnds},
      {1, &BufferPoolCase::AcquireUninitialized},
      {1, &BufferPoolCase::Trim, 2},
      {1, &BufferPoolCase::PoolDies, 2},
  };

 private:
  struct Lent {
    std::string name;
    Object<BufferPool::Buffer> buffer;
    std::size_t capacity = 0;
    bool zeroed = true;
    std::vector<std::byte> content{};  // of size() bytes
  };
  struct Counts {
    std::uint64_t hits = 0;
    std::uint64_t dropped = 0;
  };

  // Where two threads live at once, one may sit on what the other looks for.
  template <class F, class... Args>
  void On(std::size_t thread, F call, Args&&... args) {
    were_two_ |= threads_.IsAlive(thread == 0 ? 1 : 0);
    threads_.Run(thread, [&] { In(call, args...); });
  }

  bool AcquireOn(std::size_t thread, std::size_t bytes, bool zeroed) {
    if (is_dead_ || lent_.size() == 4) return false;
    Lent& lent = lent_.emplace_back();
    lent.name = NewName();
    lent.zeroed = zeroed;
    Say("BufferPool::Buffer ", lent.name, " = pool.Acquire",
        zeroed ? "" : "Uninitialized", "(", bytes, ");",
        thread == 0 ? "" : "  // on another thread");
    const Counts before = Count();
    On(
        thread,
        [](auto& buffer, auto& pool, std::size_t wanted, bool is_zeroed) {
          buffer.Make(is_zeroed ? pool->Acquire(wanted)
                                : pool->AcquireUninitialized(wanted));
        },
        lent.buffer, pool_, bytes, zeroed);
    ++calls_;
    lent.capacity =
        Ask([](auto& buffer) { return buffer->capacity(); }, lent.buffer);
    const std::size_t wanted = std::max<std::size_t>(bytes, 1);
    const auto* const found =
        std::lower_bound(std::begin(kClasses), std::end(kClasses), wanted);
    ExpectEqual(lent.name + ".capacity()", lent.capacity,
                found == std::end(kClasses) ? wanted : *found);
    ExpectEqual(lent.name + ".size()", SizeOf(lent), 0);
    CheckMemory(lent);
    const bool is_hit = Count().hits != before.hits;
    if (!were_two_ && found != std::end(kClasses)) {
      Expect(is_hit || idle_[*found] == 0, "", "an idle buffer of ", *found,
             " bytes is there, and ", lent.name, " is a new one");
    }
    if (is_hit) TookIdle(lent.capacity);
    return true;
  }

  void TookIdle(std::size_t bytes) {
    held_ -= bytes;
    if (bytes < idle_.size() && idle_[bytes] != 0) --idle_[bytes];
  }

  static std::byte* DataOf(Lent& lent) {
    return Aside([](auto& buffer) -> std::byte* { return buffer->data(); },
                 lent.buffer);
  }
  static std::size_t SizeOf(Lent& lent) {
    return Aside([](auto& buffer) { return buffer->size(); }, lent.buffer);
  }

  void CheckMemory(Lent& lent) {
    const std::byte* const data = DataOf(lent);
    const Arena::Piece* const piece = arena.Find(data);
    Expect(piece != nullptr &&
               lent.capacity <=
                   static_cast<std::size_t>(piece->begin + piece->bytes - data),
           "", lent.name, " is not in memory that is allocated");
    for (Lent& other : lent_) {
      if (&other == &lent) continue;
      Expect(DataOf(other) != data,
             Text(lent.name, ".data() != ", other.name, ".data()"), lent.name,
             " has the memory of ", other.name);
    }
    if (!lent.zeroed) return;
    const std::vector<std::byte> content = BytesAt(data, lent.capacity);
    for (std::size_t i = 0; i != lent.capacity; ++i) {
      if (content[i] == std::byte{0}) continue;
      Expect(false, Text(lent.name, ".data()[", i, "] == std::byte{0}"),
             "byte ", i, " of ", lent.name, " is what an earlier user left");
    }
  }

  void CheckContent(Lent& lent) {
    ExpectEqual(lent.name + ".size()", SizeOf(lent), lent.content.size());
    if (lent.content.empty()) return;
    const std::vector<std::byte> now =
        BytesAt(DataOf(lent), lent.content.size());
    for (std::size_t i = 0; i != lent.content.size(); ++i) {
      if (now[i] == lent.content[i]) continue;
      Expect(false, "", "byte ", i, " of ", lent.name,
             " is not what its user wrote, or zero");
    }
  }

  // A buffer came back: it is idle, or was dropped for the budget.
  void CameBack(std::size_t bytes, const Counts& before) {
    // A thread may have taken room of the budget for what it will get back.
    const bool is_pooled = bytes <= *std::rbegin(kClasses);
    const bool is_dropped = Count().dropped != before.dropped;
    Expect(!is_pooled || is_dropped || held_ + bytes <= limit_, "",
           "a buffer of ", bytes, " bytes is kept, and ", held_, " of at most ",
           limit_, " are held already");
    Expect(!is_dropped || were_two_ || held_ + bytes > limit_ / 2, "",
           "a buffer of ", bytes, " bytes is dropped, and only ", held_,
           " are held");
    if (!is_pooled || is_dropped) return;
    held_ += bytes;
    ++idle_[bytes];
  }

  Counts Count() {
    if (is_dead_) return {};
    const auto [hits, dropped] = Ask(
        [](auto& pool) {
          const BufferPoolStatistics got = pool->Statistics();
          return std::pair<std::uint64_t, std::uint64_t>(got.hits, got.dropped);
        },
        pool_);
    return {hits, dropped};
  }

  Object<BufferPool> pool_;
  NamedThreads threads_;
  std::list<Lent> lent_;  // newest last
  std::size_t limit_ = 0;
  bool is_dead_ = false;
  bool were_two_ = false;  // threads at once: who has what idle is open then
  // The model.
  std::size_t calls_ = 0;
  std::size_t held_ = 0;
  std::array<std::size_t, 257> idle_{};  // by capacity
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(BufferPoolCase, "01_02/buffer_pool.h", "")
