// Over what the sanitizers of gcc 12 really printed (testdata/sanitizers).
#include "tools/workbook/sanitizer_report.h"

#include <filesystem>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

SanitizerReport Recorded(const std::string& name) {
  const auto text =
      ReadTextFile("tools/workbook/testdata/sanitizers/" + name + ".log");
  return FindSanitizerReport(text.value_or(""), "exercises/01_02/")
      .value_or(SanitizerReport{.cause = "no report was found"});
}

std::string Place(const SanitizerReport& report) {
  return report.file + ":" + std::to_string(report.line);
}

TEST(FindSanitizerReport, ShowsWhereFreedMemoryIsUsedAndWhereItWasFreed) {
  const SanitizerReport report = Recorded("free");
  EXPECT_EQ(report.tool, "AddressSanitizer");
  EXPECT_EQ(report.cause, "memory is used after it was freed");
  EXPECT_EQ(Place(report), "exercises/01_02/pool.h:14");
  ASSERT_EQ(report.stacks.size(), 2u);
  EXPECT_EQ(report.stacks[0].role, "writes");
  EXPECT_EQ(report.stacks[0].frames[0].function, "UseIt(int*)");
  EXPECT_EQ(report.stacks[1].role, "freed");
  EXPECT_EQ(report.stacks[1].frames[0].line, 11);
  EXPECT_EQ(report.stacks[1].frames[1].file, "exercises/01_02/pool_test.cc");
}

TEST(FindSanitizerReport, ShowsWhereABlockThatIsOverrunWasMade) {
  const SanitizerReport report = Recorded("overflow");
  EXPECT_EQ(report.cause, "an access is beyond the end of a heap block");
  EXPECT_EQ(Place(report), "exercises/01_02/pool.h:8");
  ASSERT_EQ(report.stacks.size(), 2u);
  EXPECT_EQ(report.stacks[1].role, "allocated");
  EXPECT_EQ(report.stacks[1].frames[0].line, 5);
}

TEST(FindSanitizerReport, ShowsWhoMadeALeak) {
  const SanitizerReport report = Recorded("leak");
  EXPECT_EQ(report.tool, "LeakSanitizer");
  EXPECT_EQ(report.cause, "memory is never freed");
  EXPECT_EQ(Place(report), "exercises/01_02/pool.h:5");
  ASSERT_EQ(report.stacks.size(), 1u);
}

TEST(FindSanitizerReport, TellsUndefinedBehaviour) {
  const SanitizerReport report = Recorded("shift");
  EXPECT_EQ(report.tool, "UndefinedBehaviorSanitizer");
  EXPECT_EQ(report.cause,
            "undefined behaviour: shift exponent 40 is too large for 32-bit "
            "type 'int'");
  EXPECT_EQ(Place(report), "exercises/01_02/pool.h:17");
}

TEST(FindSanitizerReport, ShowsBothThreadsOfARaceAndNotHowTheyWereMade) {
  const SanitizerReport report = Recorded("race");
  EXPECT_EQ(report.tool, "ThreadSanitizer");
  EXPECT_EQ(Place(report), "exercises/01_02/pool.h:21");
  ASSERT_EQ(report.stacks.size(), 2u);
  EXPECT_EQ(report.stacks[1].role, "the other thread");
  EXPECT_EQ(report.stacks[1].frames[0].function, "Bump()");
}

TEST(FindSanitizerReport, FindsNothingInOtherWords) {
  EXPECT_FALSE(FindSanitizerReport("", "exercises/01_02/"));
  EXPECT_FALSE(FindSanitizerReport(
      "[ RUN      ] A.B\nSUMMARY: AddressSanitizer: x\n", "exercises/01_02/"));
}

TEST(FindSanitizerReport, LeavesOutFilesOfOtherFolders) {
  const auto text =
      ReadTextFile("tools/workbook/testdata/sanitizers/free.log").value();
  const auto report = FindSanitizerReport(text, "exercises/02_02/");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->file, "");
  EXPECT_TRUE(report->stacks.empty());
}

TEST(TellSanitizerReport, IsGolden) {
  EXPECT_EQ(TellSanitizerReport(Recorded("free")),
            "memory is used after it was freed (AddressSanitizer)\n"
            "writes:\n"
            "  exercises/01_02/pool.h:14  UseIt(int*)\n"
            "  exercises/01_02/pool_test.cc:7  main\n"
            "freed:\n"
            "  exercises/01_02/pool.h:11  FreeIt(int*)\n"
            "  exercises/01_02/pool_test.cc:7  main");
}

}  // namespace
}  // namespace workbook::cli
