// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <memory>
#include <optional>

#include "fmt/format.h"
#include "tools/authoring/gate.h"
#include "tools/process/process.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/needs.h"

namespace workbook::cli {
namespace {

struct VerifyOptions {
  std::vector<std::string> exercises;  // none is all
  std::optional<std::string> changed;  // since this revision
  bool strict = false;
  bool tidy = false;
  bool compilers = false;
};

// Asks every installed compiler: a script of its own, for a matrix that takes
// an hour a compiler is no part of what is proved at each commit.
int RunCompilers(const Session& session,
                 const std::vector<std::string>& exercises) {
  const std::filesystem::path script =
      session.root() / "tools/authoring/compilers.py";
  std::vector<std::string> command = {"python3", script.string()};
  command.insert(command.end(), exercises.begin(), exercises.end());
  ProcessOptions streams;
  streams.inherit_streams = true;
  const ProcessResult result = RunProcess(command, streams);
  if (result.exit_code == kExitOk) return kExitOk;
  return result.exit_code == 1 ? kExitRed : kExitEnvironment;
}

int RunVerify(Session& session, const VerifyOptions& options) {
  if (const auto problem = WhatIsMissing("verify")) return Report(*problem);
  if (options.changed && !options.exercises.empty()) {
    return Report({.what = "--changed chooses the exercises by itself",
                   .where = "the command line",
                   .next = "name exercises or a revision, not both",
                   .exit_code = kExitUsage});
  }
  for (const std::string& id : options.exercises) {
    const ChosenExercise chosen = Choose(session, id);
    if (chosen.exercise == nullptr) return Report(chosen.problem);
  }
  if (options.compilers) return RunCompilers(session, options.exercises);
  workbook::VerifyOptions gate;
  gate.root = session.root();
  gate.exercises = options.exercises;
  gate.changed = options.changed;
  gate.strict = options.strict;
  gate.tidy = options.tidy;
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
      .OptionalValue("--changed", options->changed,
                     "[REV]: only what differs from REV can have broken; "
                     "without REV, from where the branch left main")
      .Flag("--tidy", options->tidy,
            "clang-tidy over all sources, not only those that differ")
      .Flag("--compilers", options->compilers,
            "Instead: a table of what each installed compiler makes of stubs, "
            "references and goals")
      .Examples({"verify", "verify 01_02 --strict", "verify --changed",
                 "verify --changed HEAD~3"})
      .ExitCodes({{kExitRed, "an exercise is not sound, and a line says why"}});
}

}  // namespace workbook::cli
