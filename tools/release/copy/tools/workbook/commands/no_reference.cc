// SPDX-License-Identifier: Apache-2.0

// What the commands that need references say in a copy that has none.
#include <memory>
#include <string>

#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/pristine.h"

namespace workbook::cli {
namespace {

void AddAbsent(CommandLine& line, const std::string& name) {
  line.Add(name, "Not in this copy: it comes without solutions",
           [name](Session&) {
             return Report(
                 {.what = "this copy of the workbook comes without solutions, "
                          "which `" +
                          name + "` needs",
                  .where = "RELEASE.txt says which copy this is",
                  .next = "Ask your instructor, who has the whole course."});
           })
      .AllowExtras();
}

}  // namespace

void RegisterSolution(CommandLine& line) { AddAbsent(line, "solution"); }
void RegisterDiff(CommandLine& line) { AddAbsent(line, "diff"); }
void RegisterVerify(CommandLine& line) { AddAbsent(line, "verify"); }
void RegisterRelease(CommandLine& line) { AddAbsent(line, "release"); }
void RegisterGrade(CommandLine& line) { AddAbsent(line, "grade"); }
void RegisterRegrade(CommandLine& line) { AddAbsent(line, "regrade"); }
void RegisterApply(CommandLine& line) { AddAbsent(line, "apply"); }
void RegisterRunJob(CommandLine& line) { AddAbsent(line, "run-job"); }
void RegisterSimilarity(CommandLine& line) { AddAbsent(line, "similarity"); }

PristineFile ReadPristine(const std::filesystem::path& root,
                          const Exercise& exercise, const std::string& file) {
  PristineFile pristine;
  pristine.source = root / "pristine" / exercise.id / file;
  pristine.text = ReadTextFile(pristine.source);
  if (!pristine.text) pristine.message = "it is not in the folder pristine";
  return pristine;
}

}  // namespace workbook::cli
