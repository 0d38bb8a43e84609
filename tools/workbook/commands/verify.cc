#include <cstdio>

#include "fmt/format.h"
#include "tools/authoring/gate.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {

int RunVerify(Session& session, const VerifyOptions& options) {
  for (const std::string& id : options.exercises) {
    const ChosenExercise chosen = Choose(session, id);
    if (chosen.exercise == nullptr) return Report(chosen.problem);
  }
  workbook::VerifyOptions gate;
  gate.root = session.root();
  gate.exercises = options.exercises;
  gate.strict = options.strict;
  gate.print = [](const std::string& line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
  };
  return Verify(gate).Green() ? kExitOk : kExitRed;
}

}  // namespace workbook::cli
