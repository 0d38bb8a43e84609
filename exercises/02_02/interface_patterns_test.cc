// SPDX-License-Identifier: Apache-2.0

#include "02_02/interface_patterns.h"

#include <gtest/gtest.h>

#include <numbers>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

void AddShapes(Drawing& drawing, int count) {
  for (int i = 0; i < count; ++i) {
    if (i % 3 == 0) drawing.Add(Circle{1.0 + i});
    if (i % 3 == 1) drawing.Add(Rectangle{2.0 + i, 3.0});
    if (i % 3 == 2) drawing.Add(Triangle{4.0, 5.0 + i});
  }
}

TEST(Task4InterfacePatterns, AreasAddUp) {
  Drawing drawing(3);
  EXPECT_EQ(drawing.TotalArea(), 0);
  drawing.Add(Rectangle{2, 3});
  drawing.Add(Triangle{4, 5});
  EXPECT_EQ(drawing.TotalArea(), 16);
  EXPECT_EQ(drawing.CountCircles(), 0u);
  drawing.Add(Circle{2});
  EXPECT_EQ(drawing.TotalArea(), 16 + std::numbers::pi * 4);
  EXPECT_EQ(drawing.CountCircles(), 1u);
  EXPECT_EQ(drawing.Size(), 3u);
}

TEST(Task4InterfacePatterns, MoreShapesThanExpectedAreKept) {
  Drawing drawing(2);
  AddShapes(drawing, 100);
  EXPECT_EQ(drawing.Size(), 100u);
  EXPECT_EQ(drawing.CountCircles(), 34u);
  double expected = 0;
  for (int i = 0; i < 100; ++i) {
    if (i % 3 == 0) expected += std::numbers::pi * (1.0 + i) * (1.0 + i);
    if (i % 3 == 1) expected += (2.0 + i) * 3.0;
    if (i % 3 == 2) expected += 4.0 * (5.0 + i) / 2;
  }
  EXPECT_DOUBLE_EQ(drawing.TotalArea(), expected);
}

TEST(Task4InterfacePatterns, AReusedAddressDoesNotFoolTheTotal) {
  // Twice the same place in memory, other shapes: no total can be remembered.
  for (int side = 1; side <= 3; ++side) {
    Drawing drawing(1);
    drawing.Add(Rectangle{static_cast<double>(side), 2});
    EXPECT_EQ(drawing.TotalArea(), side * 2);
    drawing.Add(Rectangle{1, 1});
    EXPECT_EQ(drawing.TotalArea(), side * 2 + 1);
  }
}

TEST(Task4InterfacePatterns, ShapesLieInOneBlock) {
  const AllocationScope scope;
  Drawing drawing(300);
  EXPECT_EQ(scope.Counts().allocations, 1) << "the room that was asked for";
  AddShapes(drawing, 300);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "a shape of a closed set needs no block of its own";
  EXPECT_EQ(scope.Counts().peak_live_bytes, 300 * 24)
      << "room for the largest kind of shape, and which kind it is";
  RecordProperty("bytes_a_shape",
                 static_cast<int>(scope.Counts().peak_live_bytes / 300));
}

TEST(Task4InterfacePatterns, LookingAtShapesAllocatesNothing) {
  Drawing drawing(300);
  AddShapes(drawing, 300);
  const AllocationScope scope;
  EXPECT_GT(drawing.TotalArea(), 0);
  EXPECT_EQ(drawing.CountCircles(), 100u);
  EXPECT_EQ(scope.Counts().allocations, 0) << "counting needs no list";
}

TEST(Task4InterfacePatterns, RoomForNoShapesTakesNoMemory) {
  const AllocationScope scope;
  const Drawing drawing(0);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(drawing.TotalArea(), 0);
}

}  // namespace
}  // namespace workbook
