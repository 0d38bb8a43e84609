// The subcommands, each in a file of its own: its options and what it does.
// Each returns one of the codes of exit_code.h, prints what it has to say and
// never waits where there is no terminal.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_

#include <string>
#include <vector>

#include "tools/grade/grading.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

// Where the learner is, what is red and what to type next. 0 if it could find
// out, whatever it found.
int RunStart(Session& session);

struct ListOptions {
  bool json = false;
};
int RunList(Session& session, const ListOptions& options);

struct NextOptions {
  bool skip = false;  // leave an unsolved exercise
};
int RunNext(Session& session, const NextOptions& options);

struct CheckOptions {
  std::string exercise;  // "" is the current one
  bool json = false;
};
int RunCheck(Session& session, const CheckOptions& options);

struct HintOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  bool again = false;              // the last one, not one more
};
int RunHint(Session& session, const HintOptions& options);

struct BenchOptions {
  std::string exercise;
  std::string filter;  // a regular expression on row names; "" is all
  bool json = false;
};
int RunBench(Session& session, const BenchOptions& options);

struct ResetOptions {
  std::string exercise;
  int task = 0;  // 0 is every task
  bool yes = false;
};
int RunReset(Session& session, const ResetOptions& options);

struct ProgressOptions {
  bool json = false;
};
int RunProgress(Session& session, const ProgressOptions& options);

struct SolutionOptions {
  std::string exercise;
  std::string file;  // "" lists the files
  bool anyway = false;
};
int RunSolution(Session& session, const SolutionOptions& options);

struct VerifyOptions {
  std::vector<std::string> exercises;  // none is all
  bool strict = false;
};
int RunVerify(Session& session, const VerifyOptions& options);

// The instructor's: marks for a folder of submissions.
int RunGrade(Session& session, const grade::GradeOptions& options);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMANDS_H_
