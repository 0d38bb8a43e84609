// SPDX-License-Identifier: Apache-2.0

#include "03_04/file_pool.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "exercises/03_04/testing/open_files.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using std::chrono::seconds;

// A pool on a clock that the test moves, and files of its own.
class Task6FilePool : public testing::Test {
 protected:
  FilePool MakePool(std::size_t max_open) {
    return FilePool({.max_open = max_open, .idle_timeout = seconds(60)},
                    [this] { return now_; });
  }
  std::string File(const std::string& name) const { return folder_.File(name); }
  int OpenFiles() const { return OpenFilesBelow(folder_.path()); }

  std::chrono::nanoseconds now_ = seconds(1000);

 private:
  ScratchFolder folder_;
};

TEST_F(Task6FilePool, AppendsToAFileThatItOpensOnce) {
  FilePool pool = MakePool(4);
  for (int i = 0; i < 100; ++i) ASSERT_FALSE(pool.Append(File("log"), "ab"));
  EXPECT_EQ(TextOf(File("log")).size(), 200u);
  RecordGain("files_opened", 100, pool.Statistics().opened);
  RecordProperty("hundred_appends", std::to_string(pool.Statistics().opened));
  EXPECT_EQ(pool.Statistics().opened, 1u);
  EXPECT_EQ(pool.Statistics().reused, 99u);
  EXPECT_EQ(OpenFiles(), 1);
}

TEST_F(Task6FilePool, KeepsWhatWasInTheFile) {
  FilePool pool = MakePool(4);
  ASSERT_FALSE(MakePool(4).Append(File("log"), "old "));
  ASSERT_FALSE(pool.Append(File("log"), "new"));
  EXPECT_EQ(TextOf(File("log")), "old new");
}

TEST_F(Task6FilePool, FollowsAPathThatNamesAnotherFileNow) {
  FilePool pool = MakePool(4);
  ASSERT_FALSE(pool.Append(File("log"), "first"));
  std::filesystem::rename(File("log"), File("log.1"));
  ASSERT_FALSE(pool.Append(File("log"), "second"));
  EXPECT_EQ(TextOf(File("log.1")), "first")
      << "the log was rotated, and the open file is the old one";
  EXPECT_EQ(TextOf(File("log")), "second");
  EXPECT_EQ(pool.Statistics().stale, 1u);
  EXPECT_EQ(pool.Statistics().reused, 0u);
  EXPECT_EQ(OpenFiles(), 1) << "the old one is closed";
}

TEST_F(Task6FilePool, MakesADeletedFileAnew) {
  FilePool pool = MakePool(4);
  ASSERT_FALSE(pool.Append(File("log"), "first"));
  std::filesystem::remove(File("log"));
  ASSERT_FALSE(pool.Append(File("log"), "second"));
  EXPECT_EQ(TextOf(File("log")), "second");
  EXPECT_EQ(OpenFiles(), 1);
}

TEST_F(Task6FilePool, DoesNotKeepAFileWhoseWriteFailed) {
  FilePool pool = MakePool(4);
  EXPECT_EQ(pool.Append("/dev/full", "text"), std::errc::no_space_on_device);
  EXPECT_EQ(pool.Statistics().open, 0u);
  EXPECT_EQ(pool.Statistics().broken, 1u);
  EXPECT_EQ(OpenFilesBelow("/dev/full"), 0)
      << "a broken object goes to the next user";
  EXPECT_EQ(pool.Append("/dev/full", "text"), std::errc::no_space_on_device);
  EXPECT_EQ(pool.Statistics().opened, 2u);
}

TEST_F(Task6FilePool, DoesNotKeepAReusedFileWhoseWriteFails) {
  FilePool pool = MakePool(4);
  ASSERT_FALSE(pool.Append("/dev/full", "")) << "nothing is written yet";
  ASSERT_EQ(pool.Statistics().open, 1u);
  EXPECT_TRUE(pool.Append("/dev/full", "text"));
  EXPECT_EQ(pool.Statistics().reused, 1u);
  EXPECT_EQ(OpenFilesBelow("/dev/full"), 0);
}

TEST_F(Task6FilePool, TellsWhyAFileCanNotBeOpened) {
  FilePool pool = MakePool(1);
  EXPECT_EQ(pool.Append(File("no_folder/log"), "text"),
            std::errc::no_such_file_or_directory);
  EXPECT_EQ(pool.Statistics().open, 0u);
  EXPECT_EQ(pool.Statistics().opened, 0u);
  EXPECT_FALSE(pool.Append(File("log"), "text")) << "the pool goes on";
}

TEST_F(Task6FilePool, ClosesTheFileUsedLeastRecently) {
  FilePool pool = MakePool(3);
  for (const char* const name : {"a", "b", "c", "a", "d"}) {
    ASSERT_FALSE(pool.Append(File(name), "x"));
    EXPECT_LE(OpenFiles(), 3);
  }
  EXPECT_EQ(pool.Statistics().evicted, 1u);
  for (const char* const name : {"a", "c", "d"}) {
    ASSERT_FALSE(pool.Append(File(name), "x"));
  }
  EXPECT_EQ(pool.Statistics().opened, 4u) << "b was the one to close";
  EXPECT_EQ(TextOf(File("a")), "xxx");
}

TEST_F(Task6FilePool, AFullPoolStillUsesWhatIsOpen) {
  FilePool pool = MakePool(1);
  ASSERT_FALSE(pool.Append(File("a"), "x"));
  ASSERT_FALSE(pool.Append(File("a"), "x"));
  EXPECT_EQ(pool.Statistics().opened, 1u);
  EXPECT_EQ(pool.Statistics().evicted, 0u);
}

TEST_F(Task6FilePool, ClosesWhatIsIdleForTooLong) {
  FilePool pool = MakePool(4);
  ASSERT_FALSE(pool.Append(File("old"), "x"));
  ASSERT_FALSE(pool.Append(File("busy"), "x"));
  now_ += seconds(40);
  ASSERT_FALSE(pool.Append(File("busy"), "x"));
  now_ += seconds(19);
  EXPECT_EQ(pool.CloseIdle(), 0u) << "59 seconds are not 60";
  now_ += seconds(1);
  EXPECT_EQ(pool.CloseIdle(), 1u);
  EXPECT_EQ(pool.Statistics().expired, 1u);
  EXPECT_EQ(OpenFiles(), 1) << "busy was used 20 seconds ago";
  now_ += seconds(1000);
  EXPECT_EQ(pool.CloseIdle(), 1u);
  EXPECT_EQ(OpenFiles(), 0);
  ASSERT_FALSE(pool.Append(File("old"), "x"));
  EXPECT_EQ(TextOf(File("old")), "xx");
}

TEST_F(Task6FilePool, ClosesAllFilesInTheEnd) {
  {
    FilePool pool = MakePool(4);
    for (const char* const name : {"a", "b", "c"}) {
      ASSERT_FALSE(pool.Append(File(name), "x"));
    }
    EXPECT_EQ(OpenFiles(), 3);
  }
  EXPECT_EQ(OpenFiles(), 0);
}

}  // namespace
}  // namespace workbook
