// SPDX-License-Identifier: Apache-2.0

// The runs of neighbouring numbers in a chunk.
#ifndef WORKBOOK_EXERCISES_04_02_GIVEN_RUNS_H_
#define WORKBOOK_EXERCISES_04_02_GIVEN_RUNS_H_

#include <cstdint>

namespace workbook {

// Calls `visit` with the first and the last number of each run, in rising
// order. `Chunk` has a ForEach that visits its numbers so.
// Cost: that of ForEach; no allocation.
// Thread safety: that of ForEach.
template <class Chunk, class Visit>
void ForEachRun(const Chunk& chunk, Visit visit) {
  std::int32_t first = -1;
  std::int32_t last = -2;
  chunk.ForEach([&](std::uint16_t value) {
    if (value != last + 1) {
      if (first >= 0) visit(first, last);
      first = value;
    }
    last = value;
  });
  if (first >= 0) visit(first, last);
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_02_GIVEN_RUNS_H_
