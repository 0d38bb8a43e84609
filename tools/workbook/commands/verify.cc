// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <memory>

#include "fmt/format.h"
#include "tools/authoring/gate.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/needs.h"

namespace workbook::cli {
namespace {

struct VerifyOptions {
  std::vector<std::string> exercises;  // none is all
  bool strict = false;
};

int RunVerify(Session& session, const VerifyOptions& options) {
  if (const auto problem = WhatIsMissing("verify")) return Report(*problem);
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

}  // namespace

void RegisterVerify(CommandLine& line) {
  const auto options = std::make_shared<VerifyOptions>();
  line.Add("verify", "Prove that exercises are sound",
           [options](Session& s) { return RunVerify(s, *options); })
      .Option("exercises", options->exercises, "NN_MM ...")
      .Flag("--strict", options->strict,
            "An edited exercise is a fault, not a note")
      .Examples({"verify", "verify 01_02 --strict"});
}

}  // namespace workbook::cli
