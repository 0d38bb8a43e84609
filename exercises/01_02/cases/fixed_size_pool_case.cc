// SPDX-License-Identifier: Apache-2.0

// What FixedSizePool promises, call by call: see tools/support/history.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_02/fixed_size_pool.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr FixedSizePool::Options kOptions[] = {
    {.block_size_bytes = 8, .blocks_per_chunk = 2},
    {.block_size_bytes = 8,
     .alignment_bytes = 8,
     .blocks_per_chunk = 2,
     .max_blocks = 3},
    {.block_size_bytes = 24, .alignment_bytes = 8, .blocks_per_chunk = 3},
    {.block_size_bytes = 1,
     .alignment_bytes = 128,
     .blocks_per_chunk = 1,
     .max_blocks = 1},
    {.block_size_bytes = 16, .blocks_per_chunk = 2},
    {.block_size_bytes = 100},
    {.block_size_bytes = SIZE_MAX - 3, .blocks_per_chunk = 1},
};

// The options as a program gives them: without what is the default.
std::string OptionsText(const FixedSizePool::Options& options) {
  std::string text = Text("{.block_size_bytes = ", options.block_size_bytes);
  if (options.alignment_bytes != alignof(std::max_align_t)) {
    text += Text(", .alignment_bytes = ", options.alignment_bytes);
  }
  if (options.blocks_per_chunk != 0) {
    text += Text(", .blocks_per_chunk = ", options.blocks_per_chunk);
  }
  if (options.max_blocks != FixedSizePool::kUnbounded) {
    text += Text(", .max_blocks = ", options.max_blocks);
  }
  return text + "}";
}

// Says where it is when its constructor throws.
struct Throws {
  static inline std::byte* place = nullptr;

  Throws() {
    place = reinterpret_cast<std::byte*>(this);
    throw 1;
  }
};

class FixedSizePoolCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kOptions);

  void Start(int config) {
    config_ = config;
    options_ = kOptions[config];
    alignment_ = std::max(options_.alignment_bytes, alignof(void*));
    block_bytes_ =
        (options_.block_size_bytes + alignment_ - 1) & ~(alignment_ - 1);
    blocks_per_chunk_ = options_.blocks_per_chunk;
    if (blocks_per_chunk_ == 0) {
      blocks_per_chunk_ = FixedSizePool::kDefaultChunkBytes / block_bytes_;
    }
    is_refused_ = block_bytes_ < options_.block_size_bytes;
    Say("FixedSizePool pool(", OptionsText(options_), ");");
    const Thrown thrown =
        In([](auto& pool, int i) { pool.Make(kOptions[i]); }, pool(), config);
    if (is_refused_) {
      Expect(thrown == Thrown::kInvalidArgument, "",
             "a chunk of so many bytes must be refused: std::size_t cannot say "
             "how many");
      return;
    }
    Expect(thrown == Thrown::kNothing, "", "the constructor throws");
    Expect(Allocations() == 0, "", "the constructor allocates");
    Draw("pool", pools_[now_]);
  }

  bool Allocate(int) {
    if (is_refused_) return false;
    const std::string name = NewName();
    Say("void* ", name, " = ", me_, ".Allocate();");
    void* block = nullptr;
    const Thrown thrown = In(
        &block, [](auto& pool) { return pool->Allocate(); }, pool());
    Expect(thrown == Thrown::kNothing, "", "Allocate throws");
    if (LentCount() == options_.max_blocks) {
      Expect(block == nullptr, name + " == nullptr", name,
             " is a block, and max_blocks are lent: it must be nullptr");
      return true;
    }
    Lend(name, block, block_bytes_, alignment_);
    Took(name, block);
    return true;
  }

  bool Deallocate(int k) {
    const auto kth = static_cast<std::size_t>(k);
    if (is_refused_ || kth >= LentCount()) return false;
    const Block block = Newest(kth);
    Say(me_, ".Deallocate(", block.name, ");");
    Return(kth);
    const Thrown thrown =
        In([](auto& pool, std::byte* begin) { pool->Deallocate(begin); },
           pool(), block.begin);
    Expect(thrown == Thrown::kNothing, "", "Deallocate throws");
    Expect(Allocations() == 0, "", "Deallocate allocates");
    free_.push_back(block.begin);
    return true;
  }

  // 0: goes on with the new pool; 1: with the source, of which no block is
  // lent; 2: with the target of an assignment, which had a block before.
  bool Move(int how) {
    if (is_refused_ || (how == 1 && LentCount() != 0)) return false;
    const std::string source_name = me_;
    const std::string name = Text("pool_", ++moves_ + 1);
    Object<FixedSizePool>& source = pools_[now_];
    Object<FixedSizePool>& target = pools_[1 - now_];
    Thrown thrown = Thrown::kNothing;
    if (how == 2) {
      Say("FixedSizePool ", name, "(", OptionsText(options_), "); ", name,
          ".Deallocate(", name, ".Allocate()); ", name, " = std::move(", me_,
          ");");
      In(
          [](auto& pool, int i) {
            pool.Make(kOptions[i]);
            pool->Deallocate(pool->Allocate());
          },
          target, config_);
      thrown = In([](auto& to, auto& from) { *to = std::move(*from); }, target,
                  source);
    } else {
      Say(how == 0 ? "FixedSizePool " + name : "{ FixedSizePool other",
          "(std::move(", me_, "));", how == 0 ? "" : " }");
      thrown = In([](auto& to, auto& from) { to.Make(std::move(*from)); },
                  target, source);
    }
    Expect(thrown == Thrown::kNothing && Allocations() == 0, "",
           "a move allocates");
    ExpectEmpty(source_name, source);
    In([](auto& pool) { pool.End(); }, how == 1 ? target : source);
    if (how == 1) {
      free_.clear();
      fresh_ = capacity_ = 0;
      return true;
    }
    me_ = name;
    now_ = 1 - now_;
    Draw(me_, pools_[now_]);
    return true;
  }

  bool CreateThrows(int) {
    if (is_refused_ || block_bytes_ < sizeof(void*)) return false;
    const bool is_full = LentCount() == options_.max_blocks;
    Say("try { ", me_, ".Create<Throws>(); } catch (int) {}");
    const Thrown thrown =
        In([](auto& pool) { pool->template Create<Throws>(); }, pool());
    if (is_full) {
      Expect(thrown == Thrown::kNothing, "",
             "max_blocks are lent: it must return nullptr");
      return true;
    }
    Expect(thrown == Thrown::kOther, "", "the constructor's exception is lost");
    ExpectEqual(me_ + ".LentBlocks()", Lent(), LentCount());
    std::byte* const block = Aside([] { return Throws::place; });
    Took("its block", block);
    free_.push_back(block);
    return true;
  }

  // 0: there is no memory for the chunk; 1: none for what is noted about it,
  // which the first chunk needs in any case.
  bool AllocateWithoutMemory(int what) {
    if (is_refused_ || !free_.empty() || fresh_ != 0 ||
        LentCount() == options_.max_blocks || (what == 1 && capacity_ != 0)) {
      return false;
    }
    Say(what == 0 ? "// the system has no memory now"
                  : "// the system has memory for a chunk, and no more");
    RefuseAllocations(static_cast<std::size_t>(what) + 1);
    const Thrown thrown = In([](auto& pool) { pool->Allocate(); }, pool());
    Expect(thrown == Thrown::kBadAlloc, "",
           "Allocate needs a chunk and must throw std::bad_alloc");
    return true;
  }

  void Check() {
    if (is_refused_) return;
    for (std::size_t k = 0; k != LentCount(); ++k) CheckOwns(Newest(k));
    const std::size_t lent = Lent();
    const auto [block, capacity, held] = Ask(
        [](auto& pool) {
          return std::tuple(pool->BlockBytes(), pool->Capacity(),
                            pool->BytesHeld());
        },
        pool());
    ExpectEqual(me_ + ".LentBlocks()", lent, LentCount());
    ExpectEqual(me_ + ".BlockBytes()", block, block_bytes_);
    ExpectEqual(me_ + ".Capacity()", capacity, capacity_);
    ExpectEqual(me_ + ".BytesHeld()", held, arena.LiveBytes());
  }

  bool CanEnd() const { return LentCount() == 0; }
  void End() {
    if (!is_refused_) In([](auto& pool) { pool.End(); }, pool());
  }

  static constexpr CallKind<FixedSizePoolCase> kCalls[] = {
      {1, &FixedSizePoolCase::Allocate},
      {3, &FixedSizePoolCase::Deallocate},
      {3, &FixedSizePoolCase::Move, 2},
      {1, &FixedSizePoolCase::CreateThrows, 3},
      {2, &FixedSizePoolCase::AllocateWithoutMemory, 2},
  };

 private:
  // Which block a successful call had to take, and what the pool is then.
  void Took(const std::string& name, const void* block) {
    const bool is_fresh = free_.empty();
    const bool is_new_chunk = is_fresh && fresh_ == 0;
    if (is_new_chunk) {
      fresh_ = std::min(blocks_per_chunk_, options_.max_blocks - capacity_);
      capacity_ += fresh_;
    }
    Expect(is_new_chunk || Allocations() == 0, "",
           "it allocates, and a block was there");
    if (!is_fresh) {
      Expect(block == free_.back(), "", name,
             " is not the block that came back last");
      free_.pop_back();
      return;
    }
    --fresh_;
    const Arena::Piece* const chunk = arena.Find(block);
    Expect(chunk != nullptr, "", name, " is not in memory that is allocated");
    const auto offset = static_cast<std::size_t>(
        static_cast<const std::byte*>(block) - chunk->begin);
    Expect(offset % block_bytes_ == 0, "", name, " starts ", offset,
           " bytes behind its chunk, no multiple of ", block_bytes_);
    Expect(reinterpret_cast<std::uintptr_t>(chunk->begin) %
                   FixedSizePool::kChunkAlignmentBytes ==
               0,
           "", "the chunk of ", name, " is not aligned to a cache line");
  }

  void CheckOwns(const Block& block) {
    const Arena::Piece* const chunk = arena.Find(block.begin);
    const auto [owns, owns_inside, owns_end] = Ask(
        [](auto& pool, std::byte* begin, std::byte* end) {
          return std::tuple(pool->Owns(begin), pool->Owns(begin + 1),
                            pool->Owns(end));
        },
        pool(), block.begin, chunk->begin + chunk->bytes);
    Expect(owns, Text(me_, ".Owns(", block.name, ")"), me_,
           ".Owns() says no to ", block.name);
    Expect(!owns_inside,
           Text("!", me_, ".Owns(static_cast<char*>(", block.name, ") + 1)"),
           me_, ".Owns() says yes to the byte behind the start of ",
           block.name);
    Expect(!owns_end, "", me_,
           ".Owns() says yes to the byte behind the last of a chunk");
  }

  void ExpectEmpty(const std::string& name, Object<FixedSizePool>& moved_from) {
    const auto [capacity, lent] = Ask(
        [](auto& pool) {
          return std::tuple(pool->Capacity(), pool->LentBlocks());
        },
        moved_from);
    ExpectEqual(name + ".Capacity()", capacity, 0);
    ExpectEqual(name + ".LentBlocks()", lent, 0);
  }

  std::size_t Lent() {
    return Ask([](auto& pool) { return pool->LentBlocks(); }, pool());
  }
  Object<FixedSizePool>& pool() { return pools_[now_]; }

  std::array<Object<FixedSizePool>, 2> pools_;  // the one in use, and another
  std::size_t now_ = 0;
  int moves_ = 0;
  std::string me_ = "pool";
  int config_ = 0;
  FixedSizePool::Options options_;
  std::size_t alignment_ = 0;
  std::size_t block_bytes_ = 0;
  std::size_t blocks_per_chunk_ = 0;
  bool is_refused_ = false;
  // The model: the blocks that came back, and what is left of the last chunk.
  std::vector<std::byte*> free_;
  std::size_t fresh_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(FixedSizePoolCase, "01_02/fixed_size_pool.h",
              "struct Throws {\n  Throws() { throw 1; }\n};\n\n")
