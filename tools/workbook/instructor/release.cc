// SPDX-License-Identifier: Apache-2.0

#include "tools/release/release.h"

#include <cstdio>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {
namespace {

// "01_02,04_01" as well as "01_02 04_01".
std::vector<std::string> Ids(const std::vector<std::string>& words) {
  std::vector<std::string> ids;
  for (const std::string& word : words) {
    for (const std::string& id : PiecesEndedBy(',', word + ',')) {
      if (!id.empty()) ids.push_back(id);
    }
  }
  return ids;
}

int TellFindings(const std::vector<release::Finding>& findings,
                 const std::string& out) {
  for (const release::Finding& finding : findings) {
    fmt::print(stderr, "{}\n", finding.Text());
  }
  return Report(
      {.what = fmt::format("{} of what learners must not get {} recognised in "
                           "the copy, so there is no copy",
                           findings.size() == 1 ? "a piece" : "pieces",
                           findings.size() == 1 ? "was" : "were"),
       .where = out,
       .next = "Fix the course as the lines above say, commit, start again.",
       .exit_code = kExitRed});
}

}  // namespace

int RunRelease(Session& session, const ReleaseWords& words) {
  release::ReleaseOptions options;
  options.root = session.root();
  options.out = words.out;
  options.exercises = Ids(words.exercises);
  options.build = !words.no_build;
  options.print = [](const std::string& line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
  };
  const release::ReleaseResult result = release::Release(options);
  if (!result.findings.empty()) return TellFindings(result.findings, words.out);
  int exit_code = kExitOk;
  for (const Problem& problem : result.problems) {
    exit_code = Report(problem);
  }
  if (exit_code != kExitOk) return exit_code;
  fmt::print(
      "{} holds the copy; its RELEASE.txt lists every file.\n"
      "Hand the folder out as it is: ./workbook works in it.\n",
      words.out);
  return kExitOk;
}

}  // namespace workbook::cli
