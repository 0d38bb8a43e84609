// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/generate.h"

#include <optional>
#include <system_error>

#include "tools/authoring/stub/stub.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> TextInHead(const fs::path& root,
                                      const fs::path& file) {
  ProcessOptions options;
  options.working_directory = root.string();
  options.output_limit_bytes = std::size_t{16} << 20;
  const ProcessResult result =
      RunProcess({"git", "show", "HEAD:./" + file.string()}, options);
  if (!result.ExitedWith(0) || result.output_truncated) return std::nullopt;
  return result.output;
}

fs::path LastGenerated(const fs::path& root, const fs::path& file) {
  return root / ".workbook" / "generated" / file;
}

bool HoldsWork(const fs::path& root, const fs::path& file,
               const std::string& text) {
  return text != ReadTextFile(LastGenerated(root, file)) &&
         text != TextInHead(root, file);
}

void GenerateFile(const fs::path& root, const Exercise& exercise,
                  const std::string& name, bool force, GenerateReport& report) {
  const fs::path file = exercise.folder / name;
  const fs::path reference = StubSource(root, exercise, name);
  const StubResult stub = MakeStub(root, exercise, name);
  if (!stub.ok) {
    report.refused.push_back(stub.message);
    return;
  }
  const std::optional<std::string> old = ReadTextFile(root / file);
  if (old == stub.text) {
    report.unchanged.push_back(file.string());
  } else if (old && !force && HoldsWork(root, file, *old)) {
    report.refused.push_back(
        file.string() + ": holds work that would be lost. Fix: move it into " +
        reference.string() + ", or say --force.");
    return;
  } else {
    if (const auto error = ReplaceTextFile(root / file, stub.text)) {
      report.refused.push_back(file.string() +
                               ": can't be written: " + error.message() +
                               ". Fix: make its folder writable.");
      return;
    }
    report.written.push_back(file.string());
  }
  // Only a memory aid: without it the next run asks for --force.
  const fs::path copy = LastGenerated(root, file);
  std::error_code ignored;
  fs::create_directories(copy.parent_path(), ignored);
  ignored = ReplaceTextFile(copy, stub.text);
}

}  // namespace

GenerateReport Generate(const fs::path& root, const Exercise& exercise,
                        bool force) {
  GenerateReport report;
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : task.files) {
      GenerateFile(root, exercise, name, force, report);
    }
  }
  return report;
}

}  // namespace workbook
