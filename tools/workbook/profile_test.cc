// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/profile.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(ProfileTools, PreferTheOneThatRunsAtFullSpeed) {
  const auto everything = [](const std::string&) { return true; };
  const auto no_perf = [](const std::string& name) { return name != "perf"; };
  const auto nothing = [](const std::string&) { return false; };
  const auto cpu = ProfileTools("cpu", "/folder");
  EXPECT_EQ(ChooseTool(cpu, everything)->name, "perf");
  EXPECT_EQ(ChooseTool(cpu, no_perf)->name, "valgrind");
  EXPECT_EQ(ChooseTool(cpu, nothing), nullptr);
  const auto heap = ProfileTools("heap", "/folder");
  EXPECT_EQ(ChooseTool(heap, everything)->name, "heaptrack");
  EXPECT_EQ(ChooseTool(ProfileTools("instructions", "/f"), everything)->show[0],
            "callgrind_annotate");
}

TEST(NoTool, GivesTheInstallLine) {
  const Problem problem = NoTool("heap", ProfileTools("heap", "/folder"));
  EXPECT_NE(problem.next.find("apt-get install heaptrack"), std::string::npos);
  EXPECT_EQ(problem.exit_code, kExitEnvironment);
}

TEST(NoTool, NamesTheKindsForAnUnknownOne) {
  const Problem problem = NoTool("gpu", ProfileTools("gpu", "/folder"));
  EXPECT_EQ(problem.exit_code, kExitUsage);
  EXPECT_NE(problem.next.find("heap"), std::string::npos);
}

TEST(TopOf, LeavesCommentsAndRulersOutAndStops) {
  EXPECT_EQ(TopOf("# head\n\n-----\n 60 % f\n 30 % g\n 10 % h\n", "", 2),
            "   60 % f\n   30 % g\n");
}

// As callgrind_annotate 3.19 and heaptrack_print 1.4 have it.
TEST(TopOf, BeginsAfterTheHeadAndNamesNoLibrary) {
  EXPECT_EQ(TopOf("Events shown: Ir\nIr  file:function\n---\n"
                  "90 (60%)  pool.cc:Pool::Allocate [/bin/bench]\n",
                  "file:function", 9),
            "  90 (60%)  pool.cc:Pool::Allocate\n");
  EXPECT_EQ(TopOf("MOST CALLS\n12 calls from\nmain\n  in /bin/bench\n",
                  "MOST CALLS", 9),
            "  12 calls from\n  main\n");
}

}  // namespace
}  // namespace workbook::cli
