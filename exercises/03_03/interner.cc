// SPDX-License-Identifier: Apache-2.0

#include "03_03/interner.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

Interner::Interner(std::pmr::memory_resource* memory)
    : memory_(memory), texts_(memory), slots_(memory) {}

Interner::~Interner() {
  while (chunks_ != nullptr) {
    Chunk* const chunk = chunks_;
    chunks_ = chunk->next;
    memory_->deallocate(chunk, chunk->size_bytes, alignof(Chunk));
  }
}

Symbol Interner::Intern(std::string_view text) {
  Todo("03_03 task 3: Interner::Intern");
}

std::optional<Symbol> Interner::Find(std::string_view text) const {
  Todo("03_03 task 3: Interner::Find");
}

std::string_view Interner::TextOf(Symbol symbol) const {
  Todo("03_03 task 3: Interner::TextOf");
}

std::size_t Interner::SlotOf(std::string_view text, std::uint32_t hash) const {
  Todo("03_03 task 3: Interner::SlotOf");
}

void Interner::GrowSlots() { Todo("03_03 task 3: Interner::GrowSlots"); }

// Large texts have chunks of their own, so at most a quarter of a chunk is lost
// at its end.
// Source: leveldb, util/arena.cc.
const char* Interner::Store(std::string_view text) {
  Todo("03_03 task 3: Interner::Store");
}

char* Interner::NewChunk(std::size_t size_bytes) {
  const std::size_t chunk_bytes = sizeof(Chunk) + size_bytes;
  void* const memory = memory_->allocate(chunk_bytes, alignof(Chunk));
  chunks_ = new (memory) Chunk{chunks_, chunk_bytes};
  return reinterpret_cast<char*>(chunks_ + 1);
}

}  // namespace workbook
