// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/file_watch.h"

#include <sys/resource.h>

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

using std::chrono::seconds;
using Names = std::vector<std::string>;

class FileWatchTest : public testing::TestWithParam<bool> {
 protected:
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(scratch_.path() / name) << text;
  }
  const ScratchFolder scratch_;
};

TEST_P(FileWatchTest, NamesWhatChangedOnce) {
  Write("pool.cc", "1");
  FileWatch watch(scratch_.path(), GetParam());
  EXPECT_EQ(watch.Changed(), Names());
  Write("pool.cc", "two");
  EXPECT_EQ(watch.Changed(), Names{"pool.cc"});
  EXPECT_EQ(watch.Changed(), Names());
}

TEST_P(FileWatchTest, SeesARenameIntoThePlaceAndADeletedFile) {
  Write("pool.cc", "1");
  FileWatch watch(scratch_.path(), GetParam());
  Write(".pool.cc.swp", "22");
  Write("4913", "");
  Write("pool.cc~", "1");
  EXPECT_EQ(watch.Changed(), Names()) << "an editor's own files";
  std::filesystem::rename(scratch_.path() / ".pool.cc.swp",
                          scratch_.path() / "pool.cc");
  EXPECT_EQ(watch.Changed(), Names{"pool.cc"});
  std::filesystem::remove(scratch_.path() / "pool.cc");
  EXPECT_EQ(watch.Changed(), Names{"pool.cc"});
}

TEST_P(FileWatchTest, WakesForASave) {
  FileWatch watch(scratch_.path(), GetParam());
  Write("pool.cc", "1");
  const auto limit = GetParam() ? seconds(30) : seconds(0);
  EXPECT_TRUE(Wait(watch, -1, -1, limit).file);
}

INSTANTIATE_TEST_SUITE_P(InotifyAndPolling, FileWatchTest, testing::Bool());

TEST(FileWatch, PollsWhereTheFolderCannotBeWatched) {
  FileWatch watch("/nowhere");
  EXPECT_TRUE(watch.polls());
  EXPECT_EQ(watch.Changed(), Names());
}

TEST(FileWatch, PollsWhereInotifyIsUsedUp) {
  const ScratchFolder scratch;
  rlimit before = {};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none = {0, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  FileWatch watch(scratch.path());
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_TRUE(watch.polls());
  std::ofstream(scratch.path() / "pool.cc") << "1";
  EXPECT_TRUE(Wait(watch, -1, -1, std::chrono::milliseconds(0)).file);
  EXPECT_EQ(watch.Changed(), Names{"pool.cc"});
}

}  // namespace
}  // namespace workbook::cli
