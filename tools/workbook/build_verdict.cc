// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/build_verdict.h"

#include <algorithm>
#include <optional>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/compiler_output.h"

namespace workbook::cli {
namespace {

// The number of the task that `file` ("exercises/01_02/x.h") belongs to; the
// task `own` where it is one of several.
int TaskOfFile(const Evidence& evidence, std::string_view file, int own) {
  const std::string folder = evidence.Folder();
  if (!file.starts_with(folder)) return 0;
  file.remove_prefix(folder.size());
  int owner = 0;
  for (size_t i = 0; i < evidence.exercise.tasks.size(); ++i) {
    const auto& files = evidence.exercise.tasks[i].files;
    if (std::find(files.begin(), files.end(), file) == files.end()) continue;
    const int number = static_cast<int>(i) + 1;
    if (number == own) return own;
    if (owner == 0) owner = number;
  }
  return owner;
}

}  // namespace

void TellBuildFailure(const Evidence& evidence, const BazelTarget& target,
                      TaskReport& task) {
  task.state = TaskState::kDoesNotBuild;
  std::optional<CompilerError> error;
  for (const std::string& key : target.failed_actions) {
    const auto action = evidence.events.actions.find(key);
    if (action == evidence.events.actions.end()) continue;
    const auto text = ReadTextFile(action->second.stderr_file);
    if (text) error = FindFirstError(*text, evidence.Folder());
    if (error) break;
  }
  if (!error) {
    task.sentence = "the build failed, and the compiler gave no place";
    return;
  }
  task.sentence = error->message;
  task.file = error->file;
  task.line = error->line;
  if (error->more_errors > 0 || error->notes > 0) {
    task.details.push_back(
        fmt::format("folded: {} more of the errors, {} of the notes",
                    error->more_errors, error->notes));
  }
  const int owner = TaskOfFile(evidence, error->file, task.number);
  if (owner != 0 && owner != task.number) {
    task.state = TaskState::kWaits;
    task.waits_for = owner;
    task.sentence =
        fmt::format("needs task {} first, which does not build", owner);
  } else if (error->file.ends_with("_test.cc")) {
    task.sentence += " (the test uses your header: keep its declarations)";
  }
}

}  // namespace workbook::cli
