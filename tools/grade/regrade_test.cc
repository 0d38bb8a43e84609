// SPDX-License-Identifier: Apache-2.0

// A regrade as a difference, with a judge that costs nothing.
#include "tools/grade/regrade.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "tools/grade/pending.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr int kSubmissions = 20;

class RegradeTest : public testing::Test {
 protected:
  void SetUp() override {
    plan_.exercise = "09_09";
    plan_.trusted = folder_.path() / "trusted";
    fs::create_directories(plan_.trusted);
    for (int number : {1, 2}) {
      PlannedTask task;
      task.number = number;
      task.files = {number == 1 ? "ring.cc" : "heap.cc"};
      task.tests = {"Task" + std::to_string(number) + ".A"};
      plan_.tasks.push_back(task);
    }
    for (int i = 0; i < kSubmissions; ++i) {
      const fs::path student =
          folder_.path() / "in" / ("student" + std::to_string(100 + i));
      fs::create_directories(student);
      for (const char* file : {"ring.cc", "heap.cc"}) {
        std::ofstream(student / file) << "int number = " << i << ";\n";
      }
      paths_.push_back(student);
    }
    Use({true, true});
    fs::create_directories(out_);
  }

  // What the judge finds from now on: whether each task's test passes.
  void Use(std::vector<bool> passes) {
    options_.judge = [this, passes](const Plan&, const Job& job, int) {
      ++judged_;
      Result result;
      result.student = job.student;
      result.exercise = "09_09";
      result.key = job.key;
      result.state = "graded";
      for (std::size_t i = 0; i < passes.size(); ++i) {
        TaskResult task;
        task.number = static_cast<int>(i) + 1;
        TestVerdict test;
        test.name = "Task" + std::to_string(i + 1) + ".A";
        test.state = passes[i] ? TestState::kPassed : TestState::kFailed;
        task.tests = {test};
        result.tasks.push_back(task);
      }
      return result;
    };
  }

  std::vector<Result> Grade() {
    Ledger ledger(out_ / "events.jsonl");
    return GradeAll(plan_, rules_, paths_, ledger, options_);
  }

  Regrade Again(const std::vector<std::string>& only) {
    Ledger ledger(out_ / "events.jsonl");
    const Selection selection = Select(only, plan_, paths_);
    EXPECT_EQ(selection.error, "");
    Ledger run(RunLedgerPath(out_, ledger, plan_.Fingerprint(), only));
    Regrade regrade =
        GradeAgain(plan_, rules_, paths_, selection, ledger, run, options_);
    regrade.at = "2026-11-25T12:00:00Z";
    regrade.only = only;
    return regrade;
  }

  std::string LedgerText() {
    return ReadTextFile(out_ / "events.jsonl").value_or("");
  }

  std::string PendingText() {
    return ReadTextFile(out_ / "regrade" / "pending.json").value_or("");
  }

  ScratchFolder folder_;
  fs::path out_ = folder_.path() / "out";
  Plan plan_;
  MarkRules rules_;
  std::vector<fs::path> paths_;
  BatchOptions options_;
  std::atomic<int> judged_{0};
  const Decision decision_{"lee", "2026-11-25T13:00:00Z", "a test was wrong",
                           false};
};

TEST_F(RegradeTest, ShowsWhatChangedAndChangesNothing) {
  Use({true, false});
  Grade();
  const std::string before = LedgerText();
  Use({true, true});
  judged_ = 0;
  const Regrade regrade = Again({"student103"});
  EXPECT_EQ(judged_, 1);
  ASSERT_EQ(regrade.differences.size(), 1u);
  const Difference& difference = regrade.differences[0];
  EXPECT_EQ(difference.student, "student103");
  EXPECT_EQ(difference.old_points, 10);
  EXPECT_EQ(difference.new_points, 20);
  EXPECT_STREQ(difference.Change(), "raised");
  EXPECT_EQ(difference.why,
            (std::vector<std::string>{"task 2: 0.00 -> 10.00",
                                      "Task2.A: failed -> passed"}));
  EXPECT_NE(Text(regrade).find("Task2.A: failed -> passed"), std::string::npos);
  EXPECT_EQ(LedgerText(), before);
}

TEST_F(RegradeTest, OfATaskLeavesTheOthersAsTheyWere) {
  Use({true, false});
  Grade();
  Use({false, true});
  const Regrade regrade = Again({"task2"});
  ASSERT_EQ(regrade.differences.size(), std::size_t{kSubmissions});
  EXPECT_EQ(regrade.differences[0].new_points, 20);
  EXPECT_EQ(Again({"student100", "task1"}).differences[0].new_points, 0);
}

TEST_F(RegradeTest, OfTheSameCodeAndJudgeChangesNothing) {
  Grade();
  const Regrade regrade = Again({});
  ASSERT_EQ(regrade.differences.size(), std::size_t{kSubmissions});
  for (const Difference& difference : regrade.differences) {
    EXPECT_TRUE(difference.same);
    EXPECT_STREQ(difference.Change(), "unchanged");
  }
}

TEST_F(RegradeTest, KnowsAStudentWhoseFilesChanged) {
  Grade();
  std::ofstream(paths_[0] / "ring.cc") << "int changed;\n";
  Use({false, true});
  const Regrade regrade = Again({"student100"});
  EXPECT_EQ(regrade.differences[0].old_points, 20);
  EXPECT_STREQ(regrade.differences[0].Change(), "lowered");
  EXPECT_EQ(regrade.differences[0].why[0],
            "the files, the tests or the compiler changed since");
}

TEST_F(RegradeTest, RefusesWordsThatNameNothing) {
  EXPECT_NE(Select({"task3"}, plan_, paths_).error, "");
  EXPECT_NE(Select({"student10"}, plan_, paths_).error, "");
  EXPECT_EQ(Select({"anna"}, plan_, {"in/anna.tar.gz"}).students.size(), 1u);
}

TEST_F(RegradeTest, AnInfrastructureFailureIsNoZero) {
  Grade();
  judged_ = 0;
  options_.judge = [this](const Plan&, const Job& job, int) {
    ++judged_;
    Result result;
    result.key = job.key;
    result.state = "infrastructure";
    return result;
  };
  const Regrade regrade = Again({"student100"});
  EXPECT_EQ(judged_, 3) << "retried";
  EXPECT_TRUE(regrade.differences.empty());
  ASSERT_EQ(regrade.left_out.size(), 1u);
  WritePending(out_, regrade);
  const Applied applied = ApplyPending(out_, decision_);
  EXPECT_EQ(applied.failure.what, "");
  EXPECT_EQ(applied.results, 0u);
  Use({true, true});
  EXPECT_EQ(Grade()[0].points, 20);
}

TEST_F(RegradeTest, AppliedItCountsAndEarlierResultsStay) {
  Use({true, false});
  Grade();
  const std::string before = LedgerText();
  Use({true, true});
  WritePending(out_, Again({"student103"}));
  ASSERT_TRUE(HasPending(out_));
  const Applied applied = ApplyPending(out_, decision_);
  ASSERT_EQ(applied.failure.what, "");
  EXPECT_EQ(applied.results, 1u);
  EXPECT_FALSE(HasPending(out_));
  ASSERT_TRUE(LedgerText().starts_with(before));
  const auto event = nlohmann::json::parse(LedgerText().substr(before.size()));
  EXPECT_EQ(event["event"], "apply");
  EXPECT_EQ(event["by"], "lee");
  EXPECT_EQ(event["at"], "2026-11-25T13:00:00Z");
  EXPECT_EQ(event["why"], "a test was wrong");
  judged_ = 0;
  const std::vector<Result> results = Grade();
  EXPECT_EQ(judged_, 0);
  EXPECT_EQ(results[3].points, 20);
  EXPECT_EQ(results[4].points, 10);
  // Decided is decided: it is kept, and can't be applied again.
  EXPECT_EQ(ApplyPending(out_, decision_).failure.what,
            "no regrade is pending");
  EXPECT_EQ(FileNames(out_ / "regrade", ".json").size(), 1u);
}

TEST_F(RegradeTest, IsRefusedIfTheLedgerChangedSince) {
  Grade();
  Use({false, true});
  WritePending(out_, Again({"student103"}));
  std::ofstream(paths_[0] / "ring.cc") << "int changed;\n";
  Grade();
  const std::string before = LedgerText();
  const Applied applied = ApplyPending(out_, decision_);
  EXPECT_EQ(applied.failure.what,
            "the ledger has had another event since this regrade");
  EXPECT_EQ(LedgerText(), before);
  EXPECT_TRUE(HasPending(out_));
  EXPECT_EQ(CancelPending(out_).what, "");
  EXPECT_FALSE(HasPending(out_));
}

TEST_F(RegradeTest, IsRefusedIfSomebodyEditedIt) {
  Grade();
  Use({false, true});
  WritePending(out_, Again({"student103"}));
  std::string text = PendingText();
  const std::size_t at = text.find("\"failed\"");
  ASSERT_NE(at, std::string::npos);
  std::ofstream(out_ / "regrade" / "pending.json")
      << text.replace(at, 8, "\"passed\"");
  EXPECT_EQ(ApplyPending(out_, decision_).failure.what,
            "the pending regrade was changed after it was made");
  std::ofstream(out_ / "regrade" / "pending.json") << "{";
  EXPECT_NE(ApplyPending(out_, decision_).failure.what.find("can't be read"),
            std::string::npos);
  EXPECT_EQ(CancelPending(out_).what, "");
}

TEST_F(RegradeTest, RaisedOnlyLeavesWhatWouldFall) {
  Use({true, true});
  Grade();
  Use({false, false});
  WritePending(out_, Again({"student103"}));
  Decision gentle = decision_;
  gentle.raised_only = true;
  EXPECT_EQ(ApplyPending(out_, gentle).results, 0u);
  EXPECT_EQ(Grade()[3].points, 20);
}

// Starts `work` in a process of its own and kills it after up to
// `most_microseconds`; says whether it was killed.
template <typename Work>
bool KilledAtSomeMoment(std::mt19937& random, unsigned most_microseconds,
                        Work work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  usleep(static_cast<useconds_t>(random() % most_microseconds));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

TEST_F(RegradeTest, KilledAtAnyMomentItEndsInTheSameDifference) {
  Use({true, false});
  Grade();
  const std::string ledger = LedgerText();
  Use({true, true});
  WritePending(out_, Again({}));
  const std::string undisturbed = PendingText();
  ASSERT_EQ(CancelPending(out_).what, "");
  std::mt19937 random(20261125);
  int killed = 0;
  for (int round = 0; round < 60; ++round) {
    if (round % 4 == 0 && HasPending(out_)) CancelPending(out_);
    killed += KilledAtSomeMoment(random, 8000,
                                 [this] { WritePending(out_, Again({})); });
    EXPECT_EQ(LedgerText(), ledger);
    if (HasPending(out_)) {
      EXPECT_EQ(PendingText(), undisturbed);
    }
  }
  EXPECT_GT(killed, 10);
  WritePending(out_, Again({}));
  EXPECT_EQ(PendingText(), undisturbed);
}

TEST_F(RegradeTest, KilledWhileItIsAppliedItIsThereOnce) {
  Use({true, false});
  Grade();
  const std::string ledger = LedgerText();
  Use({true, true});
  const Regrade regrade = Again({});
  std::mt19937 random(20261125);
  int killed = 0;
  for (int round = 0; round < 60; ++round) {
    std::ofstream(out_ / "events.jsonl") << ledger;
    WritePending(out_, regrade);
    killed += KilledAtSomeMoment(random, 6000,
                                 [this] { ApplyPending(out_, decision_); });
    if (HasPending(out_)) {
      const Applied applied = ApplyPending(out_, decision_);
      ASSERT_EQ(applied.failure.what, "");
    }
    const std::string text = LedgerText();
    ASSERT_TRUE(text.starts_with(ledger));
    // One event, whole.
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), kSubmissions + 1);
    EXPECT_EQ(Ledger(out_ / "events.jsonl").damaged_lines(), 0u);
    EXPECT_EQ(Grade()[0].points, 20);
  }
  EXPECT_GT(killed, 10);
}

}  // namespace
}  // namespace workbook::grade
