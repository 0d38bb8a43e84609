// SPDX-License-Identifier: Apache-2.0

// The subcommands, each in a file of its own: its options and what it does.
// Each returns one of the codes of exit_code.h, prints what it has to say and
// never waits where there is no terminal.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_

#include <filesystem>
#include <optional>

#include "tools/problem/problem.h"

namespace workbook::cli {

class CommandLine;

// All of them, in the order of --help: learning, then keeping house.
void RegisterAll(CommandLine& line);

void RegisterStart(CommandLine& line);
void RegisterList(CommandLine& line);
void RegisterNext(CommandLine& line);
void RegisterCheck(CommandLine& line);
void RegisterWatch(CommandLine& line);
void RegisterPredict(CommandLine& line);
void RegisterHint(CommandLine& line);
void RegisterCase(CommandLine& line);
void RegisterBench(CommandLine& line);
void RegisterReport(CommandLine& line);
void RegisterBook(CommandLine& line);
void RegisterReset(CommandLine& line);
void RegisterProgress(CommandLine& line);
void RegisterUpdate(CommandLine& line);
void RegisterSolution(CommandLine& line);
void RegisterVerify(CommandLine& line);
void RegisterDiff(CommandLine& line);
void RegisterLayout(CommandLine& line);
void RegisterAsm(CommandLine& line);
void RegisterDoctor(CommandLine& line);
void RegisterIde(CommandLine& line);
void RegisterCompletion(CommandLine& line);

// The instructor's.
void RegisterGrade(CommandLine& line);
void RegisterRegrade(CommandLine& line);
void RegisterApply(CommandLine& line);
void RegisterRunJob(CommandLine& line);
void RegisterSimilarity(CommandLine& line);
void RegisterRelease(CommandLine& line);

// Goes on with an update that was cut off; nothing where there is none. The
// course is not whole before.
std::optional<Problem> FinishBegunUpdate(const std::filesystem::path& root);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_
