// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/todo.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(Todo, NamesThePlaceAndWhoseWorkItIs) {
  try {
    Todo("01_02 task 1: FixedSizePool::Allocate");
  } catch (const TodoError& error) {
    EXPECT_STREQ(error.what(),
                 "01_02 task 1: FixedSizePool::Allocate is yours to write");
  }
}

}  // namespace
}  // namespace workbook
