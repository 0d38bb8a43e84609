// SPDX-License-Identifier: Apache-2.0

// What a calibration reads, and what of it is kept for the next run.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tools/grade/callgrind_dumps.h"
#include "tools/grade/plan_cache.h"
#include "tools/grade/sample_batch.h"
#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using Counts = std::map<std::string, std::int64_t>;

class CallgrindDumps : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& trigger,
             const std::string& end) {
    std::ofstream(folder_.path() / name)
        << "# callgrind format\ndesc: Trigger: " << trigger
        << "\nevents: Ir\nsummary: 1\nfn=(1) main\n1 7\n"
        << end;
  }
  Counts Read() { return ReadCallgrindDumps(folder_.path() / "dump"); }

  ScratchFolder folder_;
};

TEST_F(CallgrindDumps, EachTestHasItsOwnTotal) {
  Write("dump.1", "Client Request: Task1.A", "\ntotals: 6004\n");
  Write("dump.2", "Client Request: Task1.B/0", "\ntotals: 12004\n");
  Write("dump", "Program termination", "\ntotals: 99\n");
  EXPECT_EQ(Read(), (Counts{{"Task1.A", 6004}, {"Task1.B/0", 12004}}));
}

TEST_F(CallgrindDumps, ACutOffDumpIsNone) {
  Write("dump.1", "Client Request: Task1.A", "");
  EXPECT_EQ(Read(), Counts{});
}

TEST_F(CallgrindDumps, ATestWithTwoDumpsIsLeftOut) {
  Write("dump.1", "Client Request: Task1.A", "totals: 5\n");
  Write("dump.2", "Client Request: Task1.A", "totals: 5\n");
  EXPECT_EQ(Read(), Counts{});
}

TEST_F(CallgrindDumps, AnEarlierRunsDumpsAreRemoved) {
  Write("dump.1", "Client Request: Task1.A", "totals: 5\n");
  RemoveCallgrindDumps(folder_.path() / "dump");
  EXPECT_EQ(Read(), Counts{});
}

class KeptCalibration : public testing::Test {
 protected:
  Plan Calibrated() const {
    Plan plan = plan_;
    plan.tasks[0].costs = {{"Task1.A", {2, 264, 264}}};
    plan.tasks[0].counted_tests = {"Task1.A"};
    plan.tasks[0].instructions = 6004;
    return plan;
  }

  ScratchFolder folder_;
  Plan plan_ = OneTaskPlan(folder_.path());
  fs::path file_ = folder_.path() / "kept" / "09_09.json";
};

TEST_F(KeptCalibration, IsReadForTheSameKeyOnly) {
  const std::string key = CalibrationKey(plan_, {{"ring.cc", "int a;"}});
  KeepCalibration(file_, key, Calibrated());
  Plan other = plan_;
  EXPECT_FALSE(ReadCalibration(
      file_, CalibrationKey(plan_, {{"ring.cc", "int b;"}}), other));
  EXPECT_EQ(other.tasks[0].instructions, 0);
  Plan same = plan_;
  ASSERT_TRUE(ReadCalibration(file_, key, same));
  EXPECT_EQ(same.Fingerprint(), Calibrated().Fingerprint());
  EXPECT_EQ(same.tasks[0].costs, Calibrated().tasks[0].costs);
}

TEST_F(KeptCalibration, AChangedTestIsAnotherKey) {
  const std::string before = CalibrationKey(plan_, {});
  std::ofstream(plan_.trusted / "ring_test.cc") << "TEST(Task1, A) {}\n";
  EXPECT_NE(CalibrationKey(plan_, {}), before);
}

TEST_F(KeptCalibration, ACutOffFileIsNone) {
  const std::string key = CalibrationKey(plan_, {});
  KeepCalibration(file_, key, Calibrated());
  fs::resize_file(file_, fs::file_size(file_) / 2);
  Plan plan = plan_;
  EXPECT_FALSE(ReadCalibration(file_, key, plan));
}

TEST_F(KeptCalibration, WhatIsCountedIsInTheFingerprint) {
  Plan fewer = Calibrated();
  fewer.tasks[0].counted_tests.clear();
  EXPECT_NE(fewer.Fingerprint(), Calibrated().Fingerprint());
  Plan cheaper = Calibrated();
  --cheaper.tasks[0].instructions;
  EXPECT_NE(cheaper.Fingerprint(), Calibrated().Fingerprint());
}

}  // namespace
}  // namespace workbook::grade
