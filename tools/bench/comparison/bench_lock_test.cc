// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/bench_lock.h"

#include <chrono>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

using std::chrono::seconds;

TEST(BenchLock, IsHeldByOneAtATime) {
  const ScratchFolder folder;
  const auto file = folder.path() / "lock";
  bool waited = false;
  {
    const BenchLock first(file, seconds(0), nullptr);
    EXPECT_TRUE(first.held()) << first.error();
    const BenchLock second(file, seconds(0), nullptr);
    EXPECT_FALSE(second.held());
    EXPECT_NE(second.error().find("another benchmark"), std::string::npos);
    const BenchLock third(file, seconds(1), [&waited] { waited = true; });
    EXPECT_FALSE(third.held());
    EXPECT_TRUE(waited);
  }
  const BenchLock later(file, seconds(0), nullptr);
  EXPECT_TRUE(later.held()) << "the first one is gone";
}

TEST(BenchLock, SaysWhyTheFileCannotBeOpened) {
  const BenchLock lock("/nonexistent/lock", seconds(0), nullptr);
  EXPECT_FALSE(lock.held());
  EXPECT_NE(lock.error().find("/nonexistent/lock"), std::string::npos);
}

}  // namespace
}  // namespace workbook
