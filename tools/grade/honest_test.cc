// SPDX-License-Identifier: Apache-2.0

// Every submission of testdata/honest gets the mark that its code deserves, in
// the real jail: what is odd in it is no attack.
#include <gtest/gtest.h>

#include "tools/grade/sample_grading.h"

namespace workbook::grade {
namespace {

TEST(Rows, ThereAreAtLeastForty) {
  EXPECT_GE(Expectations("honest").size(), 40u);
}

class Honest : public Grading,
               public testing::WithParamInterface<Expectation> {};

TEST_P(Honest, GetsTheMarkThatItsCodeDeserves) {
  ASSERT_EQ(calibration(), "");
  Check(GetParam(), Grade(Read("honest", GetParam().name)));
}

INSTANTIATE_TEST_SUITE_P(Rows, Honest,
                         testing::ValuesIn(Expectations("honest")),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace workbook::grade
