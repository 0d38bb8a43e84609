// SPDX-License-Identifier: Apache-2.0

// One copy of each text, under a number of 32 bits.
#ifndef WORKBOOK_03_03_INTERNER_H_
#define WORKBOOK_03_03_INTERNER_H_

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

namespace workbook {

// Names a text of an Interner. Two of one Interner are equal if their texts
// are, so a comparison of texts becomes one of numbers.
enum class Symbol : std::uint32_t {};

// Keeps texts, each of them once. The first text has Symbol 0, the next new one
// Symbol 1 and so on; a Symbol and the view of its text stay good for as long
// as the Interner lives.
//
// Invariants:
// 1. texts_[i] is the text of Symbol i; its bytes never move.
// 2. slots_ has the number of each text once, on the way of a linear search
//    from the slot that its hash names to the next kFree.
// 3. At most 3/4 of slots_ are in use, so that each search meets a kFree.
//
// Bytes: at most 4/3 of the texts' bytes, 48 bytes a text, and 8 KiB.
// Thread safety: readers, or one writer.
class Interner {
 public:
  // Makes an empty Interner that takes every byte from `memory`.
  // Cost: O(1), no allocation.
  explicit Interner(
      std::pmr::memory_resource* memory = std::pmr::new_delete_resource());
  Interner(const Interner&) = delete;
  Interner& operator=(const Interner&) = delete;
  ~Interner();

  // Returns the Symbol of `text`, which it copies where there is none yet.
  // `text` may be a part of a text that is kept already, and any bytes.
  // Cost: amortised O(text); no allocation where the text is known, else at
  // most three.
  // On failure: std::bad_alloc; std::length_error for a text of 4 GiB or more,
  // before it is read, and for more than 2^32 - 1 texts. All Symbols, and all
  // that Find, TextOf and size return, are as before the call.
  Symbol Intern(std::string_view text);

  // Returns the Symbol of `text`, or nothing where it was never interned.
  // Cost: O(text), no allocation.
  std::optional<Symbol> Find(std::string_view text) const;

  // Returns the text of `symbol`.
  // REQUIRES: `symbol` is one of this Interner.
  // Cost: O(1), no allocation.
  std::string_view TextOf(Symbol symbol) const;

  // Returns the number of texts.
  // Cost: O(1), no allocation.
  std::size_t size() const { return texts_.size(); }

 private:  // [given]
  struct Text {
    const char* data;
    std::uint32_t size_bytes;
    std::uint32_t hash;
  };
  // The bytes of texts lie behind it.
  struct Chunk {
    Chunk* next;
    std::size_t size_bytes;
  };
  static constexpr std::uint32_t kFree = 0xFFFF'FFFF;
  static constexpr std::size_t kChunkBytes = 4096;

  // Returns where `text` stands in slots_, or the kFree that ends the search.
  // REQUIRES: slots_ has a kFree.
  std::size_t SlotOf(std::string_view text, std::uint32_t hash) const;
  // Doubles slots_.
  void GrowSlots();
  // Copies `text` to where it stays.
  const char* Store(std::string_view text);
  // Returns room for `size_bytes` in a chunk of its own.
  char* NewChunk(std::size_t size_bytes);

  std::pmr::memory_resource* const memory_;
  std::pmr::vector<Text> texts_;
  std::pmr::vector<std::uint32_t> slots_;  // a power of two, or none
  Chunk* chunks_ = nullptr;
  char* room_ = nullptr;  // the rest of a chunk
  std::size_t room_bytes_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_03_03_INTERNER_H_
