// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {

void RegisterRelease(CommandLine& line) {
  const auto words = std::make_shared<ReleaseWords>();
  line.Add("release", "Instructors: a copy for learners, without solutions",
           [words](Session& s) { return RunRelease(s, *words); })
      .Required("--out", words->out, "A new folder, outside the course")
      .Option("--exercises", words->exercises, "NN_MM,NN_MM ...; default: all")
      .Flag("--no-build", words->no_build,
            "Do not build the copy and run its stubs")
      .Examples({"release --out ~/memory-workbook-spring",
                 "release --out ~/week1 --exercises 01_02,04_01",
                 "release --out /tmp/look --no-build"})
      .ExitCodes(
          {{kExitRed, "something was recognised that learners must not get"}});
}

}  // namespace workbook::cli
