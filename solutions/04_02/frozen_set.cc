// SPDX-License-Identifier: Apache-2.0

#include "04_02/frozen_set.h"

#include <cstddef>
#include <cstdint>

#include "exercises/04_02/given/runs.h"

namespace workbook {
namespace {

constexpr std::size_t kBitmapUnits = 65'536 / 16;

}  // namespace

std::size_t CountRuns(const Chunk& chunk) {
  std::size_t runs = 0;
  ForEachRun(chunk, [&runs](std::int32_t, std::int32_t) { ++runs; });
  return runs;
}

FormChoice ChooseForm(std::size_t size, std::size_t runs) {
  FormChoice choice{FrozenForm::kArray, size};
  if (kBitmapUnits < choice.units) choice = {FrozenForm::kBitmap, kBitmapUnits};
  if (2 * runs < choice.units) choice = {FrozenForm::kRuns, 2 * runs};
  return choice;
}

// [given]
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
  const std::uint16_t* const units = units_.data() + part.begin;
  switch (part.form) {
    case FrozenForm::kBitmap:
      return (units[value / 16] >> value % 16 & 1) != 0;
    case FrozenForm::kArray: {
      const std::size_t place = LowerBound(units, part.count, value);
      return place < part.count && units[place] == value;
    }
    case FrozenForm::kRuns:
      break;
  }
  // The last run that does not begin behind `value`; without a branch, as in
  // LowerBound.
  const std::uint16_t* run = units;
  for (std::size_t left = part.count; left > 1;) {
    const std::size_t half = left / 2;
    const std::size_t is_further = run[2 * half] <= value;
    run += is_further * 2 * half;
    left -= half;
  }
  return run[0] <= value && value - run[0] <= run[1];
}

void FrozenSet::AppendUnits(const Chunk& chunk, FrozenForm form) {
  const std::size_t begin = units_.size();
  if (form == FrozenForm::kArray) {
    chunk.ForEach([this](std::uint16_t value) { units_.push_back(value); });
  } else if (form == FrozenForm::kBitmap) {
    units_.resize(begin + kBitmapUnits);
    chunk.ForEach([this, begin](std::uint16_t value) {
      std::uint16_t& unit = units_[begin + value / 16];
      unit = static_cast<std::uint16_t>(unit | 1u << value % 16);
    });
  } else {
    ForEachRun(chunk, [this](std::int32_t first, std::int32_t last) {
      units_.push_back(static_cast<std::uint16_t>(first));
      units_.push_back(static_cast<std::uint16_t>(last - first));
    });
  }
}

}  // namespace workbook
