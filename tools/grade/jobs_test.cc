// SPDX-License-Identifier: Apache-2.0

// Jobs in files and in other processes give the gradebook of one process.
#include "tools/grade/jobs.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

#include "tools/grade/batch.h"
#include "tools/grade/node_folder.h"
#include "tools/grade/sample_batch.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr int kSubmissions = 24;

class Jobs : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(plan_.trusted / "tests");
    std::ofstream(plan_.trusted / "tests" / "ring_test.cc") << "a test\n";
    for (int i = 0; i < kSubmissions; ++i) {
      // Not UTF-8, and the last two are the same.
      paths_.push_back(
          HandIn(folder_.path(), "student" + std::to_string(100 + i),
                 "int n = " + std::to_string(std::min(i, kSubmissions - 2)) +
                     ";\xff\n"));
    }
    options_.node = folder_.path();
    options_.judge = [this](const Plan& plan, const Job& job, int) {
      EXPECT_EQ(plan.tasks.at(0).tests.at(0), "Task1.A");
      ++judged_;
      return ResultByLength(job);
    };
  }

  std::string Gradebook(Ledger& ledger) {
    BatchOptions batch;
    batch.judge = [this](const Plan&, const Job& job, int) {
      ++judged_;
      return ResultByLength(job);
    };
    std::string book;
    for (const Result& result :
         GradeAll(plan_, rules_, paths_, ledger, batch)) {
      book += result.student + " " + result.state + " " +
              std::to_string(result.points) + "\n";
    }
    return book;
  }

  std::vector<fs::path> Write() {
    Ledger ledger(folder_.path() / "events.jsonl");
    WriteJobs(batch_, plan_, paths_, ledger, {});
    std::vector<fs::path> files;
    for (const std::string& name : FileNames(batch_ / "jobs", ".json")) {
      files.push_back(batch_ / "jobs" / name);
    }
    return files;
  }

  ScratchFolder folder_;
  fs::path batch_ = folder_.path() / "batch";
  Plan plan_ = OneTaskPlan(folder_.path());
  MarkRules rules_;
  std::vector<fs::path> paths_;
  RunJobOptions options_;
  std::atomic<int> judged_{0};
};

TEST_F(Jobs, InAnyOrderAndInParallelTheyGiveTheSameGradebook) {
  Ledger calm(folder_.path() / "calm.jsonl");
  const std::string expected = Gradebook(calm);
  std::vector<fs::path> files = Write();
  // Two students with the same bytes are one job.
  ASSERT_EQ(files.size(), std::size_t{kSubmissions - 1});
  std::shuffle(files.begin(), files.end(), std::mt19937(20261125));
  std::vector<std::thread> workers;
  std::atomic<std::size_t> next{0};
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      for (std::size_t i = next++; i < files.size(); i = next++) {
        EXPECT_EQ(RunJob(files[i], options_).what, "");
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  Ledger ledger(folder_.path() / "events.jsonl");
  const CollectResult collected = CollectJobs(batch_, ledger);
  EXPECT_EQ(collected.collected, files.size());
  EXPECT_EQ(collected.missing, 0u);
  judged_ = 0;
  EXPECT_EQ(Gradebook(ledger), expected);
  EXPECT_EQ(judged_, 0);
  // What has a result is no job any more.
  EXPECT_EQ(WriteJobs(batch_, plan_, paths_, ledger, {}), 0u);
}

TEST_F(Jobs, WithoutAResultAreGradedWhenTheyAreCollected) {
  Ledger calm(folder_.path() / "calm.jsonl");
  const std::string expected = Gradebook(calm);
  const std::vector<fs::path> files = Write();
  for (std::size_t i = 0; i < 10; ++i) RunJob(files[i], options_);
  std::ofstream(batch_ / "results" / files[0].filename()) << "{ not whole";
  Ledger ledger(folder_.path() / "events.jsonl");
  const CollectResult collected = CollectJobs(batch_, ledger);
  EXPECT_EQ(collected.collected, 9u);
  EXPECT_EQ(collected.damaged.size(), 1u);
  EXPECT_EQ(collected.missing, files.size() - 10);
  judged_ = 0;
  EXPECT_EQ(Gradebook(ledger), expected);
  EXPECT_EQ(judged_, static_cast<int>(files.size()) - 9);
}

TEST_F(Jobs, AreRunOnce) {
  const fs::path file = Write()[0];
  EXPECT_FALSE(RunJob(file, options_).done_before);
  EXPECT_TRUE(RunJob(file, options_).done_before);
  EXPECT_EQ(judged_, 1);
}

TEST_F(Jobs, OfOtherBytesOrTestsAreRefused) {
  const std::vector<fs::path> files = Write();
  // As if somebody had fixed his submission in the queue.
  std::string text = ReadTextFile(files[0]).value_or("");
  const std::size_t at = text.find("\"ring.cc\": \"") + 12;
  text[at] = text[at] == 'a' ? 'b' : 'a';
  std::ofstream(files[0]) << text;
  EXPECT_EQ(RunJob(files[0], options_).what,
            "the job or its trusted/ is not what was written");
  std::ofstream(folder_.path() / "other") << "{";
  EXPECT_NE(RunJob(folder_.path() / "other", options_).what, "");
  EXPECT_EQ(RunJob(folder_.path() / "none", options_).what,
            "there is no such job");
  std::ofstream(batch_ / "trusted" / "tests" / "ring_test.cc") << "easier\n";
  RunJobOptions elsewhere = options_;
  elsewhere.node = folder_.path() / "elsewhere";
  fs::create_directories(elsewhere.node);
  EXPECT_NE(RunJob(files[1], elsewhere).what, "");
  EXPECT_EQ(judged_, 0);
  EXPECT_TRUE(FileNames(batch_ / "results", ".json").empty());
}

TEST_F(Jobs, ThatTheMachineCannotGradeHaveNoResult) {
  const fs::path file = Write()[0];
  options_.judge = [this](const Plan&, const Job& job, int) {
    ++judged_;
    Result result = ResultByLength(job);
    result.state = "infrastructure";
    return result;
  };
  EXPECT_NE(RunJob(file, options_).what, "");
  EXPECT_EQ(judged_, 3) << "retried";
  EXPECT_TRUE(FileNames(batch_ / "results", ".json").empty());
}

TEST_F(Jobs, KilledAtAnyMomentLeaveAWholeResultOrNone) {
  const std::vector<fs::path> files = Write();
  std::mt19937 random(20261125);
  int killed = 0;
  for (int round = 0; round < 60; ++round) {
    const fs::path& file = files[static_cast<std::size_t>(round) % 10];
    fs::remove(batch_ / "results" / file.filename());
    const pid_t child = fork();
    if (child == 0) {
      RunJob(file, options_);
      _exit(0);
    }
    usleep(static_cast<useconds_t>(random() % 4000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    killed += WIFSIGNALED(status);
    Ledger ledger(folder_.path() / ("round" + std::to_string(round)));
    EXPECT_TRUE(CollectJobs(batch_, ledger).damaged.empty());
    ASSERT_EQ(RunJob(file, options_).what, "");
  }
  EXPECT_GT(killed, 10);
}

TEST_F(Jobs, OnOneMachineHaveSlotsOfTheirOwn) {
  const NodeFolder first(folder_.path(), "x", plan_.trusted);
  const NodeFolder second(folder_.path(), "x", plan_.trusted);
  EXPECT_NE(first.slot(), second.slot());
  EXPECT_EQ(ReadTextFile(second.trusted() / "tests" / "ring_test.cc"),
            "a test\n");
}

TEST_F(Jobs, RefuseAFolderThatOthersCanWriteTo) {
  const fs::path planted =
      folder_.path() / ("workbook_jobs_" + std::to_string(geteuid()) + "_x");
  fs::create_directories(planted);
  fs::permissions(planted, fs::perms(0777));
  EXPECT_THROW(NodeFolder(folder_.path(), "x", plan_.trusted),
               std::system_error);
  fs::remove(planted);
  fs::create_directory_symlink("/tmp", planted);
  EXPECT_THROW(NodeFolder(folder_.path(), "x", plan_.trusted),
               std::system_error);
}

TEST_F(Jobs, AreNotWrittenOverSomethingElse) {
  fs::create_directories(batch_ / "jobs");
  std::ofstream(batch_ / "jobs" / "thesis.txt") << "years of work\n";
  EXPECT_THROW(Write(), std::runtime_error);
  EXPECT_EQ(ReadTextFile(batch_ / "jobs" / "thesis.txt"), "years of work\n");
  batch_ = folder_.path() / "two words";
  EXPECT_THROW(Write(), std::runtime_error);
}

TEST_F(Jobs, TheScriptNamesEveryJobOfTheArray) {
  Write();
  const std::string script = ReadTextFile(batch_ / "slurm.sh").value_or("");
  EXPECT_NE(script.find("#SBATCH --array=1-23\n"), std::string::npos);
  EXPECT_NE(script.find("'" + (batch_ / "grader").string() + "' run-job"),
            std::string::npos);
  EXPECT_EQ(ReadTextFile(batch_ / "grader"), ReadTextFile("/proc/self/exe"));
  const std::string list = ReadTextFile(batch_ / "jobs.txt").value_or("");
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 23);
  // Hidden tests are in it.
  EXPECT_EQ(fs::status(batch_).permissions(), fs::perms(0700));
}

}  // namespace
}  // namespace workbook::grade
