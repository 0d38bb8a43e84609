// SPDX-License-Identifier: Apache-2.0

#include "01_01/idle_bound.h"

#include <algorithm>

namespace workbook {

std::size_t IdleBound::Keep(std::size_t in_use_bytes, std::size_t idle_bytes) {
  const std::size_t bound_bytes = std::max(kKeepBytes, in_use_bytes / 4);
  return idle_bytes <= bound_bytes ? idle_bytes : bound_bytes / 2;
}

void IdleBound::NoteDiscarded(std::size_t) {}

}  // namespace workbook
