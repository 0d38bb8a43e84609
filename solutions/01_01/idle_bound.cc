// SPDX-License-Identifier: Apache-2.0

#include "01_01/idle_bound.h"

#include <algorithm>

namespace workbook {

std::size_t IdleBound::Keep(std::size_t in_use_bytes, std::size_t idle_bytes) {
  const std::size_t footprint_bytes = in_use_bytes + idle_bytes;
  const std::size_t grown_bytes =
      std::max(footprint_bytes, footprint_bytes_) - footprint_bytes_;
  const std::size_t again_bytes = std::min(grown_bytes, discarded_bytes_);
  footprint_bytes_ = footprint_bytes;
  discarded_bytes_ -= again_bytes;
  regret_bytes_ += again_bytes;
  discarded_bytes_ -= discarded_bytes_ >> kFadeShift;
  regret_bytes_ -= regret_bytes_ >> kFadeShift;
  const std::size_t least_bytes = std::max(kKeepBytes, in_use_bytes / 4);
  if (idle_bytes <= least_bytes + regret_bytes_) return idle_bytes;
  return least_bytes / 2 + regret_bytes_;
}

void IdleBound::NoteDiscarded(std::size_t bytes) {
  discarded_bytes_ += bytes;
  footprint_bytes_ -= bytes;
}

}  // namespace workbook
