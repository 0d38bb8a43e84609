// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/lock_check.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

bool SaysWhatLocksGuard(const fs::path& file) {
  constexpr std::string_view kInclude =
      "\n#include \"tools/exercise/thread_annotations.h\"\n";
  const auto text = ReadTextFile(file);
  return text && text->find(kInclude) != text->npos;
}

// What tests read is no source of any target.
bool IsTestdata(const fs::path& file) {
  return std::find(file.begin(), file.end(), "testdata") != file.end();
}

std::vector<std::string> LockingSources(const fs::path& root) {
  std::vector<std::string> sources;
  std::error_code error;
  fs::recursive_directory_iterator entry(root / "tools", error);
  for (; !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    const fs::path& file = entry->path();
    const fs::path name = file.lexically_relative(root);
    if (name.extension() != ".cc" || IsTestdata(name)) continue;
    if (SaysWhatLocksGuard(file) ||
        SaysWhatLocksGuard(fs::path(file).replace_extension(".h"))) {
      sources.push_back(name.string());
    }
  }
  std::sort(sources.begin(), sources.end());
  return sources;
}

}  // namespace

void CheckLocksOfTools(const fs::path& root, GateLog& log) {
  const std::vector<std::string> sources = LockingSources(root);
  if (sources.empty()) return;
  std::vector<std::string> command{"clang++",         "-std=c++20",
                                   "-fsyntax-only",   "-I.",
                                   "-Wthread-safety", "-Werror=thread-safety"};
  command.insert(command.end(), sources.begin(), sources.end());
  ProcessOptions options;
  options.working_directory = root.string();
  const ProcessResult run = RunProcess(command, options);
  if (run.ExitedWith(0)) return log.Pass();
  if (run.errors.find("file not found") != std::string::npos) {
    return log.Gap("the locks of tools/: clang++ lacks a header:\n" +
                   run.errors);
  }
  log.Fail("clang++ -Wthread-safety " + DescribeEnd(run) + ":\n" + run.errors +
           "Fix: hold the lock there, or say REQUIRES, as "
           "tools/exercise/thread_annotations.h explains.");
}

}  // namespace workbook
