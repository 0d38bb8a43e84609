// SPDX-License-Identifier: Apache-2.0

#include "01_03/waste_report.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "exercises/01_03/given/class_tables.h"
#include "exercises/01_03/given/recorded_sizes.h"
#include "tools/probe/probe.h"

namespace workbook {

void PrintTo(const ClassUse& use, std::ostream* out) {
  *out << "class " << use.size_bytes << ": " << use.blocks << " blocks, "
       << use.waste_bytes << " bytes wasted";
}

namespace {

const std::vector<SizeCount> kSizes = {{8, 10}, {24, 1}, {40, 3}, {64, 2}};

TEST(Task2WasteReport, TheSmallestClassThatFitsServes) {
  const std::vector<std::size_t> classes = {16, 48, 64};
  const WasteReport report = ReportWaste(classes, kSizes);
  ASSERT_EQ(report.classes.size(), 3u);
  EXPECT_EQ(report.classes[0], (ClassUse{16, 10, 80}));
  EXPECT_EQ(report.classes[1], (ClassUse{48, 4, 24 + 3 * 8}));
  EXPECT_EQ(report.classes[2], (ClassUse{64, 2, 0}))
      << "a size that is a class fits into it exactly";
}

TEST(Task2WasteReport, AddsUp) {
  const std::vector<std::size_t> classes = {16, 48, 64};
  const WasteReport report = ReportWaste(classes, kSizes);
  EXPECT_EQ(report.blocks, 16u);
  EXPECT_EQ(report.requested_bytes, 80u + 24 + 120 + 128)
      << "each size as often as it has blocks";
  EXPECT_EQ(report.waste_bytes, 80u + 48);
  EXPECT_EQ(report.classes_used, 3u);
  EXPECT_EQ(report.unserved, 0u);
}

TEST(Task2WasteReport, UnusedClassesStand) {
  const std::vector<std::size_t> classes = {16, 20, 48, 56, 64, 80};
  const WasteReport report = ReportWaste(classes, kSizes);
  ASSERT_EQ(report.classes.size(), 6u);
  EXPECT_EQ(report.classes[1], (ClassUse{20, 0, 0}));
  EXPECT_EQ(report.classes[5], (ClassUse{80, 0, 0}));
  EXPECT_EQ(report.classes_used, 3u) << "20, 56 and 80 have no block";
}

TEST(Task2WasteReport, WhatNoClassServesIsNoWaste) {
  const std::vector<std::size_t> classes = {16, 32};
  const WasteReport report = ReportWaste(classes, kSizes);
  EXPECT_EQ(report.unserved, 5u) << "three of 40 bytes and two of 64";
  EXPECT_EQ(report.blocks, 11u) << "ten of 8 bytes and one of 24";
  EXPECT_EQ(report.requested_bytes, 80u + 24)
      << "what no class serves is asked for elsewhere";
  EXPECT_EQ(report.waste_bytes, 80u + 8);
}

TEST(Task2WasteReport, NothingIsNothing) {
  const WasteReport report = ReportWaste({}, {});
  EXPECT_TRUE(report.classes.empty());
  EXPECT_EQ(ReportWaste({}, kSizes).unserved, 16u);
}

TEST(Task2WasteReport, TakesOneBlock) {
  AllocationScope scope;
  const WasteReport report = ReportWaste(GoClasses(), kSizes);
  EXPECT_EQ(scope.Counts().allocations, 1) << "the number of classes is known";
  EXPECT_EQ(report.classes.size(), 67u);
}

// Nine digits, so that an integer division shows.
std::string PercentText(const WasteReport& report) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9f", WastePercent(report));
  return text;
}

TEST(Task2WastePercent, IsThePartOfTheBlocksBytes) {
  WasteReport report;
  report.blocks = 16;
  report.requested_bytes = 352;
  report.waste_bytes = 128;
  EXPECT_EQ(PercentText(report), "26.666666667")
      << "128 of the blocks' 480 bytes, in per cent";
  report.requested_bytes = 0;
  EXPECT_EQ(PercentText(report), "100.000000000");
}

TEST(Task2WastePercent, NothingWastesNothing) {
  EXPECT_EQ(WastePercent(WasteReport()), 0) << "0 of 0 bytes";
}

TEST(Task2WasteReport, GoWastesLessThanPowersOfTwoOnEachProgram) {
  for (const std::string& program : RecordedPrograms()) {
    const std::vector<SizeCount> sizes =
        SmallAllocations(ReadRecordedSizes(program));
    const WasteReport go = ReportWaste(GoClasses(), sizes);
    const WasteReport by_two = ReportWaste(PowersOfTwo(), sizes);
    EXPECT_LT(WastePercent(go), WastePercent(by_two)) << program;
    EXPECT_EQ(go.blocks, by_two.blocks) << program;
    RecordProperty(
        program, std::to_string(static_cast<int>(WastePercent(by_two) + 0.5)));
  }
}

}  // namespace
}  // namespace workbook
