// SPDX-License-Identifier: Apache-2.0

// The engine against programs that stand for Slurm's; the real ones are in
// trials/slurm_cluster.py.
#include "tools/grade/slurm.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class Slurm : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(bin_);
    fs::create_directories(folder_ / "results");
    std::ofstream(folder_ / "jobs.txt") << "a.json\nb.json\n";
    std::ofstream(folder_ / "slurm.sh") << "#!/bin/sh\n";
    setenv("PATH", (bin_.string() + ":/usr/bin:/bin").c_str(), 1);
    options_.poll = std::chrono::milliseconds{1};
    options_.patience = std::chrono::milliseconds{50};
    Program("sbatch", "echo \"$*\" >>" + Calls() + "; echo 42");
    Program("squeue", "echo RUNNING; for x in a b; do : >" +
                          (folder_ / "results").string() + "/$x.json; done");
  }

  void Program(const std::string& name, const std::string& text) {
    const fs::path path = bin_ / name;
    std::ofstream(path) << "#!/bin/sh\n" << text << "\n";
    fs::permissions(path, fs::perms(0755));
  }
  std::string Calls() const { return (bin_ / "calls").string(); }
  std::string Read(const fs::path& path) const {
    return ReadTextFile(path).value_or("");
  }

  ScratchFolder scratch_;
  fs::path bin_ = scratch_.path() / "bin";
  fs::path folder_ = scratch_.path() / "jobs";
  SlurmOptions options_;
};

TEST_F(Slurm, SubmitsOnceAndWaitsForEachResult) {
  std::size_t last = 0;
  options_.on_progress = [&last](std::size_t done, std::size_t all) {
    EXPECT_EQ(all, 2u);
    last = done;
  };
  EXPECT_EQ(RunArray(folder_, options_).what, "");
  EXPECT_EQ(last, 2u);
  EXPECT_EQ(Read(Calls()),
            "--parsable " + (folder_ / "slurm.sh").string() + "\n");
  EXPECT_FALSE(fs::exists(folder_ / "array")) << "the array is over";
}

TEST_F(Slurm, AnArrayOfAKilledGraderIsWaitedFor) {
  std::ofstream(folder_ / "array") << "41\n";
  EXPECT_EQ(RunArray(folder_, options_).what, "");
  EXPECT_EQ(Read(Calls()), "") << "nothing is submitted twice";
}

TEST_F(Slurm, AnArrayThatSlurmHasForgottenIsOver) {
  std::ofstream(folder_ / "array") << "41\n";
  Program("squeue",
          "echo 'slurm_load_jobs error: Invalid job id specified' "
          ">&2; exit 1");
  EXPECT_EQ(RunArray(folder_, options_).what, "");
  EXPECT_NE(Read(Calls()), "") << "so another is submitted";
  EXPECT_TRUE(fs::is_empty(folder_ / "results"))
      << "and jobs without a result are the caller's";
}

TEST_F(Slurm, AControllerThatDoesNotAnswerIsWaitedForAWhile) {
  Program("squeue", "echo 'Unable to contact slurm controller' >&2; exit 1");
  const Problem failure = RunArray(folder_, options_);
  EXPECT_EQ(failure.what, "Slurm's controller does not answer");
  EXPECT_EQ(failure.where, "array 42");
  EXPECT_EQ(Read(folder_ / "array"), "42\n") << "to go on with";
}

TEST_F(Slurm, AControllerThatIsRestartedGetsTheArrayLater) {
  options_.patience = std::chrono::minutes{1};
  Program("sbatch", "echo \"$*\" >>" + Calls() + "; test $(wc -l <" + Calls() +
                        ") -ge 3 && echo 42 && exit; echo 'sbatch: error: "
                        "Batch job submission failed: Unable to contact slurm "
                        "controller (connect failure)' >&2; exit 1");
  EXPECT_EQ(RunArray(folder_, options_).what, "");
  const std::string once = "--parsable " + (folder_ / "slurm.sh").string();
  EXPECT_EQ(Read(Calls()), once + "\n" + once + "\n" + once + "\n");
}

TEST_F(Slurm, WhatSbatchRefusesIsTold) {
  Program("sbatch",
          "echo 'sbatch: error: invalid partition specified: x' >&2;"
          "exit 1");
  options_.partition = "x";
  EXPECT_EQ(RunArray(folder_, options_).what,
            "sbatch refuses the jobs: sbatch: error: invalid partition "
            "specified: x");
  fs::remove(bin_ / "sbatch");
  setenv("PATH", bin_.c_str(), 1);
  EXPECT_EQ(RunArray(folder_, options_).what, "sbatch is not on this machine");
}

TEST_F(Slurm, NodesBeyondTheNumberAreExcluded) {
  Program("sinfo", "printf 'n1\\nn2\\nn3\\nn3\\n'");
  options_.partition = "teaching";
  options_.nodes = 2;
  EXPECT_EQ(RunArray(folder_, options_).what, "");
  EXPECT_EQ(Read(Calls()), "--parsable --partition=teaching --exclude=n3 " +
                               (folder_ / "slurm.sh").string() + "\n");
}

}  // namespace
}  // namespace workbook::grade
