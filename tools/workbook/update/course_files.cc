// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/course_files.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "fmt/format.h"
#include "tools/course/manifest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

bool IsOfTheCheckout(const std::string& name) {
  constexpr std::array<std::string_view, 6> kNames = {
      ".git",          ".workbook",    ".vscode",
      ".bazelrc.user", "node_modules", "compile_commands.json"};
  return name.starts_with("bazel-") ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

FileContent ReadContent(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found) {
    // A file where a folder should be is not nothing.
    for (fs::path above = path.parent_path(); !above.empty();
         above = above.parent_path()) {
      const auto type = fs::status(above, error).type();
      if (type == fs::file_type::directory) return {};
      if (type != fs::file_type::not_found) return {FileKind::kOther, ""};
      if (above == above.root_path()) break;
    }
    return {};
  }
  if (fs::is_symlink(status)) {
    return {FileKind::kLink, fs::read_symlink(path, error).string()};
  }
  const auto text = ReadTextFile(path);
  if (!text) return {FileKind::kOther, ""};
  const bool program =
      (status.permissions() & fs::perms::owner_exec) != fs::perms::none;
  return {program ? FileKind::kProgram : FileKind::kFile, *text};
}

std::set<std::string> ListFiles(const fs::path& root) {
  std::set<std::string> paths;
  std::error_code error;
  fs::recursive_directory_iterator entry(root, error);
  for (const fs::recursive_directory_iterator end; !error && entry != end;
       entry.increment(error)) {
    if (entry.depth() == 0 &&
        IsOfTheCheckout(entry->path().filename().string())) {
      entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_symlink() || !entry->is_directory()) {
      paths.insert(entry->path().lexically_relative(root).string());
    }
  }
  return paths;
}

OwnedFiles ListOwnedFiles(const fs::path& root) {
  OwnedFiles owned;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root / "exercises", error)) {
    const fs::path manifest = entry.path() / "exercise.toml";
    const auto text = ReadTextFile(manifest);
    if (!text) continue;
    const std::string folder = entry.path().filename().string();
    const ManifestResult read = ParseManifest(*text, folder);
    if (!read.exercise) {
      owned.problem = Problem{
          .what = "cannot tell your files from the course's: " +
                  (read.problems.empty() ? "a manifest cannot be read"
                                         : read.problems.front().Text()),
          .where = manifest.string(),
          .next = "git checkout -- that file, or fix it; then update again."};
      continue;
    }
    for (const Task& task : read.exercise->tasks) {
      for (const std::string& file : task.files) {
        owned.paths.insert("exercises/" + folder + "/" + file);
      }
    }
  }
  return owned;
}

std::optional<Problem> CopyContent(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (error) return WriteProblem(to.parent_path(), error);
  fs::remove(to, error);
  fs::copy(from, to, fs::copy_options::copy_symlinks, error);
  if (!error) return std::nullopt;
  std::error_code ignored;
  fs::remove(to, ignored);
  return WriteProblem(to, error);
}

}  // namespace workbook::cli
