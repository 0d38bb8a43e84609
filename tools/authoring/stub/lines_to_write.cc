// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/lines_to_write.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "tools/authoring/stub/plain_locks.h"
#include "tools/authoring/stub/source_items.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/authoring/stub/stub.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

struct CodeLine {
  std::string text;
  int task = 0;
};

void AddLines(const std::vector<std::string>& lines, int task,
              std::vector<CodeLine>& code) {
  for (const std::string& line : lines) {
    const bool is_code = !TrimSpace(BlankLiterals(line)).empty();
    const std::string_view text = TrimSpace(line);
    if (is_code && !text.starts_with("#include")) {
      code.push_back({std::string(text), task});
    }
  }
}

void AddItems(const std::vector<SourceItem>& items, int task,
              std::vector<CodeLine>& code) {
  for (const SourceItem& item : items) {
    const int own = item.markers.task != 0 ? item.markers.task : task;
    if (item.kind == SourceItem::Kind::kComment) continue;
    AddLines(item.lines, own, code);
    AddItems(item.children, own, code);
    AddLines(item.closing, own, code);
  }
}

std::vector<CodeLine> CodeLines(std::string_view text, int task) {
  std::vector<CodeLine> code;
  AddItems(ReadSourceItems(text).items, task, code);
  return code;
}

}  // namespace

std::map<int, int> CountLinesToWrite(std::string_view reference,
                                     std::string_view stub, int task) {
  const std::vector<CodeLine> want = CodeLines(reference, task);
  const std::vector<CodeLine> have = CodeLines(stub, task);
  // length[i][j]: of the longest common sequence behind i and j.
  std::vector<std::vector<int>> length(want.size() + 1,
                                       std::vector<int>(have.size() + 1, 0));
  for (std::size_t i = want.size(); i-- > 0;) {
    for (std::size_t j = have.size(); j-- > 0;) {
      length[i][j] = want[i].text == have[j].text
                         ? length[i + 1][j + 1] + 1
                         : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  std::map<int, int> lines;
  std::size_t j = 0;
  for (std::size_t i = 0; i < want.size();) {
    if (j < have.size() && want[i].text == have[j].text) {
      ++i;
      ++j;
    } else if (j < have.size() && length[i][j + 1] > length[i + 1][j]) {
      ++j;
    } else {
      ++lines[want[i++].task];
    }
  }
  return lines;
}

std::map<int, int> LinesToWrite(const std::filesystem::path& root,
                                const Exercise& exercise) {
  std::map<int, int> lines;
  for (const Task& task : exercise.tasks) {
    for (const std::string& file : task.files) {
      const StubResult stub = MakeStub(root, exercise, file);
      const std::optional<std::string> reference =
          ReadTextFile(root / exercise.solution_folder / file);
      if (!stub.ok || !reference) continue;
      for (const auto& [number, count] : CountLinesToWrite(
               WithPlainLocks(*reference), stub.text, task.number)) {
        lines[number] += count;
      }
    }
  }
  return lines;
}

}  // namespace workbook
