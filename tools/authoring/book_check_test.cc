// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/book_check.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

// What the gate makes of a test.sh with these lines; of none for "".
VerifyReport Check(const std::string& script, bool strict = true) {
  const ScratchFolder scratch;
  if (!script.empty()) {
    const std::filesystem::path folder = scratch.path() / "tools/book/browser";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "test.sh") << "#!/bin/sh\n" << script;
    std::filesystem::permissions(folder / "test.sh",
                                 std::filesystem::perms::owner_all);
  }
  VerifyOptions options;
  options.root = scratch.path();
  options.tick = std::chrono::milliseconds(10);
  GateLog log(options);
  log.Step("the book in a browser");
  CheckBook(scratch.path(), strict, log);
  return log.Finish();
}

TEST(BookCheck, PassesWhereNothingIsFound) {
  EXPECT_EQ(Check("echo progress >&2\n").LastLine(), "1 passed, 0 failed");
}

TEST(BookCheck, EachFindingFails) {
  const VerifyReport report =
      Check("echo 'a.html: is wide. Fix: b'\necho c\nexit 1\n");
  EXPECT_EQ(report.failures,
            (std::vector<std::string>{"a.html: is wide. Fix: b", "c"}));
}

TEST(BookCheck, AMissingBrowserIsAGapAndAFailureIfStrict) {
  const std::string script = "echo 'missing: chromium'\nexit 2\n";
  const VerifyReport reader = Check(script, /*strict=*/false);
  EXPECT_EQ(reader.failed, 0);
  EXPECT_EQ(reader.gaps,
            std::vector<std::string>{"the book in a browser: there is no "
                                     "chromium (./workbook setup --author)"});
  EXPECT_EQ(Check(script).failures,
            std::vector<std::string>{"the book in a browser: there is no "
                                     "chromium. Fix: ./workbook setup "
                                     "--author"});
}

TEST(BookCheck, AScriptThatBreaksFails) {
  EXPECT_EQ(Check("echo why >&2\nexit 1\n").failed, 1);
  EXPECT_EQ(Check("exit 7\n").failed, 1);
}

TEST(BookCheck, WithoutTheScriptThereIsNothingToSay) {
  EXPECT_EQ(Check("").LastLine(), "0 passed, 0 failed");
}

}  // namespace
}  // namespace workbook
