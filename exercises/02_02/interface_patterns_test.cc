// SPDX-License-Identifier: Apache-2.0

#include "02_02/interface_patterns.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

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

TEST(Task5InterfacePatterns, AreasAddUp) {
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

TEST(Task5InterfacePatterns, MoreShapesThanExpectedAreKept) {
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

TEST(Task5InterfacePatterns, AReusedAddressDoesNotFoolTheTotal) {
  // Twice the same place in memory, other shapes: no total can be remembered.
  for (int side = 1; side <= 3; ++side) {
    Drawing drawing(1);
    drawing.Add(Rectangle{static_cast<double>(side), 2});
    EXPECT_EQ(drawing.TotalArea(), side * 2);
    drawing.Add(Rectangle{1, 1});
    EXPECT_EQ(drawing.TotalArea(), side * 2 + 1);
  }
}

TEST(Task5InterfacePatterns, ShapesLieInOneBlock) {
  const AllocationScope scope;
  Drawing drawing(300);
  EXPECT_EQ(scope.Counts().allocations, 1) << "the room that was asked for";
  AddShapes(drawing, 300);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "a shape of a closed set needs no block of its own";
  EXPECT_EQ(scope.Counts().peak_live_bytes, 300 * 24)
      << "two doubles and the kind: 24 bytes a shape";
}

TEST(Task5InterfacePatterns, LookingAtShapesAllocatesNothing) {
  Drawing drawing(300);
  AddShapes(drawing, 300);
  const AllocationScope scope;
  EXPECT_GT(drawing.TotalArea(), 0);
  EXPECT_EQ(drawing.CountCircles(), 100u);
  EXPECT_EQ(scope.Counts().allocations, 0) << "counting needs no list";
}

TEST(Task5InterfacePatterns, ActionsRunOnceAndInOrder) {
  ActionQueue queue(4);
  std::string log;
  queue.Push([&log] { log += "a"; });
  queue.Push([&log] { log += "b"; });
  EXPECT_EQ(queue.Size(), 2u);
  queue.RunAll();
  EXPECT_EQ(log, "ab");
  EXPECT_EQ(queue.Size(), 0u);
  queue.RunAll();
  EXPECT_EQ(log, "ab") << "an action runs once";
  queue.Push([&log] { log += "c"; });
  queue.RunAll();
  EXPECT_EQ(log, "abc") << "the queue is usable again";
}

TEST(Task5InterfacePatterns, ActionsThatOwnThingsLetThemGo) {
  auto owned = std::make_shared<int>(5);
  {
    ActionQueue queue(2);
    int seen = 0;
    queue.Push([owned, &seen] { seen = *owned; });
    EXPECT_EQ(owned.use_count(), 2);
    queue.RunAll();
    EXPECT_EQ(seen, 5);
    EXPECT_EQ(owned.use_count(), 1) << "an action that ran is destroyed";
    queue.Push([owned] {});
  }
  EXPECT_EQ(owned.use_count(), 1) << "the queue destroys what did not run";
}

TEST(Task5InterfacePatterns, AnActionMayPushMore) {
  ActionQueue queue(1);
  std::string log;
  queue.Push([&] {
    log += "1";
    for (int i = 0; i < 10; ++i) queue.Push([&log] { log += "x"; });
    log += "2";
  });
  queue.RunAll();
  EXPECT_EQ(log, "12xxxxxxxxxx");
  EXPECT_EQ(queue.Size(), 0u);
}

TEST(Task5InterfacePatterns, AnActionThatThrowsIsForgottenAndTheRestStays) {
  ActionQueue queue(4);
  std::string log;
  queue.Push([&log] { log += "a"; });
  queue.Push([] { throw std::runtime_error("broken action"); });
  queue.Push([&log] { log += "c"; });
  EXPECT_THROW(queue.RunAll(), std::runtime_error);
  EXPECT_EQ(log, "a");
  EXPECT_EQ(queue.Size(), 1u);
  queue.RunAll();
  EXPECT_EQ(log, "ac");
}

TEST(Task5InterfacePatterns, SmallActionsAllocateNothing) {
  std::array<std::uint64_t, 5> payload = {1, 2, 3, 4, 5};
  std::uint64_t sum = 0;
  const AllocationScope scope;
  ActionQueue queue(100);
  EXPECT_EQ(scope.Counts().allocations, 1);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) {
      queue.Push([payload, &sum] { sum += payload[4]; });  // 48 bytes
    }
    queue.RunAll();
  }
  EXPECT_EQ(sum, 1500u);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "48 bytes of callable have room in the queue's own block";
}

TEST(Task5InterfacePatterns, LargeActionsStillRun) {
  std::array<std::uint64_t, 32> payload{};
  payload[31] = 9;
  std::uint64_t seen = 0;
  ActionQueue queue(1);
  queue.Push([payload, &seen] { seen = payload[31]; });
  queue.RunAll();
  EXPECT_EQ(seen, 9u);
}

}  // namespace
}  // namespace workbook
