// SPDX-License-Identifier: Apache-2.0

#include "04_02/frozen_set.h"

#include <cstddef>
#include <cstdint>

#include "exercises/04_02/given/runs.h"
#include "tools/exercise/todo.h"

namespace workbook {

std::size_t CountRuns(const Chunk& chunk) { Todo("04_02 task 8: CountRuns"); }

FormChoice ChooseForm(std::size_t size, std::size_t runs) {
  Todo("04_02 task 8: ChooseForm");
}

FrozenSet::FrozenSet(const CompactSet& set) {
  // Counted first, so that each array is allocated once and nothing is spare.
  std::size_t chunks = 0;
  std::size_t units = 0;
  set.ForEachChunk([&](std::uint16_t, const Chunk& chunk) {
    ++chunks;
    units += ChooseForm(chunk.size(), CountRuns(chunk)).units;
  });
  keys_.reserve(chunks);
  parts_.reserve(chunks);
  units_.reserve(units);
  set.ForEachChunk([&](std::uint16_t key, const Chunk& chunk) {
    const std::size_t runs = CountRuns(chunk);
    const FrozenForm form = ChooseForm(chunk.size(), runs).form;
    const std::size_t count = form == FrozenForm::kRuns ? runs : chunk.size();
    keys_.push_back(key);
    // A bitmap needs no count, and its own might not fit.
    parts_.push_back({static_cast<std::uint32_t>(units_.size()),
                      static_cast<std::uint16_t>(count), form});
    AppendUnits(chunk, form);
  });
}

bool FrozenSet::PartContains(const Part& part, std::uint16_t value) const {
  Todo("04_02 task 8: FrozenSet::PartContains");
}

void FrozenSet::AppendUnits(const Chunk& chunk, FrozenForm form) {
  Todo("04_02 task 8: FrozenSet::AppendUnits");
}

}  // namespace workbook
