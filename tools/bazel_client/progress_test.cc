// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/progress.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

TEST(BazelProgress, KeepsTheNewestStepWithoutStrategies) {
  BazelProgress progress;
  EXPECT_EQ(progress.step(), "");
  progress.Read("Analyzing: target //:g (1 packages loaded)\n");
  EXPECT_EQ(progress.step(), "Analyzing: target //:g (1 packages loaded)");
  progress.Read(
      "[356 / 360] 24 / 532 tests; Compiling a.cc; 9s remote-cache, "
      "linux-sandbox ... (4 actions running)\n");
  EXPECT_EQ(progress.step(), "[356 / 360] 24 / 532 tests; Compiling a.cc; 9s");
  progress.Read("[1,357 / 1,360] Linking b\nERROR: a.cc\nINFO: c\n");
  EXPECT_EQ(progress.step(), "[1,357 / 1,360] Linking b");
}

TEST(BazelProgress, JoinsALineThatComesInPieces) {
  BazelProgress progress;
  for (const char letter : std::string("[12 / 119] Compiling a.cc")) {
    progress.Read(std::string(1, letter));
    EXPECT_EQ(progress.step(), "") << "the line has not ended";
  }
  progress.Read("\n");
  EXPECT_EQ(progress.step(), "[12 / 119] Compiling a.cc");
}

TEST(BazelProgress, LeavesWhatATestPrints) {
  BazelProgress progress;
  progress.Read("[ RUN      ] A / B\n[==========] 1 / 2\n[a / b]\n[\n");
  EXPECT_EQ(progress.step(), "");
}

TEST(BazelProgress, SeesThatItWaitsForAnotherCommand) {
  BazelProgress progress;
  progress.Read(
      "Another command (pid=14313) is running. Waiting for it to complete on "
      "the server (server_pid=20490)...\n");
  EXPECT_TRUE(progress.waits());
  progress.Read("Loading: 0 packages loaded\n");
  EXPECT_FALSE(progress.waits());
}

}  // namespace
}  // namespace workbook
