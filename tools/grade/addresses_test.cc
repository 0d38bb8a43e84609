// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/addresses.h"

#include <gtest/gtest.h>

namespace workbook::grade {
namespace {

TEST(Addresses, AreNumberedInTheOrderOfTheText) {
  EXPECT_EQ(NumberAddresses("Which is: 0x55815e3eddb0\n block 0x7f815e3edab0, "
                            "0x55815e3eddb0"),
            "Which is: address 1\n block address 2, address 1");
}

TEST(Addresses, OfTwoRunsBecomeTheSameWords) {
  EXPECT_EQ(NumberAddresses("0x5577e467dab0 is not 0x7ffd12345678"),
            NumberAddresses("0x55a325dd8ab0 is not 0x7fff00000010"));
}

TEST(Addresses, OtherNumbersStay) {
  for (const char* text :
       {"0x10", "0x123456789abc", "0x55815e3eddb", "0x55815e3eddb01",
        "55815e3eddb0", "0x", "ends with 0x55", "(nullptr)", ""}) {
    EXPECT_EQ(NumberAddresses(text), text);
  }
}

}  // namespace
}  // namespace workbook::grade
