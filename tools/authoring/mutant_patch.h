// SPDX-License-Identifier: Apache-2.0

// The head of a mutant: what is wrong with it, and which tests must see it.
#ifndef WORKBOOK_TOOLS_AUTHORING_MUTANT_PATCH_H_
#define WORKBOOK_TOOLS_AUTHORING_MUTANT_PATCH_H_

#include <string>
#include <vector>

namespace workbook {

// solutions/NN_MM/mutants/stem.short_name.patch:
//   Wrong: never gives a block back to the free list.
//   Caught by: Task1FixedSizePool.ReusesAFreedBlock
//   No case: it is about speed      (where no history of calls shows it;
//                                    Long case: where eight calls do not)
//   (a blank line, then a unified diff against the reference)
// Several tests, separated by commas: each of them must fail by itself.
struct MutantPatch {
  std::string wrong;
  std::vector<std::string> caught_by;  // "Suite.Test"
  std::string case_reason;  // of the third line; see tools/support/history
};

struct MutantPatchResult {
  bool ok = false;
  MutantPatch patch;
  int line = 0;         // where the fault is
  std::string message;  // if not ok: what is wrong, and the fix
};

// Reads the text of a patch file.
// Thread safety: any thread.
// On failure: ok is false and message says why; nothing is thrown.
MutantPatchResult ParseMutantPatch(const std::string& text);

// The same from a file; the message then begins with "path:line: ".
MutantPatchResult ReadMutantPatch(const std::string& path);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_MUTANT_PATCH_H_
