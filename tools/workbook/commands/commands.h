// The subcommands, each in a file of its own: its options and what it does.
// Each returns one of the codes of exit_code.h, prints what it has to say and
// never waits where there is no terminal.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_

namespace workbook::cli {

class CommandLine;

void RegisterStart(CommandLine& line);
void RegisterList(CommandLine& line);
void RegisterNext(CommandLine& line);
void RegisterCheck(CommandLine& line);
void RegisterWatch(CommandLine& line);
void RegisterHint(CommandLine& line);
void RegisterBench(CommandLine& line);
void RegisterReport(CommandLine& line);
void RegisterReset(CommandLine& line);
void RegisterProgress(CommandLine& line);
void RegisterSolution(CommandLine& line);
void RegisterVerify(CommandLine& line);
void RegisterDiff(CommandLine& line);
void RegisterDoctor(CommandLine& line);
void RegisterIde(CommandLine& line);
void RegisterCompletion(CommandLine& line);

// The instructor's.
void RegisterGrade(CommandLine& line);
void RegisterRegrade(CommandLine& line);
void RegisterApply(CommandLine& line);
void RegisterRunJob(CommandLine& line);
void RegisterSimilarity(CommandLine& line);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_
