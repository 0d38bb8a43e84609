// SPDX-License-Identifier: Apache-2.0

// An update between its first and its last moved file, in .workbook/update:
//   theirs/   the new course, whole
//   base/     the old one that the learner started from; may be missing
//   new/      copies of the files to move into the checkout
//   journal   from here on the update is begun, and is finished by whoever
//             starts next: JSON with where it comes from and the branch to move
// Until the journal is written the checkout is as it was; after that every
// moment can be the last one of the process, or of the machine, and Finish()
// brings the same end.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_PENDING_UPDATE_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_PENDING_UPDATE_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/problem/problem.h"
#include "tools/workbook/update/course_files.h"
#include "tools/workbook/update/update_plan.h"

namespace workbook::cli {

struct UpdateJournal {
  std::string source;  // "origin/main", or a folder
  std::string backup;  // folder for replaced files, relative to the root
  // The branch to move; "" where no git is in it.
  std::string ref;
  std::string from;
  std::string to;
};

class PendingUpdate {
 public:
  // `on_step` is called before each thing that changes the disk; tests die
  // there.
  explicit PendingUpdate(
      std::filesystem::path root, std::function<void()> on_step = [] {});

  std::filesystem::path folder() const { return folder_; }
  std::filesystem::path theirs() const { return folder_ / "theirs"; }
  std::filesystem::path base() const { return folder_ / "base"; }

  bool Begun() const;

  // Empties the folder. REQUIRES: not begun.
  // On failure: the Problem; nothing of the learner's is touched.
  std::optional<Problem> Clear() const;

  // The learner's own files, by the manifests of all copies.
  OwnedFiles OwnedPaths() const;

  struct Planned {
    std::vector<FileUpdate> files;
    std::optional<Problem> problem;
  };
  // From theirs/ and base/, as they and the checkout are now.
  Planned Plan() const;

  // Copies what will be moved, then writes the journal.
  // On failure, a full disk for example: not begun, the checkout is as it was.
  std::optional<Problem> Begin(const std::vector<FileUpdate>& plan,
                               const UpdateJournal& journal) const;

  // Copies the old stub, where it is known, and the new one to where the
  // learner can compare them.
  std::optional<Problem> LayBeside(const std::string& path) const;

  struct Outcome {
    UpdateJournal journal;
    std::vector<FileUpdate> files;  // as planned at the start of Finish()
  };
  // Moves the files, lays new stubs beside the learner's, moves the branch.
  // What he edited since it was planned is his edit: kept, or in the backup.
  // REQUIRES: begun. On failure: still begun; calling it again goes on.
  std::optional<Problem> Finish(Outcome& outcome) const;

 private:
  std::optional<Problem> ReadJournal(UpdateJournal& journal) const;
  std::optional<Problem> Apply(const FileUpdate& file,
                               const std::filesystem::path& backup) const;
  std::optional<Problem> Place(const std::string& path) const;
  std::optional<Problem> Settle(const UpdateJournal& journal) const;

  std::filesystem::path root_;
  std::filesystem::path folder_;
  std::function<void()> on_step_;
};

// Where the old and the new stub of a learner's file are kept, relative to the
// root.
std::filesystem::path OldStub(const std::string& path);
std::filesystem::path NewStub(const std::string& path);

// The course that the last update from a folder brought: the base of the next.
std::filesystem::path LastRelease(const std::filesystem::path& root);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_PENDING_UPDATE_H_
