// SPDX-License-Identifier: Apache-2.0

// Lays out a new exercise: everything that the gate demands, to be replaced.
#ifndef WORKBOOK_TOOLS_AUTHORING_LAY_OUT_LAY_OUT_H_
#define WORKBOOK_TOOLS_AUTHORING_LAY_OUT_LAY_OUT_H_

#include <filesystem>
#include <string>
#include <vector>

namespace workbook {

struct NewExercise {
  std::string id;         // "03_09"
  std::string title;      // "Growing vectors"
  std::string chapter;    // "03_everyday"
  std::string component;  // "growth_policy", the stem of its first files
};

struct LayOutReport {
  std::vector<std::string> written;  // paths relative to the root
  std::vector<std::string> kept;     // were there, and are as they were
  std::vector<std::string> refused;  // what is wrong, where, and the fix
};

// Writes exercises/NN_MM, solutions/NN_MM, the page and, where it is missing,
// the page of the chapter, below `root`, from the files in `templates`: one
// component with one function. Stubs and the page's code are generated.
// Nothing is written if an argument is wrong or one of the two folders exists;
// a file that is there is kept.
// Cost: a few dozen small files.
// Thread safety: one run at a time in a workspace.
// On failure: `refused`; nothing is thrown.
LayOutReport LayOut(const std::filesystem::path& root,
                    const std::filesystem::path& templates,
                    const NewExercise& exercise);

// Returns the name of the component's function: "GrowthPolicy".
std::string FunctionName(const std::string& component);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_LAY_OUT_LAY_OUT_H_
