// SPDX-License-Identifier: Apache-2.0

// bazel run //tools/authoring:verify -- [--strict] [NN_MM ...]: what
// `./workbook verify` does.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tools/authoring/gate.h"

int main(int argc, char** argv) {
  workbook::VerifyOptions options;
  const char* root = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  options.root = root != nullptr ? root : ".";
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--strict") {
      options.strict = true;
    } else if (argument.starts_with('-')) {
      std::fprintf(stderr, "usage: verify [--strict] [NN_MM ...]\n");
      return 2;
    } else {
      options.exercises.push_back(argument);
    }
  }
  options.print = [](const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  };
  return workbook::Verify(options).Green() ? 0 : 1;
}
