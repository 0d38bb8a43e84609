// SPDX-License-Identifier: Apache-2.0

#include "03_06/profile_reading.h"

#include <algorithm>
#include <cstdint>

#include "tools/exercise/todo.h"

namespace workbook {

std::string Costliest(std::span<const ProfileLine> lines) {
  Todo("03_06 task 5: Costliest");
}

double ShareOf(std::span<const ProfileLine> lines, std::string_view part) {
  Todo("03_06 task 5: ShareOf");
}

std::string BusiestCaller(std::span<const ProfileLine> self,
                          std::span<const ProfileLine> inclusive,
                          std::string_view part) {
  Todo("03_06 task 5: BusiestCaller");
}

MassifSnapshot Peak(std::span<const MassifSnapshot> snapshots) {
  Todo("03_06 task 5: Peak");
}

double OverheadShare(const MassifSnapshot& snapshot) {
  Todo("03_06 task 5: OverheadShare");
}

}  // namespace workbook
