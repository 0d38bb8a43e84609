// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_answers.h"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

const PredictionKey kKey{"03_01", "doubling"};

KeptPrediction Parsed(const std::string& lines) {
  const PredictionLog log =
      ParsePredictionLog("memory-workbook predictions 1\n" + lines);
  EXPECT_EQ(log.damaged_lines, 0) << lines;
  return log.kept.at(kKey);
}

TEST(ParsePredictionLog, TheFirstAnswerCountsAndTheLastIsShown) {
  const KeptPrediction kept = Parsed(
      "answer 03_01 doubling 2026-11-21T09:00:00Z 200000\n"
      "answer 03_01 doubling 2026-11-22T09:00:00Z 300000\n");
  EXPECT_EQ(kept.first, "200000");
  EXPECT_EQ(kept.last, "300000");
  EXPECT_EQ(kept.last_at, "2026-11-22T09:00:00Z");
  EXPECT_FALSE(kept.is_revealed);
}

TEST(ParsePredictionLog, AnAnswerAfterTheRevealDoesNotCount) {
  const KeptPrediction kept = Parsed(
      "revealed 03_01 doubling 2026-11-21T09:00:00Z -\n"
      "answer 03_01 doubling 2026-11-22T09:00:00Z 262140\n"
      "revealed 03_01 doubling 2026-11-23T09:00:00Z 262140\n"
      "revealed 03_01 doubling 2026-11-24T09:00:00Z 5\n");
  EXPECT_FALSE(kept.first.has_value());
  EXPECT_EQ(kept.last, "262140");
  EXPECT_TRUE(kept.is_revealed);
  EXPECT_EQ(kept.measured, "262140") << "the first one that was measured";
}

TEST(ParsePredictionLog, CountsDamagedLinesAndReadsTheOthers) {
  const PredictionLog log = ParsePredictionLog(
      "memory-workbook predictions 1\nanswer 03_01\nguess 03_01 a T 1\n"
      "answer 03_01 doubling 2026-11-21T09:00:00Z one and a half\n");
  EXPECT_EQ(log.damaged_lines, 2);
  EXPECT_EQ(log.kept.at(kKey).last, "one and a half");
  EXPECT_EQ(log.kept.size(), 1U);
}

TEST(PredictionAnswers, KeepsWhatItIsTold) {
  const ScratchFolder folder;
  const PredictionAnswers answers(folder.path() / "state");
  std::string notice;
  EXPECT_TRUE(answers.Load(notice).kept.empty());
  EXPECT_FALSE(answers.AddAnswer(kKey, "one\nand a half").has_value());
  EXPECT_FALSE(answers.AddReveal(kKey, "").has_value());
  const KeptPrediction kept = answers.Load(notice).kept.at(kKey);
  EXPECT_EQ(kept.first, "one and a half") << "a fact is one line";
  EXPECT_TRUE(kept.is_revealed);
  EXPECT_EQ(kept.measured, "");
  EXPECT_EQ(notice, "");
}

TEST(PredictionAnswers, DamagedLinesStayInTheFile) {
  const ScratchFolder folder;
  const std::string damaged = "memory-workbook predictions 1\n\x01 half a li";
  std::ofstream(folder.path() / "predictions") << damaged;
  const PredictionAnswers answers(folder.path());
  EXPECT_FALSE(answers.AddAnswer(kKey, "7").has_value());
  std::string notice;
  EXPECT_EQ(answers.Load(notice).kept.at(kKey).last, "7");
  EXPECT_NE(notice.find("are left out: 1."), std::string::npos) << notice;
  EXPECT_TRUE(ReadTextFile(folder.path() / "predictions")
                  ->starts_with(damaged + "\nanswer 03_01 doubling "));
}

TEST(PredictionAnswers, LeavesTheFileOfANewerProgramAlone) {
  const ScratchFolder folder;
  const std::string newer = "memory-workbook predictions 2\nanswer x\n";
  std::ofstream(folder.path() / "predictions") << newer;
  const PredictionAnswers answers(folder.path());
  const auto problem = answers.AddAnswer(kKey, "7");
  ASSERT_TRUE(problem.has_value());
  EXPECT_NE(problem->next.find("./workbook update"), std::string::npos);
  std::string notice;
  EXPECT_TRUE(answers.Load(notice).kept.empty());
  EXPECT_NE(notice.find("newer"), std::string::npos);
  EXPECT_EQ(ReadTextFile(folder.path() / "predictions"), newer);
}

TEST(PredictionAnswers, SaysWhyItCannotWrite) {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "blocked") << "a file, not a folder";
  const auto problem =
      PredictionAnswers(folder.path() / "blocked").AddAnswer(kKey, "7");
  ASSERT_TRUE(problem.has_value());
  EXPECT_NE(problem->where.find("blocked"), std::string::npos);
}

TEST(PredictionAnswers, LosesNothingWhenManyWriteAtOnce) {
  const ScratchFolder folder;
  const PredictionAnswers answers(folder.path());
  constexpr int kWriters = 6;
  constexpr int kWrites = 5;
  for (int writer = 0; writer < kWriters; ++writer) {
    if (::fork() != 0) continue;
    for (int i = 0; i < kWrites; ++i) {
      answers.AddAnswer({"03_01", std::to_string(writer * kWrites + i)}, "1");
    }
    ::_exit(0);
  }
  while (::wait(nullptr) > 0) {
  }
  std::string notice;
  EXPECT_EQ(answers.Load(notice).kept.size(),
            static_cast<std::size_t>(kWriters * kWrites));
  EXPECT_EQ(notice, "");
}

}  // namespace
}  // namespace workbook::cli
