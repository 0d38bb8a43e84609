// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/test_log.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(ParseTestLog, FindsTheTestThatWasRunning) {
  const TestLog log = ParseTestLog(
      "[ RUN      ] S.First\n[       OK ] S.First (0 ms)\n"
      "[ RUN      ] S.Second\nfile.cc:7: double free: it is in the pool\n");
  EXPECT_EQ(log.running_test, "S.Second");
  EXPECT_EQ(log.passed, std::vector<std::string>{"S.First"});
  EXPECT_EQ(log.last_words, "file.cc:7: double free: it is in the pool");
}

TEST(ParseTestLog, FindsNoRunningTestAfterTheLastOne) {
  const TestLog log =
      ParseTestLog("[ RUN      ] S.First\n[  FAILED  ] S.First (0 ms)\nbye\n");
  EXPECT_EQ(log.running_test, "");
  EXPECT_EQ(log.last_words, "");
}

TEST(ParseTestLog, PrefersTheLineThatSaysWhy) {
  EXPECT_EQ(ParseTestLog("[ RUN      ] S.A\nhello\n"
                         "==1==ERROR: AddressSanitizer: heap-use-after-free\n"
                         "    #0 0x1 in f\n")
                .last_words,
            "==1==ERROR: AddressSanitizer: heap-use-after-free");
  EXPECT_EQ(ParseTestLog("[ RUN      ] S.A\n"
                         "terminate called after throwing an instance of 'X'\n"
                         "  what():  out of blocks\n")
                .last_words,
            "an exception was not caught, X: out of blocks")
      << "its type and what it says";
}

TEST(ParseTestLog, KeepsWhatFailedBeforeACrash) {
  const TestLog log = ParseTestLog(
      "[ RUN      ] S.First\nfile.cc:7: Failure\nFailed\nwhy\n\n"
      "file.cc:9: Failure\nFailed\nmore\n\n[  FAILED  ] S.First (0 ms)\n"
      "[ RUN      ] S.Second\nunknown file: Failure\nC++ exception with "
      "description \"x\" thrown in the test body.\n"
      "[  FAILED  ] S.Second (0 ms)\n[ RUN      ] S.Third\n");
  EXPECT_EQ(log.running_test, "S.Third");
  ASSERT_EQ(log.failed.size(), 2u);
  EXPECT_EQ(log.failed[0].test, "S.First");
  EXPECT_EQ(log.failed[0].failure, "file.cc:7\nFailed\nwhy\n");
  EXPECT_EQ(log.failed[1].failure,
            "unknown file\nC++ exception with description \"x\" thrown in "
            "the test body.");
}

}  // namespace
}  // namespace workbook::cli
