// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/stub.h"

#include <optional>

#include "tools/authoring/stub/source_items.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

StubResult CannotRead(const fs::path& path) {
  return {
      false, {}, path.string() + ": can't be read. Fix: put the file there"};
}

const Task* TaskOf(const Exercise& exercise, const std::string& file) {
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : task.files) {
      if (name == file) return &task;
    }
  }
  return nullptr;
}

void Replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string WithoutMarkers(const std::string& text) {
  std::string clean;
  for (const std::string_view line : SplitLines(text)) {
    if (IsStubMarker(line)) continue;
    clean += WithoutTrailingMarker(std::string(line)) + '\n';
  }
  return clean;
}

// before/ is the same program in a namespace of its own, so that tests and
// benchmarks can link both.
std::string WithoutBefore(std::string text, const std::string& id) {
  Replace(text, "exercises/" + id + "/before/", id + "/");
  Replace(text, "WORKBOOK_EXERCISES_" + id + "_BEFORE_",
          "WORKBOOK_" + id + "_");
  Replace(text, "workbook::before", "workbook");
  return WithoutMarkers(text);
}

bool IsHeader(const std::string& file) { return file.ends_with(".h"); }

// The headers of the exercise that the text includes, as far as they are there.
std::vector<std::string> IncludedHeaders(const fs::path& root,
                                         const Exercise& exercise,
                                         const std::string& text) {
  std::vector<std::string> headers;
  const std::string start = "#include \"" + exercise.id + "/";
  for (const std::string_view line : SplitLines(text)) {
    if (!line.starts_with(start) || !line.ends_with('"')) continue;
    const std::string name(
        line.substr(start.size(), line.size() - start.size() - 1));
    auto header = ReadTextFile(root / exercise.solution_folder / name);
    if (header) headers.push_back(std::move(*header));
  }
  return headers;
}

}  // namespace

fs::path StubSource(const fs::path& root, const Exercise& exercise,
                    const std::string& file) {
  const fs::path before = exercise.folder / "before" / file;
  std::error_code ignored;
  if (fs::exists(root / before, ignored)) return before;
  return exercise.solution_folder / file;
}

StubResult MakeStub(const fs::path& root, const Exercise& exercise,
                    const std::string& file) {
  const fs::path source = StubSource(root, exercise, file);
  std::optional<std::string> text = ReadTextFile(root / source);
  if (!text) return CannotRead(source);
  if (source.parent_path().filename() == "before") {
    return {true, WithoutBefore(std::move(*text), exercise.id), {}};
  }
  StubInput input;
  input.is_header = IsHeader(file);
  input.headers = IncludedHeaders(root, exercise, *text);
  if (input.is_header) input.headers.push_back(*text);
  input.text = std::move(*text);
  input.exercise_id = exercise.id;
  const Task* const task = TaskOf(exercise, file);
  if (task != nullptr) input.task = task->number;
  StubResult stub = GenerateStub(input);
  if (!stub.ok) stub.message = source.string() + ":" + stub.message;
  return stub;
}

StubResult CleanReference(const fs::path& path) {
  const std::optional<std::string> text = ReadTextFile(path);
  if (!text) return CannotRead(path);
  return {true, WithoutMarkers(*text), {}};
}

}  // namespace workbook
