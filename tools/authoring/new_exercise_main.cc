// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring:new_exercise -- NN_MM "Title" NN_chapter
// component: lays out an exercise with everything that the gate demands.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/lay_out/lay_out.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() != 4) {
    std::fprintf(stderr,
                 "usage: new_exercise NN_MM \"Title\" NN_chapter component\n"
                 "example: new_exercise 03_09 \"Growing vectors\" 03_everyday "
                 "growth_policy\n");
    return 2;
  }
  const char* const workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  const std::filesystem::path root = workspace != nullptr ? workspace : ".";
  const workbook::LayOutReport report = workbook::LayOut(
      root, root / "tools/authoring/lay_out/template",
      {arguments[0], arguments[1], arguments[2], arguments[3]});
  for (const std::string& file : report.written) {
    std::printf("written    %s\n", file.c_str());
  }
  for (const std::string& file : report.kept) {
    std::printf("kept       %s\n", file.c_str());
  }
  for (const std::string& message : report.refused) {
    std::fprintf(stderr, "refused    %s\n", message.c_str());
  }
  if (!report.refused.empty()) return 1;
  std::printf(
      "Next: ./workbook verify %s. CONTRIBUTING.md says how to go on.\n",
      arguments[0].c_str());
  return 0;
}
