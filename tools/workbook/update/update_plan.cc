// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/update_plan.h"

#include <regex>

#include "tools/workbook/update/course_files.h"

namespace workbook::cli {
namespace {

struct Versions {
  FileContent mine;
  FileContent theirs;
  std::optional<FileContent> base;  // none: not known
};

bool Exists(const FileContent& content) {
  return content.kind != FileKind::kNone;
}

FileAction ActionForOwned(const Versions& file) {
  const bool untouched = file.base && *file.base == file.mine;
  if (!Exists(file.theirs)) {
    return untouched ? FileAction::kRemove : FileAction::kLeave;
  }
  // A stub that nobody began holds nothing of the learner's.
  if (untouched || !Exists(file.mine)) return FileAction::kWrite;
  return FileAction::kKeep;
}

// Tests, pages and manifests must fit together, so that upstream's come whole;
// the rest may be the learner's own tools, which nobody overwrites.
FileAction ActionForOthers(const Versions& file, bool of_course) {
  const bool untouched = file.base && *file.base == file.mine;
  if (!Exists(file.theirs)) {
    return untouched ? FileAction::kRemove : FileAction::kLeave;
  }
  if (untouched || !Exists(file.mine)) return FileAction::kWrite;
  if (of_course || !file.base) return FileAction::kReplace;
  return FileAction::kRefuse;
}

bool IsOfCourse(const std::string& path) {
  return path.starts_with("exercises/") || path.starts_with("chapters/") ||
         path.starts_with("solutions/");
}

FileAction Decide(const Versions& file, bool owned, bool of_course) {
  if (file.mine == file.theirs) return FileAction::kNothing;
  if (file.mine.kind == FileKind::kOther) return FileAction::kRefuse;
  return owned ? ActionForOwned(file) : ActionForOthers(file, of_course);
}

}  // namespace

std::vector<FileUpdate> PlanUpdate(const UpdateTrees& trees) {
  std::set<std::string> paths = ListFiles(trees.theirs);
  if (trees.base) paths.merge(ListFiles(*trees.base));
  std::vector<FileUpdate> plan;
  for (const std::string& path : paths) {
    Versions file{.mine = ReadContent(trees.mine / path),
                  .theirs = ReadContent(trees.theirs / path),
                  .base = std::nullopt};
    if (trees.base) file.base = ReadContent(*trees.base / path);
    if (file.base ? *file.base == file.theirs : file.mine == file.theirs) {
      continue;
    }
    const bool owned = trees.owned.contains(path);
    plan.push_back({path, Decide(file, owned, IsOfCourse(path)), owned});
  }
  return plan;
}

std::string ExerciseOf(const std::string& path) {
  static const std::regex kPlace(
      "(?:exercises|solutions)/(\\d\\d_\\d\\d)/.*|"
      "chapters/[^/]*/(\\d\\d_\\d\\d)[^/]*");
  std::smatch match;
  if (!std::regex_match(path, match, kPlace)) return {};
  return match[1].matched ? match[1].str() : match[2].str();
}

}  // namespace workbook::cli
