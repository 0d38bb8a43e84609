// SPDX-License-Identifier: Apache-2.0

// Puts the code of hints into a reference, so that a compiler can judge it.
#ifndef WORKBOOK_TOOLS_AUTHORING_HINTS_PLACE_CODE_H_
#define WORKBOOK_TOOLS_AUTHORING_HINTS_PLACE_CODE_H_

#include <string>
#include <vector>

#include "tools/course/hints.h"
#include "tools/problem/problem.h"

namespace workbook {

struct SourceFile {
  std::string name;  // "solutions/01_02/pool.h"
  std::string text;
};

struct PlacedCode {
  std::vector<SourceFile> files;  // as given, with the code in them
  std::vector<Problem> problems;  // of what has no place, in the hints
};

// Puts each of `code`, from the file `hints`, into the files of a component:
// - Behind a first line `// in Pool::Allocate` stand statements. They take the
//   place of that function's body; those of several hints stand in blocks of
//   their own, one after another.
// - Behind a first line `// in Pool`, the name of a class, stand members. Each
//   takes the place of the member of that name, or is added.
// - All else is whole definitions, which take the place of the definitions of
//   the same names. An item that the reference lacks is put in front of the
//   first one that it has.
// #line names the hints for what comes from there. Of overloads, the one with
// the same parameters is meant.
// REQUIRES: all texts are laid out by clang-format.
// Cost: O(text of the files) for each call, and a search of it for each item.
// Thread safety: any thread.
// On failure: `problems`, and the files without the code in question.
PlacedCode PlaceCode(std::vector<SourceFile> files,
                     const std::vector<HintCode>& code,
                     const std::string& hints);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_HINTS_PLACE_CODE_H_
