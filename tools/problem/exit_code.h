// SPDX-License-Identifier: Apache-2.0

// What ./workbook tells the shell. Documented in --help, so never renumbered.
#ifndef WORKBOOK_TOOLS_PROBLEM_EXIT_CODE_H_
#define WORKBOOK_TOOLS_PROBLEM_EXIT_CODE_H_

namespace workbook {

enum ExitCode : int {
  kExitOk = 0,            // done; for check: what was asked for is green
  kExitDoesNotBuild = 1,  // check, bench: a compiler or linker error
  kExitUsage = 2,         // unknown command, option, exercise or task
  kExitRed = 3,           // check, verify: something ran and is not right
  kExitEnvironment = 4,   // Bazel, a file or a package is missing or broken
  kExitRefused = 5,       // a question was not answered with yes
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBLEM_EXIT_CODE_H_
