// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/prose_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "tools/authoring/text/comments.h"
#include "tools/authoring/text/contracts.h"
#include "tools/authoring/text/markdown.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

bool IsSource(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cc";
}

// In the folder of an exercise itself only these are the author's alone.
bool IsAuthorsOwn(const fs::path& path) {
  const std::string name = path.filename().string();
  return name == "README.md" || name == "hints.md" ||
         name.ends_with("_test.cc") || name.ends_with("_bench.cc");
}

bool IsDirectlyInAnExercise(const fs::path& relative) {
  return relative.parent_path().parent_path() == "exercises";
}

void AddProblems(const std::string& file, const std::vector<TextFault>& faults,
                 Check& check) {
  for (const TextFault& fault : faults) {
    check.problems.push_back(
        ProblemIn(file, fault.line, "", fault.what, fault.fix));
  }
}

void CheckFile(const fs::path& root, const fs::path& relative, Check& check) {
  if (IsDirectlyInAnExercise(relative) && !IsAuthorsOwn(relative)) return;
  const bool is_markdown = relative.extension() == ".md";
  if (!is_markdown && !IsSource(relative)) return;
  const std::string text = ReadTextFile(root / relative).value_or("");
  AddProblems(relative.string(),
              is_markdown ? FaultsInMarkdown(text) : FaultsInComments(text),
              check);
}

// What lies below a folder, in the order of the names.
void CheckFolder(const fs::path& root, const fs::path& folder, Check& check) {
  std::set<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(root / folder, error), end;
       !error && entry != end; entry.increment(error)) {
    if (entry->is_regular_file(error)) {
      files.insert(entry->path().lexically_relative(root));
    }
  }
  for (const fs::path& file : files) CheckFile(root, file, check);
}

}  // namespace

Check CheckLayout(const fs::path& root) {
  Check check{"layout of texts", {}, {}};
  for (const std::string& name : FileNames(root, ".md")) {
    CheckFile(root, name, check);
  }
  for (const char* folder : {"chapters", "exercises", "solutions", "tools"}) {
    CheckFolder(root, folder, check);
  }
  return check;
}

Check CheckLayout(const fs::path& root, const Exercise& exercise) {
  Check check{exercise.id + " layout of texts", {}, {}};
  for (const fs::path& page : exercise.Pages(root)) {
    CheckFile(root, page, check);
  }
  CheckFolder(root, exercise.folder, check);
  CheckFolder(root, exercise.solution_folder, check);
  return check;
}

Check CheckContracts(const fs::path& root, const Exercise& exercise) {
  Check check{exercise.id + " contracts", {}, {}};
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : task.files) {
      if (!name.ends_with(".h")) continue;
      const fs::path header = exercise.solution_folder / name;
      const std::string text = ReadTextFile(root / header).value_or("");
      AddProblems(header.string(), FaultsInContracts(text), check);
    }
  }
  return check;
}

}  // namespace workbook
