// SPDX-License-Identifier: Apache-2.0

#include "04_02/chunk.h"

#include <algorithm>
#include <memory>

#include "tools/exercise/todo.h"

namespace workbook {

bool Chunk::Add(std::uint16_t value) { Todo("04_02 task 7: Chunk::Add"); }

bool Chunk::Remove(std::uint16_t value) { Todo("04_02 task 7: Chunk::Remove"); }

void Chunk::UnionWith(const Chunk& other) {
  Todo("04_02 task 7: Chunk::UnionWith");
}

void Chunk::ToBitmap() { Todo("04_02 task 7: Chunk::ToBitmap"); }

void Chunk::ToArray() { Todo("04_02 task 7: Chunk::ToArray"); }

void Chunk::InsertAt(std::size_t place, std::uint16_t value) {
  Todo("04_02 task 7: Chunk::InsertAt");
}

void Chunk::Merge(const Chunk& other) { Todo("04_02 task 7: Chunk::Merge"); }

}  // namespace workbook
