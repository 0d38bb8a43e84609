// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {

void RegisterAll(CommandLine& line) {
  RegisterStart(line);
  RegisterList(line);
  RegisterNext(line);
  RegisterCheck(line);
  RegisterWatch(line);
  RegisterPredict(line);
  RegisterHint(line);
  RegisterCase(line);
  RegisterBench(line);
  RegisterReport(line);
  RegisterBook(line);
  RegisterReset(line);
  RegisterProgress(line);
  RegisterUpdate(line);
  RegisterSolution(line);
  RegisterDiff(line);
  RegisterLayout(line);
  RegisterAsm(line);
  RegisterDoctor(line);
  RegisterIde(line);
  RegisterCompletion(line);
  RegisterVerify(line);
  RegisterRelease(line);
  RegisterGrade(line);
  RegisterRegrade(line);
  RegisterApply(line);
  RegisterRunJob(line);
  RegisterSimilarity(line);
  // The launcher answers this one before there is a binary.
  line.Add("setup",
           "Install what is missing (--peers: rivals; --author: for verify)",
           [](Session&) {
             return Report(
                 {.what = "setup is done by the launcher",
                  .where = "the script ./workbook",
                  .next = "./workbook setup [--peers] [--author] [--grade]",
                  .exit_code = kExitUsage});
           })
      .AllowExtras()
      .Examples({"setup", "setup --peers", "setup --grade",
                 "setup --peers --author"});
}

}  // namespace workbook::cli
