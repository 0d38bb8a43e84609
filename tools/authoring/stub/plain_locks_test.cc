// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/plain_locks.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

const std::string kHeader =
    "#include \"tools/exercise/thread_annotations.h\"\n";

TEST(PlainLocks, PutsTheStandardHeaderInItsPlaceAmongTheOthers) {
  EXPECT_EQ(WithPlainLocks("#include <sched.h>\n\n#include <map>\n"
                           "#include <new>\n\n" +
                           kHeader),
            "#include <sched.h>\n\n#include <map>\n#include <mutex>\n"
            "#include <new>\n\n");
  EXPECT_EQ(WithPlainLocks("#include <map>\n#include <mutex>\n\n" + kHeader),
            "#include <map>\n#include <mutex>\n\n");
}

TEST(PlainLocks, PutsTheStandardLocksInThePlaceOfOurs) {
  const std::string head = "#include <mutex>\n";
  EXPECT_EQ(WithPlainLocks(head + kHeader +
                           "mutable Mutex mutex_;\n"
                           "ForkMutex other_;\n"
                           "const MutexLock lock(mutex_);  // a Mutex\n"),
            head +
                "mutable std::mutex mutex_;\n"
                "ForkMutex other_;\n"
                "const std::lock_guard lock(mutex_);  // a Mutex\n");
}

TEST(PlainLocks, RemovesAnnotationsAndTheSpaceBeforeThem) {
  const std::string head = "#include <mutex>\n";
  EXPECT_EQ(
      WithPlainLocks(head + kHeader +
                     "// REQUIRES: nothing.\n"
                     "int Sum() const REQUIRES(Of(mutex_)) { return 1; }\n"
                     "void Die() NO_THREAD_SAFETY_ANALYSIS;\n"
                     "std::vector<int> sums_\n"
                     "    GUARDED_BY(mutex_){1};\n"),
      head +
          "// REQUIRES: nothing.\n"
          "int Sum() const { return 1; }\n"
          "void Die();\n"
          "std::vector<int> sums_{1};\n");
}

TEST(PlainLocks, AddsNoIncludeWhereTheHeaderWasNone) {
  EXPECT_FALSE(IncludesThreadAnnotations("#include <map>\n"));
  EXPECT_TRUE(IncludesThreadAnnotations(kHeader));
  EXPECT_EQ(WithPlainLocks("#include <map>\nMutex mutex;\n"),
            "#include <map>\nstd::mutex mutex;\n");
}

}  // namespace
}  // namespace workbook
