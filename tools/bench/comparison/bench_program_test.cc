// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/bench_program.h"

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

class RunBenchProgramTest : public testing::Test {
 protected:
  // A program in the shell's language that finds its figures' file in $out.
  BenchProgramRun Run(
      const std::string& script,
      std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
    const fs::path program = folder_.path() / "bench";
    std::ofstream(program)
        << "#!/bin/sh\nfor each; do case $each in --benchmark_out=*) "
           "out=${each#*=};; esac; done\n"
        << script << '\n';
    fs::permissions(program, fs::perms::owner_all);
    BenchProgram bench;
    bench.program = program;
    bench.figures_file = folder_.path() / "figures.json";
    bench.timeout = timeout;
    return RunBenchProgram(bench);
  }

  void ExpectFault(const BenchProgramRun& run, BenchFault fault,
                   const std::string& words) {
    EXPECT_EQ(run.fault, fault) << run.message;
    EXPECT_NE(run.message.find(words), std::string::npos) << run.message;
    EXPECT_FALSE(fs::exists(folder_.path() / "figures.json"));
  }

  const ScratchFolder folder_;
};

constexpr char kGood[] =
    R"(echo '{"context": {"workbook_build": "optimized"}, "benchmarks":
 [{"name": "a/x/yours:P", "ns_per_op": 2.0}]}' > $out)";

TEST_F(RunBenchProgramTest, AGoodRunHasItsFigures) {
  const BenchProgramRun run = Run(kGood);
  EXPECT_EQ(run.fault, BenchFault::kNone) << run.message;
  EXPECT_NE(run.json.find("\"ns_per_op\": 2.0"), std::string::npos);
}

TEST_F(RunBenchProgramTest, ACrashNamesTheSignalAndTheLastCase) {
  const auto run = Run("echo pool/batch; kill -SEGV $$");
  ExpectFault(run, BenchFault::kCrashed, "signal 11");
  EXPECT_NE(run.message.find("after the case pool/batch"), std::string::npos)
      << run.message;
}

TEST_F(RunBenchProgramTest, AnExitCodeThatIsNotItsOwnIsACrash) {
  ExpectFault(Run("echo 'terminate called' >&2; exit 134"),
              BenchFault::kCrashed, "terminate called");
}

TEST_F(RunBenchProgramTest, OneThatPrintsNothingIsSilent) {
  ExpectFault(Run("exit 0"), BenchFault::kSilent, "left no figures");
  ExpectFault(Run("echo '{\"benchmarks\": [' > $out"), BenchFault::kSilent,
              "left no figures");
}

TEST_F(RunBenchProgramTest, OneThatNeverEndsIsStopped) {
  ExpectFault(Run("while :; do :; done", std::chrono::milliseconds(1000)),
              BenchFault::kEndless, "did not end within 1 s");
}

TEST_F(RunBenchProgramTest, AnUnknownRowIsNoCrash) {
  ExpectFault(Run("echo 'bench: no row has such a name' >&2; exit 2"),
              BenchFault::kNoSuchRow, "no row");
}

TEST_F(RunBenchProgramTest, AnUnoptimisedBuildIsRefused) {
  ExpectFault(Run(R"(echo '{"context": {"workbook_build": "unoptimized"},
 "benchmarks": [{"name": "a/x/yours:P", "ns_per_op": 2.0}]}' > $out)"),
              BenchFault::kUnoptimised, "without optimisation (unoptimized)");
}

TEST_F(RunBenchProgramTest, AFullDiskIsSaid) {
  ExpectFault(
      Run("echo 'bench: cannot write: No space left on device' >&2; exit 2"),
      BenchFault::kDiskFull, "the disk is full");
}

TEST_F(RunBenchProgramTest, AMissingProgramIsSaid) {
  BenchProgram bench;
  bench.program = folder_.path() / "none";
  bench.figures_file = folder_.path() / "figures.json";
  ExpectFault(RunBenchProgram(bench), BenchFault::kNotStarted, "did not start");
}

}  // namespace
}  // namespace workbook
