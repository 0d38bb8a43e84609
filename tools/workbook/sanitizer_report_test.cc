// SPDX-License-Identifier: Apache-2.0

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
  return FindSanitizerReport(text.value_or(""), "exercises/09_01/")
      .value_or(SanitizerReport{.cause = "no report was found"});
}

std::string Place(const SanitizerReport& report) {
  return report.file + ":" + std::to_string(report.line);
}

TEST(FindSanitizerReport, ShowsWhereFreedMemoryIsUsedAndWhereItWasFreed) {
  const SanitizerReport report = Recorded("use_after_free");
  EXPECT_EQ(report.tool, "AddressSanitizer");
  EXPECT_EQ(report.cause, "memory is used after it was freed");
  EXPECT_EQ(Place(report), "exercises/09_01/crashing.h:12");
  ASSERT_EQ(report.stacks.size(), 2u);
  EXPECT_EQ(report.stacks[0].role, "writes");
  EXPECT_EQ(report.stacks[0].frames[0].function, "Write(int*, int)");
  EXPECT_EQ(report.stacks[1].role, "freed");
  EXPECT_EQ(report.stacks[1].frames[0].line, 10);
  EXPECT_EQ(report.stacks[1].frames[2].file,
            "exercises/09_01/crashing_test.cc");
}

TEST(FindSanitizerReport, ShowsWhereABlockThatIsOverrunWasMade) {
  const SanitizerReport report = Recorded("heap_overflow");
  EXPECT_EQ(report.cause, "an access is beyond the end of a heap block");
  EXPECT_EQ(Place(report), "exercises/09_01/crashing.h:12");
  ASSERT_EQ(report.stacks.size(), 2u);
  EXPECT_EQ(report.stacks[1].role, "allocated");
  EXPECT_EQ(report.stacks[1].frames[0].line, 8);
}

TEST(FindSanitizerReport, ShowsWhoMadeALeak) {
  const SanitizerReport report = Recorded("leak");
  EXPECT_EQ(report.tool, "LeakSanitizer");
  EXPECT_EQ(report.cause, "memory is never freed");
  EXPECT_EQ(Place(report), "exercises/09_01/crashing.h:8");
  ASSERT_EQ(report.stacks.size(), 1u);
}

TEST(FindSanitizerReport, TellsUndefinedBehaviour) {
  const SanitizerReport report = Recorded("shift");
  EXPECT_EQ(report.tool, "UndefinedBehaviorSanitizer");
  EXPECT_EQ(report.cause,
            "undefined behaviour: shift exponent 40 is too large for 32-bit "
            "type 'int'");
  EXPECT_EQ(Place(report), "exercises/09_01/crashing.h:44");
}

TEST(FindSanitizerReport, ShowsBothThreadsOfARaceAndNotHowTheyWereMade) {
  const SanitizerReport report = Recorded("race");
  EXPECT_EQ(report.tool, "ThreadSanitizer");
  EXPECT_EQ(Place(report), "exercises/09_01/crashing.h:51");
  ASSERT_EQ(report.stacks.size(), 2u);
  EXPECT_EQ(report.stacks[1].role, "the other thread");
  EXPECT_EQ(report.stacks[1].frames[0].function, "Bump()");
}

// The recorded race, as ThreadSanitizer words it where one access is atomic.
TEST(FindSanitizerReport, TellsThatOneAccessOfARaceIsAtomic) {
  std::string text =
      ReadTextFile("tools/workbook/testdata/sanitizers/race.log").value();
  const std::string plain = "Previous write of";
  text.replace(text.find(plain), plain.size(), "Previous atomic write of");
  SanitizerReport report =
      FindSanitizerReport(text, "exercises/09_01/").value();
  ASSERT_NE(AtomicAccess(report), nullptr);
  EXPECT_EQ(AtomicAccess(report)->line, 51);
  EXPECT_EQ(report.stacks[1].role, "the other thread, by an atomic operation");
  EXPECT_NE(TellSanitizerReport(report).find(
                "; one of the two accesses is an atomic operation, so look at "
                "its memory order (ThreadSanitizer)\n"),
            std::string::npos)
      << TellSanitizerReport(report);
  report.order = "memory_order_relaxed";
  EXPECT_NE(TellSanitizerReport(report).find(
                "memory order, memory_order_relaxed (ThreadSanitizer)\n"),
            std::string::npos);
}

TEST(FindSanitizerReport, AnAtomicAccessThatComesFirstHasItsOwnRole) {
  std::string text =
      ReadTextFile("tools/workbook/testdata/sanitizers/race.log").value();
  const std::string plain = "Read of";
  text.replace(text.find(plain), plain.size(), "Atomic read of");
  const SanitizerReport report =
      FindSanitizerReport(text, "exercises/09_01/").value();
  EXPECT_EQ(report.stacks[0].role, "reads, by an atomic operation");
}

TEST(FindSanitizerReport, ARaceOfPlainAccessesSpeaksOfNoOrder) {
  EXPECT_EQ(AtomicAccess(Recorded("race")), nullptr);
  EXPECT_EQ(TellSanitizerReport(Recorded("race")).find("memory order"),
            std::string::npos);
}

TEST(FindSanitizerReport, FindsNothingInOtherWords) {
  EXPECT_FALSE(FindSanitizerReport("", "exercises/09_01/"));
  EXPECT_FALSE(FindSanitizerReport(
      "[ RUN      ] A.B\nSUMMARY: AddressSanitizer: x\n", "exercises/09_01/"));
}

TEST(FindSanitizerReport, LeavesOutFilesOfOtherFolders) {
  const auto text =
      ReadTextFile("tools/workbook/testdata/sanitizers/use_after_free.log")
          .value();
  const auto report = FindSanitizerReport(text, "exercises/02_02/");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->file, "");
  EXPECT_TRUE(report->stacks.empty());
}

TEST(FindSanitizerReport, ShowsBothFreesOfABlockThatIsFreedTwice) {
  const SanitizerReport report = Recorded("double_free");
  EXPECT_EQ(report.cause, "a block is freed twice");
  ASSERT_EQ(report.stacks.size(), 2u);
  EXPECT_EQ(report.stacks[0].role, "frees it again");
  EXPECT_EQ(report.stacks[0].frames[1].line, 29);
  EXPECT_EQ(report.stacks[1].role, "freed");
  EXPECT_EQ(report.stacks[1].frames[1].line, 28);
}

TEST(FindSanitizerReport, ShowsALocalsOverrunOnceAndNotWhereTheLocalLies) {
  const SanitizerReport report = Recorded("stack_overflow");
  EXPECT_EQ(report.cause, "an access is beyond the end of a local array");
  ASSERT_EQ(report.stacks.size(), 1u);
  EXPECT_EQ(report.stacks[0].frames[1].function, "OverflowLocal()");
}

}  // namespace
}  // namespace workbook::cli
