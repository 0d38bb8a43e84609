// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/testing/random_walk.h"

#include <cstdlib>
#include <string>

namespace workbook {

std::uint64_t WalkSeed() {
  const char* const text = std::getenv("WORKBOOK_SEED");
  return text == nullptr ? 20260101 : std::strtoull(text, nullptr, 10);
}

SeedTrace::SeedTrace()
    : ScopedTrace(__FILE__, __LINE__,
                  "WORKBOOK_SEED=" + std::to_string(WalkSeed())) {}

}  // namespace workbook
