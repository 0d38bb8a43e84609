#include "09_09/ring.h"

#include <gtest/gtest.h>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task1Ring, SumsWhatWasPushed) {
  Ring ring(4);
  for (int i = 1; i <= 3; ++i) ring.Push(i);
  EXPECT_EQ(ring.Sum(), 6);
}

TEST(Task1Ring, KeepsOnlyTheLast) {
  Ring ring(2);
  for (int i = 1; i <= 5; ++i) ring.Push(i);
  EXPECT_EQ(ring.Sum(), 9);
  EXPECT_EQ(ring.Size(), 2u);
}

TEST(Task1Ring, AllocatesOnce) {
  const AllocationScope scope;
  Ring ring(1000);
  int sum = 0;
  for (int i = 0; i < 3000; ++i) ring.Push(i & 1);
  for (int i = 0; i < 10; ++i) sum += ring.Sum();
  EXPECT_EQ(sum, 5000);
  EXPECT_EQ(scope.Counts().allocations, 1);
}

}  // namespace
}  // namespace workbook
