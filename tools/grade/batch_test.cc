// SPDX-License-Identifier: Apache-2.0

// The ledger and the pool of workers, with a judge that costs nothing.
#include "tools/grade/batch.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <system_error>

#include "tools/grade/sample_batch.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr int kSubmissions = 30;

class Batch : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < kSubmissions; ++i) {
      paths_.push_back(HandIn(folder_.path(),
                              "student" + std::to_string(100 + i),
                              "int number = " + std::to_string(i) + ";\n"));
    }
    options_.judge = [](const Plan&, const Job& job, int) {
      return ResultByLength(job);
    };
  }

  std::string Gradebook(const fs::path& ledger_file) {
    Ledger ledger(ledger_file);
    std::string book;
    for (const Result& result :
         GradeAll(plan_, rules_, paths_, ledger, options_)) {
      book += result.student + " " + result.state + " " +
              std::to_string(result.points) + "\n";
    }
    return book;
  }

  ScratchFolder folder_;
  Plan plan_ = OneTaskPlan(folder_.path());
  MarkRules rules_;
  std::vector<fs::path> paths_;
  BatchOptions options_;
};

TEST_F(Batch, KilledAtAnyMomentItGivesTheSameGradebook) {
  const std::string undisturbed = Gradebook(folder_.path() / "calm.jsonl");
  const fs::path file = folder_.path() / "killed.jsonl";
  std::mt19937 random(20261125);
  int killed = 0;
  for (int round = 0; round < 100; ++round) {
    // Each round starts with nothing or goes on, by turns.
    if (round % 4 == 0) fs::remove(file);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      options_.jobs = 2;
      Gradebook(file);
      _exit(0);
    }
    usleep(static_cast<useconds_t>(random() % 8000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) ++killed;
  }
  EXPECT_GT(killed, 10);
  EXPECT_EQ(Gradebook(file), undisturbed);
  const std::string text = ReadTextFile(file).value_or("");
  std::set<std::string> keys;
  for (const std::string_view line : SplitLines(text)) {
    const std::size_t key = line.find("\"key\":\"");
    ASSERT_NE(key, std::string_view::npos) << line;
    EXPECT_TRUE(keys.insert(std::string(line.substr(key + 7, 64))).second)
        << "graded twice";
  }
  EXPECT_EQ(keys.size(), static_cast<std::size_t>(kSubmissions));
}

TEST_F(Batch, WhatTheLedgerHasIsNotGradedAgain) {
  const fs::path file = folder_.path() / "events.jsonl";
  const std::string first = Gradebook(file);
  std::atomic<int> calls{0};
  options_.judge = [&calls](const Plan&, const Job& job, int) {
    ++calls;
    return ResultByLength(job);
  };
  EXPECT_EQ(Gradebook(file), first);
  EXPECT_EQ(calls, 0);
  std::ofstream(paths_[3] / "ring.cc") << "int changed;\n";
  Gradebook(file);
  EXPECT_EQ(calls, 1);
}

TEST_F(Batch, AnInfrastructureFailureIsRetriedAndIsNoMark) {
  std::atomic<int> calls{0};
  paths_.resize(1);
  options_.judge = [&calls](const Plan&, const Job& job, int) {
    Result result = ResultByLength(job);
    if (++calls < 3) result.state = "infrastructure";
    return result;
  };
  EXPECT_NE(Gradebook(folder_.path() / "a").find("graded"), std::string::npos);
  EXPECT_EQ(calls, 3);
  options_.judge = [](const Plan&, const Job& job, int) {
    Result result = ResultByLength(job);
    result.state = "infrastructure";
    return result;
  };
  EXPECT_NE(Gradebook(folder_.path() / "b").find("infrastructure"),
            std::string::npos);
  EXPECT_EQ(ReadTextFile(folder_.path() / "b"), "");
}

TEST_F(Batch, OneUnreadableSubmissionCostsOnlyItself) {
  fs::remove(paths_[0] / "ring.cc");
  const std::string book = Gradebook(folder_.path() / "events.jsonl");
  EXPECT_NE(book.find("student100 unreadable 0"), std::string::npos);
  EXPECT_NE(book.find("student101 graded"), std::string::npos);
}

TEST_F(Batch, AFullDiskIsToldAndNothingIsLost) {
  // /dev/full refuses every write as a full disk does.
  EXPECT_THROW(Gradebook("/dev/full"), std::system_error);
}

TEST_F(Batch, TwoGradersDoNotShareALedger) {
  const Ledger first(folder_.path() / "events.jsonl");
  EXPECT_THROW(Ledger second(folder_.path() / "events.jsonl"),
               std::system_error);
}

}  // namespace
}  // namespace workbook::grade
