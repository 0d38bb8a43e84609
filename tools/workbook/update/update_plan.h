// SPDX-License-Identifier: Apache-2.0

// What an update has to do, file by file: the learner's copy against the new
// one and, where it is known, the old one that both come from.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_PLAN_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_PLAN_H_

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace workbook::cli {

struct UpdateTrees {
  std::filesystem::path mine;  // the checkout
  std::filesystem::path theirs;
  std::optional<std::filesystem::path> base;
  std::set<std::string> owned;  // the learner's own, by any copy's manifests
};

enum class FileAction {
  kNothing,  // the learner has it already
  kWrite,    // upstream's comes; nothing of the learner's was in that place
  kRemove,   // upstream has none any more, and the learner did not edit it
  kReplace,  // upstream's comes; the learner's edit goes to a backup
  kKeep,     // the learner's file stays; upstream's is laid beside
  kLeave,    // the learner's file stays; upstream has none any more
  kRefuse,   // both changed it, outside the exercises: nothing is updated
};

struct FileUpdate {
  std::string path;  // relative to the root
  FileAction action = FileAction::kNothing;
  bool owned = false;
};

// Every file that upstream changed, by path. Without a base: every one that
// differs; then nothing is removed, and each replaced file goes to a backup.
// A plan of a checkout that has a part of the update says what the rest is: an
// update that was cut off is planned again.
// Cost: reads every file of the trees.
std::vector<FileUpdate> PlanUpdate(const UpdateTrees& trees);

// "01_02" for a file of exercises/01_02, of solutions/01_02 or its page; else
// "".
std::string ExerciseOf(const std::string& path);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_PLAN_H_
