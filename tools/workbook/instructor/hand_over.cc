// SPDX-License-Identifier: Apache-2.0

// The learner's binary has no grader: it builds the one that has, which the
// first time takes minutes, and becomes it.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/building.h"
#include "tools/workbook/instructor/actions.h"
#include "tools/workbook/needs.h"

namespace workbook::cli {
namespace {

constexpr char kLabel[] = "//tools/workbook/instructor:instructor";

// The words that this process was started with.
std::vector<std::string> OwnWords() {
  return PiecesEndedBy('\0', ReadTextFile("/proc/self/cmdline").value_or(""));
}

Problem NotBuilt(const std::vector<std::string>& error_lines) {
  std::string lines;
  for (const std::string& line : error_lines) lines += "\n    " + line;
  return {.what = "the instructor's command could not be built" + lines,
          .where = std::string("bazel build ") + kLabel,
          .next =
              "If you changed something under tools/, git diff shows it; else "
              "./workbook setup."};
}

int Become(const std::string& program) {
  std::vector<std::string> words = OwnWords();
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(program.c_str(), arguments.data());
  return Report(
      {.what = fmt::format("the instructor's command did not start: {}",
                           std::strerror(errno)),
       .where = program,
       .next = "./workbook setup"});
}

// Before the build: without the headers it would end after minutes, in the
// compiler's words.
int HandOver(const Session& session, const std::string& command) {
  if (const auto problem = WhatIsMissing(command)) return Report(*problem);
  const BuildOutcome built =
      Build(session.root(), {kLabel},
            "Building the instructor's command (minutes, the first time only)");
  if (built.problem) return Report(*built.problem);
  const auto target = built.events.targets.find(kLabel);
  if (target == built.events.targets.end() || !target->second.built ||
      target->second.outputs.empty()) {
    return Report(NotBuilt(built.error_lines));
  }
  return Become(target->second.outputs.front());
}

}  // namespace

int RunGrade(Session& session, const grade::GradeOptions&) {
  return HandOver(session, "grade");
}

int RunRegrade(Session& session, const grade::RegradeOptions&) {
  return HandOver(session, "regrade");
}

int RunApply(Session& session, const ApplyOptions&) {
  return HandOver(session, "apply");
}

int RunOneJob(Session& session, const std::string&) {
  return HandOver(session, "run-job");
}

int RunRelease(Session& session, const ReleaseWords&) {
  return HandOver(session, "release");
}

int RunSimilarity(Session& session, const SimilarityOptions&) {
  return HandOver(session, "similarity");
}

}  // namespace workbook::cli
