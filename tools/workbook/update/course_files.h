// SPDX-License-Identifier: Apache-2.0

// The files of one copy of the course: a checkout, a release, a commit that was
// written out.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_COURSE_FILES_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_COURSE_FILES_H_

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "tools/problem/problem.h"

namespace workbook::cli {

enum class FileKind { kNone, kFile, kProgram, kLink, kOther };

// What stands at a path; kOther is a folder, or a file where a folder should
// be.
struct FileContent {
  FileKind kind = FileKind::kNone;
  std::string bytes;  // of a link: where it points

  bool operator==(const FileContent&) const = default;
};

// Cost: reads the file.
// On failure: a file that cannot be read is kOther.
FileContent ReadContent(const std::filesystem::path& path);

// Paths relative to `root` of all files and links, without what a checkout
// makes by itself: .git, .workbook, Bazel's links, an editor's folder.
std::set<std::string> ListFiles(const std::filesystem::path& root);

struct OwnedFiles {
  std::set<std::string> paths;
  std::optional<Problem> problem;
};

// The learner's own: what the manifests under `root` list, relative to it.
// On failure: a manifest that cannot be read is a problem, as nobody knows then
// what is the learner's.
OwnedFiles ListOwnedFiles(const std::filesystem::path& root);

// Copies a file or a link with its rights, over what is there; makes folders.
// Not in one step: for places that nobody reads yet.
// On failure: the Problem; no part of `to` is left.
std::optional<Problem> CopyContent(const std::filesystem::path& from,
                                   const std::filesystem::path& to);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_COURSE_FILES_H_
