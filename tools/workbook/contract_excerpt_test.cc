// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/contract_excerpt.h"

#include <string>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

// The longest contract of the course.
constexpr char kAdvise[] =
    "Advises whether to pool the objects of `workload`. The first reason that "
    "holds is the one that is told: - kExhaustsResource: idle and busy objects "
    "together hold more of the resource than there is, so some objects can't "
    "be made. - kSaturatesLock: the lock would be held all the time or longer. "
    "- kSavesNothing: saved_ns is not more than the error of the measurement. "
    "max_idle is the most idle objects whose memory is not more than "
    "worth_bytes. It is 0 for the second and the third reason.";

TEST(ExcerptOf, IsTheSentenceThatNamesWhatFailed) {
  const ContractExcerpt excerpt =
      ExcerptOf(kAdvise, "Task4PoolingAdvisor.NamesTheBound",
                "advice.max_idle should equal 40; yours is 41, expected 40");
  EXPECT_EQ(excerpt.text,
            "... max_idle is the most idle objects whose memory is not more "
            "than worth_bytes.");
  EXPECT_FALSE(excerpt.is_whole);
}

TEST(ExcerptOf, IsTheItemOfAListThatTheTestIsNamedAfter) {
  EXPECT_EQ(ExcerptOf(kAdvise, "Task4PoolingAdvisor.ALockThatIsHeldAllTheTime",
                      "expected false of advice.pool, but it is true")
                .text,
            "... - kSaturatesLock: the lock would be held all the time or "
            "longer.");
}

TEST(ExcerptOf, IsTheFirstTwoWhereNoneSpeaksOfIt) {
  const ContractExcerpt excerpt =
      ExcerptOf(kAdvise, "Task4PoolingAdvisor.Works", "expected 1, but x is 2");
  EXPECT_EQ(excerpt.text,
            "Advises whether to pool the objects of `workload`. The first "
            "reason that holds is the one that is told:");
  EXPECT_FALSE(excerpt.is_whole);
}

TEST(ExcerptOf, AShortContractIsWhole) {
  const std::string text = "Returns a block. It is aligned. It is yours.";
  const ContractExcerpt excerpt = ExcerptOf(text, "Pool.IsAligned", "");
  EXPECT_EQ(excerpt.text, text);
  EXPECT_TRUE(excerpt.is_whole);
}

}  // namespace
}  // namespace workbook::cli
