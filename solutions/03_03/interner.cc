// SPDX-License-Identifier: Apache-2.0

#include "03_03/interner.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <new>
#include <stdexcept>

namespace workbook {
namespace {

// The half of the hash that is kept: growing then reads no text again.
std::uint32_t HashOf(std::string_view text) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
}

}  // namespace

// [given]
Interner::Interner(std::pmr::memory_resource* memory)
    : memory_(memory), texts_(memory), slots_(memory) {}

// [given]
Interner::~Interner() {
  while (chunks_ != nullptr) {
    Chunk* const chunk = chunks_;
    chunks_ = chunk->next;
    memory_->deallocate(chunk, chunk->size_bytes, alignof(Chunk));
  }
}

Symbol Interner::Intern(std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("Interner: a text of 4 GiB or more");
  }
  if (const auto known = Find(text)) return *known;
  if (texts_.size() == kFree) throw std::length_error("Interner: full");
  // All that can fail, then steps that cannot.
  if (4 * (texts_.size() + 1) > 3 * slots_.size()) GrowSlots();
  if (texts_.size() == texts_.capacity()) {
    texts_.reserve(std::max<std::size_t>(8, 2 * texts_.size()));
  }
  const char* const copy = Store(text);
  const std::uint32_t hash = HashOf(text);
  const auto number = static_cast<std::uint32_t>(texts_.size());
  slots_[SlotOf(text, hash)] = number;
  texts_.push_back({copy, static_cast<std::uint32_t>(text.size()), hash});
  return Symbol{number};
}

std::optional<Symbol> Interner::Find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint32_t number = slots_[SlotOf(text, HashOf(text))];
  if (number == kFree) return std::nullopt;
  return Symbol{number};
}

std::string_view Interner::TextOf(Symbol symbol) const {
  const Text& text = texts_[static_cast<std::uint32_t>(symbol)];
  return {text.data, text.size_bytes};
}

std::size_t Interner::SlotOf(std::string_view text, std::uint32_t hash) const {
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != kFree) {
    const std::uint32_t number = slots_[slot];
    if (texts_[number].hash == hash && TextOf(Symbol{number}) == text) break;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void Interner::GrowSlots() {
  const std::size_t size = std::max<std::size_t>(16, 2 * slots_.size());
  std::pmr::vector<std::uint32_t> slots(size, kFree, memory_);
  for (std::size_t number = 0; number < texts_.size(); ++number) {
    std::size_t slot = texts_[number].hash & (size - 1);
    while (slots[slot] != kFree) slot = (slot + 1) & (size - 1);
    slots[slot] = static_cast<std::uint32_t>(number);
  }
  slots_.swap(slots);
}

// Large texts have chunks of their own, so at most a quarter of a chunk is lost
// at its end.
// Source: leveldb, util/arena.cc.
const char* Interner::Store(std::string_view text) {
  char* copy = room_;
  if (text.size() > kChunkBytes / 4) {
    copy = NewChunk(text.size());
  } else {
    if (text.size() > room_bytes_) {
      copy = NewChunk(kChunkBytes);
      room_bytes_ = kChunkBytes;
    }
    room_ = copy + text.size();
    room_bytes_ -= text.size();
  }
  std::copy_n(text.data(), text.size(), copy);
  return copy;
}

// [given]
char* Interner::NewChunk(std::size_t size_bytes) {
  const std::size_t chunk_bytes = sizeof(Chunk) + size_bytes;
  void* const memory = memory_->allocate(chunk_bytes, alignof(Chunk));
  chunks_ = new (memory) Chunk{chunks_, chunk_bytes};
  return reinterpret_cast<char*>(chunks_ + 1);
}

}  // namespace workbook
