// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/progress_text.h"

#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

std::string Recorded(const std::string& version) {
  return ReadTextFile("tools/workbook/testdata/progress/" + version).value();
}

// What testdata/progress/1 says, and each version after it in its own way.
Progress Sample() {
  Progress progress;
  progress.current = "01_02";
  progress.tasks[{"01_02", 1}] = {.green = true, .passed = 14, .total = 14};
  progress.tasks[{"01_02", 2}] = {.green = false, .passed = 5, .total = 12};
  progress.hints[{"01_02", 2}] = 1;
  progress.solved["01_01"] = "2026-11-21T09:00:00Z";
  return progress;
}

TEST(ProgressText, ReadsVersion1AndWritesItAgainByteForByte) {
  const ProgressText read = ParseProgress(Recorded("1"));
  EXPECT_EQ(read.damaged_lines, 0);
  EXPECT_EQ(read.progress, Sample());
  EXPECT_EQ(FormatProgress(read.progress), Recorded("1"));
}

TEST(ProgressText, ReadsANewerMinorVersionAndKeepsWhatItDoesNotKnow) {
  const ProgressText read = ParseProgress(Recorded("1.7"));
  EXPECT_EQ(read.damaged_lines, 0);
  EXPECT_EQ(read.progress.current, Sample().current);
  EXPECT_EQ(read.progress.tasks, Sample().tasks);
  EXPECT_EQ(read.progress.hints, Sample().hints);
  EXPECT_EQ(read.progress.solved, Sample().solved);
  EXPECT_EQ(read.progress.unknown_lines.size(), 2u);
  EXPECT_EQ(FormatProgress(read.progress), Recorded("1.7"));
}

TEST(ProgressText, ReadsNothingOfANewerMajorVersion) {
  const ProgressText read = ParseProgress(Recorded("2"));
  EXPECT_TRUE(read.TooNew());
  EXPECT_EQ(read.major, 2);
  EXPECT_EQ(read.damaged_lines, 0) << "newer is not damaged";
  EXPECT_EQ(read.progress, Progress{});
}

TEST(ProgressText, KeepsEveryLineOfADamagedFileThatItCanRead) {
  const ProgressText read = ParseProgress(Recorded("damaged"));
  EXPECT_EQ(read.damaged_lines, 3);
  EXPECT_EQ(read.progress.current, "01_02");
  EXPECT_EQ(read.progress.tasks.size(), 1u);
  EXPECT_TRUE(read.progress.solved.contains("01_01"));
}

TEST(ProgressText, TakesAnUnknownLineOfItsOwnVersionForDamage) {
  EXPECT_EQ(
      ParseProgress("memory-workbook progress 1\nbadge x\n").damaged_lines, 1);
  EXPECT_EQ(ParseProgress("memory-workbook progress 1\nhint 01_02 1 1 more\n")
                .damaged_lines,
            1);
  EXPECT_EQ(
      ParseProgress("memory-workbook progress 1.2\nbadge \x01\n").damaged_lines,
      1)
      << "no version writes control characters";
}

TEST(ProgressText, MasteredIsALineOfVersion1Point1) {
  Progress progress = Sample();
  progress.mastered["01_01"] = "2026-11-22T09:00:00Z";
  const std::string text = FormatProgress(progress);
  EXPECT_EQ(text.substr(0, text.find('\n')), "memory-workbook progress 1.1")
      << "version 1.0 keeps lines that it does not know in a newer file only";
  EXPECT_TRUE(text.ends_with("\nmastered 01_01 2026-11-22T09:00:00Z\n"))
      << text;
  const ProgressText read = ParseProgress(text);
  EXPECT_EQ(read.damaged_lines, 0);
  EXPECT_EQ(read.progress.mastered, progress.mastered);
  EXPECT_EQ(read.progress.solved, progress.solved);
  EXPECT_EQ(FormatProgress(read.progress), text);
  EXPECT_EQ(
      ParseProgress("memory-workbook progress 1.1\nbadge x\n").damaged_lines, 1)
      << "this program knows all of 1.1";
}

TEST(ProgressText, RedTestsAndBlocksOfHintsAreLinesOfVersion1Point2) {
  Progress progress = Sample();
  progress.red_tests[{"01_02", 2}] = "All/Task2Pool.Grows/0";
  progress.blocks[{{"01_02", 2}, "Task2Pool"}] = 3;
  progress.blocks[{{"01_02", 2}, "Grows"}] = 1;
  const std::string text = FormatProgress(progress);
  EXPECT_EQ(text.substr(0, text.find('\n')), "memory-workbook progress 1.2");
  EXPECT_NE(text.find("\nred 01_02 2 All/Task2Pool.Grows/0\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\nblock 01_02 2 Grows 1\nblock 01_02 2 Task2Pool 3\n"),
            std::string::npos)
      << text;
  const ProgressText read = ParseProgress(text);
  EXPECT_EQ(read.damaged_lines, 0);
  EXPECT_EQ(read.progress.red_tests, progress.red_tests);
  EXPECT_EQ(read.progress.blocks, progress.blocks);
  EXPECT_EQ(FormatProgress(read.progress), text);
  EXPECT_EQ(progress.HintsShown({"01_02", 2}), 1 + 3 + 1);
  EXPECT_EQ(progress.HintsShown({"01_02", 1}), 0);
  EXPECT_EQ(ParseProgress("memory-workbook progress 1.2\nblock 01_02 2 Grows\n")
                .damaged_lines,
            1);
}

TEST(ProgressText, CountsAMissingHeaderAsDamage) {
  for (const std::string text :
       {"", "memory-workbook progress\n", "memory-workbook progress 0\n",
        "memory-workbook progress 1.x\n", "memory-workbook progress -1\n"}) {
    EXPECT_EQ(ParseProgress(text).damaged_lines, 1) << text;
    EXPECT_FALSE(ParseProgress(text).TooNew()) << text;
  }
  EXPECT_EQ(ParseProgress("current 01_02\n").damaged_lines, 1);
  EXPECT_EQ(ParseProgress("current 01_02\n").progress.current, "01_02");
}

TEST(ProgressText, ReadsACopyWithCarriageReturnsAndNotes) {
  std::string text = "# a note\n\n" + Recorded("1");
  text.erase(0, text.find("memory"));
  size_t at = 0;
  while ((at = text.find('\n', at)) != std::string::npos) {
    text.replace(at, 1, "\r\n");
    at += 2;
  }
  const ProgressText read = ParseProgress(text + "# a note\r\n\r\n");
  EXPECT_EQ(read.damaged_lines, 0);
  EXPECT_EQ(read.progress, Sample());
}

}  // namespace
}  // namespace workbook::cli
