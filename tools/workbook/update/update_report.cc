// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/update_report.h"

#include <map>
#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/workbook/update/pending_update.h"

namespace workbook::cli {
namespace {

using Files = std::vector<FileUpdate>;

// "fixed_size_pool.h" for a file of an exercise, the whole path for others.
std::string ShortName(const std::string& path) {
  if (!path.starts_with("exercises/")) return path;
  return path.substr(path.find('/', sizeof("exercises/") - 1) + 1);
}

std::string Line(const std::string& name, const std::vector<std::string>& files,
                 const std::string& note = "") {
  if (files.empty()) return {};
  return fmt::format("    {:<8}{}{}\n", name, fmt::join(files, ", "), note);
}

// How the learner sees what changed under his file.
std::string StubLines(const std::string& path, const UpdateWords& words) {
  std::string text = fmt::format(
      "    yours   {} stays as you have it; its stub {}\n", ShortName(path),
      words.old_stub_known(path) ? "changed"
                                 : "differs (the old one is not "
                                   "known here)");
  if (words.dry_run) return text;
  const std::string before =
      words.old_stub_known(path) ? OldStub(path).string() : path;
  return text + fmt::format("            git diff --no-index {} {}\n", before,
                            NewStub(path).string());
}

std::string DescribeExercise(const Files& files, const UpdateWords& words) {
  std::map<std::string, std::vector<std::string>> lists;
  std::string stubs;
  for (const FileUpdate& file : files) {
    const std::string name = ShortName(file.path);
    switch (file.action) {
      case FileAction::kNothing:
        lists["there"].push_back(name);
        break;
      case FileAction::kWrite:
        lists[file.owned ? "stub" : "new"].push_back(name);
        break;
      case FileAction::kRemove:
        lists["removed"].push_back(name);
        break;
      case FileAction::kReplace:
      case FileAction::kRefuse:
        lists["replaced"].push_back(name);
        break;
      case FileAction::kLeave:
        lists["left"].push_back(name);
        break;
      case FileAction::kKeep:
        stubs += StubLines(file.path, words);
        break;
    }
  }
  return Line("new", lists["new"]) +
         Line("stub", lists["stub"], " (you have not begun it)") + stubs +
         Line("edited", lists["replaced"],
              "; your form goes to " + words.backup) +
         Line("removed", lists["removed"]) +
         Line("left", lists["left"], " (upstream has it no more)") +
         Line("there", lists["there"], " (you have it already)");
}

}  // namespace

std::vector<std::string> PathsOf(const Files& plan, FileAction action) {
  std::vector<std::string> paths;
  for (const FileUpdate& file : plan) {
    if (file.action == action) paths.push_back(file.path);
  }
  return paths;
}

std::string DescribeUpdate(const Files& plan, const UpdateWords& words) {
  std::map<std::string, Files> exercises;
  for (const FileUpdate& file : plan) {
    exercises[ExerciseOf(file.path)].push_back(file);
  }
  std::string text;
  for (const auto& [id, files] : exercises) {
    if (id.empty()) continue;
    const std::string title = words.exercise(id);
    text += fmt::format("  {} {}\n", id, title.empty() ? "is new" : title);
    text += DescribeExercise(files, words);
  }
  const Files& rest = exercises[""];
  if (rest.empty()) return text;
  text +=
      fmt::format("  besides: {} {} of the command, the book and the build\n",
                  rest.size(), rest.size() == 1 ? "file" : "files");
  text += Line("edited", PathsOf(rest, FileAction::kReplace),
               "; your form goes to " + words.backup);
  return text + Line("left", PathsOf(rest, FileAction::kLeave),
                     " (upstream has it no more)");
}

}  // namespace workbook::cli
