// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/picture.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace workbook::history {
namespace {

using Block = Subject::Block;

constexpr std::size_t kWord = sizeof(void*);
constexpr std::uintptr_t kFresh = 0xCDCDCDCDCDCDCDCD;
constexpr std::uintptr_t kSmall = 1'000'000;  // what is drawn as a number
constexpr std::size_t kMostPieces = 12;
constexpr std::size_t kMostBlocks = 10;  // of a piece
constexpr std::size_t kMostFields = 12;  // of the object

// "a", "b+8", "heap 2", "end of heap 2"; "?" for guards.
std::string Place(const Subject& subject, const std::byte* address) {
  for (const Block& block : subject.blocks()) {
    if (block.begin == address) return block.name;
  }
  for (const Block& block : subject.blocks()) {
    if (block.begin < address && address < block.begin + block.bytes) {
      return Text(block.name, "+", address - block.begin);
    }
  }
  int number = 0;
  for (const Arena::Piece& piece : arena.pieces()) {
    const bool is_object = piece.kind == Arena::Kind::kObject;
    if (!is_object) ++number;
    if (address < piece.begin || address > piece.begin + piece.bytes) continue;
    const std::string name =
        is_object ? subject.drawn().name : Text("heap ", number);
    if (address == piece.begin) return name;
    if (address == piece.begin + piece.bytes) return "end of " + name;
    return Text(name, "+", address - piece.begin);
  }
  return "?";
}

// Whether it leads to what is lent elsewhere.
bool IsOfABlock(const Subject& subject, const std::byte* address) {
  const auto& blocks = subject.blocks();
  return std::any_of(
      blocks.begin(), blocks.end(), [address](const auto& block) {
        return block.begin <= address && address < block.begin + block.bytes;
      });
}

// Letters with nothing but zeros behind them, as an inline string has them.
std::string Letters(std::uintptr_t word) {
  std::string text;
  for (; word != 0; word >>= 8) {
    const char letter = static_cast<char>(word & 0xFF);
    if (letter < ' ' || letter > '~') return "";
    text += letter;
  }
  return "\"" + text + "\"";
}

// Where an address leads, and whether nothing is there any more.
std::string Target(const Subject& subject, const std::byte* address) {
  const auto pieces = arena.pieces();
  const bool is_dead =
      std::any_of(pieces.begin(), pieces.end(), [address](const auto& piece) {
        return !piece.live && piece.begin <= address &&
               address < piece.begin + piece.bytes;
      });
  return Place(subject, address) + (is_dead ? " (given back!)" : "");
}

// "7", "-1", "?" for what was never written; "" for what says nothing.
std::string HalfWord(std::uintptr_t half) {
  if (half == (kFresh & 0xFFFFFFFF)) return "?";
  const auto number = static_cast<std::int32_t>(half);
  if (number < 0 && number > -1000) return std::to_string(number);
  return half < kSmall ? std::to_string(half) : "";
}

// "->a", "7", "?", "3,4" for two numbers of half a word, "abc" in quotes; ""
// for what says nothing.
std::string Word(const Subject& subject, std::uintptr_t word) {
  const auto* const address = reinterpret_cast<const std::byte*>(word);
  if (arena.Has(address) || IsOfABlock(subject, address)) {
    return "->" + Target(subject, address);
  }
  if (word == kFresh) return "?";
  if (word < kSmall) return std::to_string(word);
  const std::string low = HalfWord(word & 0xFFFFFFFF);
  const std::string high = HalfWord(word >> 32);
  if (!low.empty() && !high.empty()) return low + "," + high;
  return Letters(word);
}

// The first words, " 1 2 3 ?"; those of a block only where one is an address,
// since all others are what its borrower left.
std::string Words(const Subject& subject, const std::byte* begin,
                  std::size_t bytes, bool is_block) {
  std::string text;
  bool has_address = false;
  for (std::size_t i = 0; i + kWord <= std::min<std::size_t>(bytes, 64);
       i += kWord) {
    const std::uintptr_t word = Arena::WordAt(begin + i);
    has_address |= arena.Has(reinterpret_cast<const void*>(word));
    const std::string shown = Word(subject, word);
    text += " " + (shown.empty() ? "*" : shown);
  }
  if (bytes == kWord / 2) {
    const std::string half = HalfWord(Arena::WordAt(begin) & 0xFFFFFFFF);
    text = " " + (half.empty() ? "*" : half);
  }
  const bool is_null = bytes >= kWord && Arena::WordAt(begin) == 0;
  if (is_block && !has_address) return is_null ? " ->nullptr" : "";
  return text;
}

std::string Gap(const Subject& subject, const std::byte* begin,
                const std::byte* end, bool has_blocks) {
  if (begin == end) return "";
  const auto bytes = static_cast<std::size_t>(end - begin);
  if (has_blocks) return Text("| ", bytes, " bytes never lent ");
  return Text("|", Words(subject, begin, bytes, false), " ");
}

std::string DrawPiece(const Subject& subject, const Arena::Piece& piece) {
  std::vector<const Block*> inside;
  for (const Block& block : subject.blocks()) {
    if (piece.begin <= block.begin && block.begin < piece.begin + piece.bytes) {
      inside.push_back(&block);
    }
  }
  std::sort(inside.begin(), inside.end(),
            [](auto* a, auto* b) { return a->begin < b->begin; });
  std::string text;
  const std::byte* at = piece.begin;
  std::size_t drawn = 0;
  for (const Block* block : inside) {
    if (block->begin < at) continue;  // another lies over it now
    if (++drawn > kMostBlocks) {
      return text + Text("| and ", inside.size() - kMostBlocks, " more ");
    }
    text += Gap(subject, at, block->begin, true);
    text += block->lent
                ? Text("|[", block->name, " LENT]")
                : Text("| ", block->name, " free",
                       Words(subject, block->begin, block->bytes, true), " ");
    at = std::min(block->begin + block->bytes, piece.begin + piece.bytes);
  }
  return text + Gap(subject, at, piece.begin + piece.bytes, !inside.empty());
}

// The object's words that have changed; of a new object those that are not 0.
std::vector<std::string> Fields(const Subject::Block& object,
                                const Subject& subject, bool& is_same) {
  static std::map<std::size_t, std::string> drawn_before;
  static std::map<std::size_t, std::uintptr_t> words_before;
  const bool is_first = words_before.empty();
  std::vector<std::string> fields;
  for (std::size_t i = 0; i + kWord <= object.bytes; i += kWord) {
    const std::uintptr_t value = Arena::WordAt(object.begin + i);
    const bool has_changed = std::exchange(words_before[i], value) != value;
    is_same &= !has_changed;
    std::string word = Word(subject, value);
    if (word.empty() && has_changed && !is_first) {
      fields.push_back(Text("  +", i, "=changed"));
      drawn_before[i] = "";
    }
    // A word that was an address is one.
    if (word == "0" && drawn_before[i].starts_with("->")) word = "->nullptr";
    if (word.empty() || std::exchange(drawn_before[i], word) == word) continue;
    if (is_first && value == 0) continue;
    fields.push_back(Text("  +", i, "=", word));
  }
  return fields;
}

std::string DrawObject(const Subject& subject) {
  const Block& object = subject.drawn();
  bool is_same = object.bytes != 0;
  const std::vector<std::string> fields = Fields(object, subject, is_same);
  std::string text;
  for (std::size_t i = 0; i != std::min(fields.size(), kMostFields); ++i) {
    text += fields[i];
  }
  if (fields.size() > kMostFields) {
    text += Text("  and ", fields.size() - kMostFields, " more");
  }
  if (is_same) text = "  as before";
  return text.empty() ? "" : Text("    ", object.name, ":", text, "\n");
}

// What is lent, or was, in memory that is not of the heap.
std::string DrawElsewhere(const Subject& subject) {
  std::vector<const Block*> blocks;
  for (const Block& block : subject.blocks()) {
    if (arena.Has(block.begin)) continue;
    blocks.push_back(&block);
  }
  if (blocks.empty()) return "    nothing is lent\n";
  std::sort(blocks.begin(), blocks.end(),
            [](auto* a, auto* b) { return a->begin < b->begin; });
  std::string text = "    pages ";
  for (std::size_t i = 0; i != std::min(blocks.size(), kMostBlocks); ++i) {
    text += blocks[i]->lent ? Text("|[", blocks[i]->name, " LENT]")
                            : Text("| ", blocks[i]->name, " free ");
  }
  if (blocks.size() > kMostBlocks) {
    text += Text("| and ", blocks.size() - kMostBlocks, " more ");
  }
  return text + "|\n";
}

}  // namespace

std::string Picture(const Subject& subject) {
  std::string text;
  int number = 0;
  std::size_t drawn = 0;
  for (const Arena::Piece& piece : arena.pieces()) {
    if (piece.kind == Arena::Kind::kObject) continue;
    ++number;
    if (!piece.live || ++drawn > kMostPieces) continue;
    text += Text("    heap ", number, ", ", piece.bytes, " bytes ",
                 DrawPiece(subject, piece), "|\n");
  }
  if (subject.are_elsewhere()) {
    text += DrawElsewhere(subject);
  } else if (text.empty()) {
    text = "    the heap is empty\n";
  }
  if (drawn > kMostPieces) {
    text += Text("    and ", drawn - kMostPieces, " more pieces\n");
  }
  return text + DrawObject(subject);
}

}  // namespace workbook::history
