// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/error_lines.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace workbook {
namespace {

TEST(ErrorLines, KeepTheCompilersAndTheLinkersToo) {
  const std::string errors =
      "INFO: x\nERROR: a\na.cc:1:2: error: b\na.cc: undefined reference to c\n"
      "FATAL: d\n";
  EXPECT_EQ(ErrorLines(errors, 9).size(), 4U);
  EXPECT_EQ(ErrorLines(errors, 2),
            (std::vector<std::string>{"ERROR: a", "a.cc:1:2: error: b"}));
  EXPECT_EQ(BazelErrorLines(errors, 9),
            (std::vector<std::string>{"ERROR: a", "FATAL: d"}));
}

}  // namespace
}  // namespace workbook
