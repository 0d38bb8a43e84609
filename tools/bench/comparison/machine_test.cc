// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/machine.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

TEST(ParseCpuTicks, AddsWhatBelongsTogether) {
  const auto ticks = ParseCpuTicks(
      "cpu  100 5 30 1000 20 3 2 40 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n");
  ASSERT_TRUE(ticks.has_value());
  EXPECT_EQ(ticks->busy, 140);
  EXPECT_EQ(ticks->idle, 1020);
  EXPECT_EQ(ticks->steal, 40);
}

TEST(ParseCpuTicks, IsNothingForAnotherText) {
  EXPECT_FALSE(ParseCpuTicks("").has_value());
  EXPECT_FALSE(ParseCpuTicks("cpu  one two\n").has_value());
}

MachineSample At(double busy, double idle, double steal, double own_seconds) {
  MachineSample sample;
  sample.ticks = CpuTicks{busy, idle, steal};
  sample.own_seconds = own_seconds;
  return sample;
}

TEST(Disturbances, AQuietMachineHasNone) {
  EXPECT_TRUE(Disturbances(At(0, 0, 0, 0), At(1000, 1000, 0, 9.9)).empty());
}

TEST(Disturbances, NamesWhatOthersUsedBesidesOurselves) {
  auto after = At(1800, 200, 0, 10);
  after.load_1_minute = 2.5;
  const auto notes = Disturbances(At(0, 0, 0, 0), after);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0], "other programs used 40 % of the processors (load 2.5)");
}

TEST(Disturbances, NamesStealAndFrequency) {
  auto before = At(0, 0, 0, 0);
  auto after = At(900, 900, 200, 9);
  before.frequencies_mhz = {2000, 3000};
  after.frequencies_mhz = {2000, 2000};
  const auto notes = Disturbances(before, after);
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_NE(notes[0].find("10 %"), std::string::npos) << notes[0];
  EXPECT_NE(notes[0].find("steal"), std::string::npos);
  EXPECT_NE(notes[1].find("2000 and 3000 MHz"), std::string::npos) << notes[1];
}

TEST(SampleMachine, LeavesEmptyWhatCannotBeRead) {
  const ScratchFolder empty;
  const MachineSample sample = SampleMachine(empty.path());
  EXPECT_FALSE(sample.ticks.has_value());
  EXPECT_FALSE(sample.load_1_minute.has_value());
  EXPECT_TRUE(sample.frequencies_mhz.empty());
  EXPECT_EQ(ProcessorName(empty.path()), "unknown");
}

TEST(SampleMachine, ReadsAllThatIsThere) {
  const ScratchFolder root;
  const auto cpufreq = root.path() / "sys/devices/system/cpu/cpufreq/policy0";
  std::filesystem::create_directories(cpufreq);
  std::filesystem::create_directories(root.path() / "proc");
  std::ofstream(cpufreq / "scaling_cur_freq") << "2400000\n";
  std::ofstream(root.path() / "proc/stat") << "cpu  1 2 3 4\n";
  std::ofstream(root.path() / "proc/loadavg") << "0.75 0.5 0.25 1/100 42\n";
  std::ofstream(root.path() / "proc/cpuinfo") << "model name\t: Z80\n";
  const MachineSample sample = SampleMachine(root.path());
  ASSERT_TRUE(sample.ticks.has_value());
  EXPECT_EQ(sample.ticks->busy, 6);
  EXPECT_EQ(sample.load_1_minute, 0.75);
  EXPECT_EQ(sample.frequencies_mhz, std::vector<double>{2400});
  EXPECT_EQ(ProcessorName(root.path()), "Z80");
  std::ofstream(root.path() / "proc/cpuinfo")
      << "cpu family\t: 6\nmodel\t\t: 85\nmodel name\t: Z80\n";
  EXPECT_EQ(ProcessorName(root.path()), "Z80 (family 6, model 85)");
}

}  // namespace
}  // namespace workbook
