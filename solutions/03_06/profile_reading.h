// SPDX-License-Identifier: Apache-2.0

// Questions to profiles of CPU, instructions and heap, answered in code.
//
// exercises/03_06/given/profile_text.h has read the tools' texts.
#ifndef WORKBOOK_03_06_PROFILE_READING_H_
#define WORKBOOK_03_06_PROFILE_READING_H_

#include <span>
#include <string>
#include <string_view>

#include "exercises/03_06/given/profile_text.h"

namespace workbook {

// Returns the name of the line with the largest cost of its own. The lines of a
// function that has several, one for each source file, are not added up.
// Cost: O(lines).
// Thread safety: a pure function, as all here.
// On failure: an empty name where there are no lines.
std::string Costliest(std::span<const ProfileLine> lines);

// Returns the share, from 0 to 1, that functions whose name contains `part`
// have in the cost of all lines.
// Cost: O(lines), no allocation.
// On failure: 0 where all lines together cost nothing.
double ShareOf(std::span<const ProfileLine> lines, std::string_view part);

// Returns the function of the program that spends most in what it calls: of
// those whose name contains `part`, the one with the largest difference between
// its inclusive cost and its own. A function that `self` does not list costs
// nothing itself.
// Cost: O(self * inclusive).
// On failure: an empty name where no inclusive line contains `part`.
std::string BusiestCaller(std::span<const ProfileLine> self,
                          std::span<const ProfileLine> inclusive,
                          std::string_view part);

// Returns the snapshot in which the heap was largest, the allocator's extra
// bytes included; the first of several.
// REQUIRES: not empty.
// Cost: O(snapshots), no allocation.
MassifSnapshot Peak(std::span<const MassifSnapshot> snapshots);

// Returns the share, from 0 to 1, of a snapshot's heap that the allocator
// added.
// REQUIRES: the snapshot's heap is not empty.
double OverheadShare(const MassifSnapshot& snapshot);

}  // namespace workbook

#endif  // WORKBOOK_03_06_PROFILE_READING_H_
