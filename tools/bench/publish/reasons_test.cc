// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/reasons.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

constexpr char kReasons[] = R"(
[[reasons]]
exercise = "09_01"
cases = ["pool/pair", "pool/shared"]
peers = ["tcmalloc", "boost::pool"]
title = "no lock"
why = "it has no lock"
)";

TEST(ReadReasons, FindsOneByExerciseCaseAndPeer) {
  const Reasons reasons = ReadReasons(kReasons);
  EXPECT_TRUE(reasons.problems.empty());
  const Reason* const found =
      reasons.Find("09_01", "pool/shared/threads:2", "boost::pool");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->title, "no lock");
  EXPECT_EQ(reasons.Find("09_02", "pool/pair", "tcmalloc"), nullptr);
  EXPECT_EQ(reasons.Find("09_01", "pool/batch", "tcmalloc"), nullptr);
  EXPECT_EQ(reasons.Find("09_01", "pool/pair", "mimalloc"), nullptr);
}

TEST(ReadReasons, SaysWhereAFieldIsMissingOrUnknown) {
  const Reasons reasons =
      ReadReasons("[[reasons]]\nexercise = \"09_01\"\nbecause = \"so\"\n");
  ASSERT_FALSE(reasons.problems.empty());
  EXPECT_TRUE(reasons.problems[0].where.starts_with(kReasonsFile));
  std::string text;
  for (const Problem& problem : reasons.problems) text += problem.Text();
  EXPECT_NE(text.find("because"), std::string::npos) << text;
  EXPECT_NE(text.find("why"), std::string::npos) << text;
}

TEST(ReadReasons, RefusesWhatIsNoToml) {
  EXPECT_EQ(ReadReasons("[[reasons\n").problems.size(), 1u);
}

}  // namespace
}  // namespace workbook
