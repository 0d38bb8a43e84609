// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/cases.h"

#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

constexpr std::string_view kRaw =
    "case\nWRONG: b is a\n1:0,0\nworkbook::Pool\n"
    "\n> Pool pool;\n    the heap is empty\n"
    "\n> void* a = pool.Take();\n    heap 1 |[a LENT]|\n"
    "\n> void* b = pool.Take();\n    heap 1 |[b LENT]|\n    pool:  +0=->b\n";

TEST(CasesTest, ReadsWhatTheProgramOfADescriptionPrints) {
  const auto found = ReadCase(kRaw);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->verdict, "WRONG: b is a");
  EXPECT_EQ(found->history, "1:0,0");
  EXPECT_EQ(found->type, "workbook::Pool");
  ASSERT_EQ(found->steps.size(), 3u);
  EXPECT_EQ(found->steps[0].line, "Pool pool;");
  EXPECT_EQ(
      found->steps[2].picture,
      (std::vector<std::string>{"    heap 1 |[b LENT]|", "    pool:  +0=->b"}));
}

TEST(CasesTest, ReadsNoCaseWhereThereIsNone) {
  EXPECT_FALSE(ReadCase(""));
  EXPECT_FALSE(ReadCase("none\n"));
  EXPECT_FALSE(ReadCase("to write\nPool::Take is yours to write\n"));
  EXPECT_FALSE(ReadCase("case\nWRONG: cut off here\n1:0\n"));
}

TEST(CasesTest, ShowsTheProgramAndItsLastTwoPictures) {
  EXPECT_EQ(ShowCaseInShort(*ReadCase(kRaw)),
            "     Pool pool;\n"
            "     void* a = pool.Take();\n"
            "  => void* b = pool.Take();\n"
            "  WRONG: b is a\n"
            "\n  after  void* a = pool.Take();\n    heap 1 |[a LENT]|\n"
            "\n  after  void* b = pool.Take();\n    heap 1 |[b LENT]|\n"
            "    pool:  +0=->b\n");
}

TEST(CasesTest, ShowsOneStepOfThePlayer) {
  Case found = *ReadCase(kRaw);
  found.name = "pool";
  EXPECT_EQ(ShowCaseStep(found, 1),
            "pool step 2 of 3\n\n"
            "     Pool pool;\n"
            "  => void* a = pool.Take();\n"
            "     void* b = pool.Take();\n"
            "\n    heap 1 |[a LENT]|\n");
  EXPECT_TRUE(ShowCaseStep(found, 2).ends_with("+0=->b\n  WRONG: b is a\n"));
}

TEST(CasesTest, ALineWithoutAPictureIsOneCallWithTheNext) {
  Case found;
  found.name = "pool";
  found.verdict = "WRONG: a is nullptr";
  found.steps = {{"allowed = 1;", {}}, {"Take();", {"    heap"}}};
  EXPECT_EQ(ShowCaseInShort(found).find("after  allowed"), std::string::npos);
  EXPECT_NE(ShowCaseStep(found, 0).find("one call"), std::string::npos);
  EXPECT_EQ(ShowCaseStep(found, 1).find("one call"), std::string::npos);
}

TEST(CasesTest, NamesTheMembersThatItKnows) {
  Case found;
  found.steps = {{"a", {"    pool:  +0=7  +8=->a  +16=2  +40=1"}}};
  NameMembers({{0, 8, "size_"}, {8, 24, "chunks_"}}, found);
  EXPECT_EQ(found.steps[0].picture[0],
            "    pool:  size_=7  chunks_=->a  chunks_+8=2  +40=1");
}

TEST(CasesTest, NamesTheDescriptionsOfATask) {
  const ScratchFolder scratch;
  Exercise exercise;
  exercise.folder = "exercises/09_01";
  Task task;
  task.files = {"pool.h", "pool.cc", "shared_pool.h", "more.h"};
  EXPECT_TRUE(CaseNames(scratch.path(), exercise, task).empty());
  const auto cases = scratch.path() / exercise.folder / "cases";
  std::filesystem::create_directories(cases);
  for (const char* name : {"shared_pool_case.cc", "pool_case.cc", "a.cc"}) {
    std::ofstream(cases / name) << "\n";
  }
  EXPECT_EQ(CaseNames(scratch.path(), exercise, task),
            (std::vector<std::string>{"pool", "shared_pool"}));
}

}  // namespace
}  // namespace workbook::cli
