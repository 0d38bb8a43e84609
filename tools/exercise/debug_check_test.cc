// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/debug_check.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(DebugCheckDeathTest, NamesThePlaceAndTheBrokenPromise) {
  EXPECT_DEBUG_DEATH(DebugCheck(false, "double free"),
                     "debug_check_test.cc:[0-9]+: double free");
}

TEST(DebugCheck, IsSilentWhenThePromiseHolds) {
  DebugCheck(true, "never printed");
}

}  // namespace
}  // namespace workbook
