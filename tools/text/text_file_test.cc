// SPDX-License-Identifier: Apache-2.0

#include "tools/text/text_file.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

TEST(ReplaceTextFile, WritesANewFileAndReplacesAnOldOne) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a.txt";
  EXPECT_FALSE(ReplaceTextFile(path, "one\n"));
  EXPECT_EQ(ReadTextFile(path), "one\n");
  EXPECT_FALSE(ReplaceTextFile(path, "two\n"));
  EXPECT_EQ(ReadTextFile(path), "two\n");
  EXPECT_EQ(FileNames(folder.path(), ""), std::vector<std::string>{"a.txt"})
      << "no other file is left behind";
}

TEST(ReplaceTextFile, KeepsEveryByte) {
  const ScratchFolder folder;
  const std::string bytes("\0\r\n\xFF end", 8);
  EXPECT_FALSE(ReplaceTextFile(folder.path() / "a", bytes));
  EXPECT_EQ(ReadTextFile(folder.path() / "a"), bytes);
}

TEST(ReplaceTextFile, LetsOthersReadTheFile) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a";
  EXPECT_FALSE(ReplaceTextFile(path, "x"));
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms{0644});
}

TEST(ReplaceTextFile, SaysWhyItCannotWrite) {
  EXPECT_EQ(ReplaceTextFile("/no/such/folder/a.txt", "x"),
            std::errc::no_such_file_or_directory);
}

TEST(ReplaceTextFile, LeavesNothingBehindWhenItFails) {
  const ScratchFolder folder;
  std::filesystem::create_directories(folder.path() / "taken" / "inside");
  EXPECT_EQ(ReplaceTextFile(folder.path() / "taken", "x"),
            std::errc::is_a_directory);
  EXPECT_TRUE(FileNames(folder.path(), "").empty());
}

TEST(ReadTextFile, ReadsFilesOfEverySize) {
  const ScratchFolder folder;
  const auto path = folder.path() / "text";
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 300'000U}) {
    std::string text(size, 'x');
    if (size > 0) text.back() = 'y';
    ASSERT_FALSE(ReplaceTextFile(path, text));
    EXPECT_EQ(ReadTextFile(path), text) << size << " bytes";
  }
  EXPECT_NE(ReadTextFile("/proc/self/status").value_or(""), "")
      << "its size is said to be 0";
}

TEST(ReadTextFile, NothingForWhatIsNoFile) {
  const ScratchFolder folder;
  EXPECT_EQ(ReadTextFile(folder.path() / "missing"), std::nullopt);
  EXPECT_EQ(ReadTextFile(folder.path()), std::nullopt);
}

TEST(SplitLines, TakesALastLineWithoutAnEnd) {
  using Lines = std::vector<std::string_view>;
  EXPECT_EQ(SplitLines("a\n\nb"), (Lines{"a", "", "b"}));
  EXPECT_EQ(SplitLines("a\nb\n"), (Lines{"a", "b"}));
  EXPECT_EQ(SplitLines(""), Lines{});
}

TEST(Lower, ChangesAsciiLettersOnly) {
  EXPECT_EQ(Lower("01_02 Pools, Ä"), "01_02 pools, Ä");
  EXPECT_EQ(Lower(""), "");
}

TEST(TrimSpace, TakesOffWhatIsAroundOnly) {
  EXPECT_EQ(TrimSpace(" \ta b\r\n"), "a b");
  EXPECT_EQ(TrimSpace(" \n"), "");
}

TEST(LineThatStartsWith, CountsFromOne) {
  EXPECT_EQ(LineThatStartsWith("a\n## b: c\n", "## b"), 2);
  EXPECT_EQ(LineThatStartsWith("a\n ## b\n", "## b"), 0);
}

TEST(FileNames, AreSortedAndOfTheEndingOnly) {
  const ScratchFolder folder;
  for (const char* name : {"b.h", "a.h", "c.cc"}) {
    EXPECT_FALSE(ReplaceTextFile(folder.path() / name, ""));
  }
  std::filesystem::create_directory(folder.path() / "d.h");
  EXPECT_EQ(FileNames(folder.path(), ".h"),
            (std::vector<std::string>{"a.h", "b.h"}));
  EXPECT_TRUE(FileNames(folder.path() / "none", ".h").empty());
}

TEST(PiecesEndedBy, LeavesOutWhatNothingEnds) {
  const std::vector<std::string> pieces = {"a b", "", "c"};
  EXPECT_EQ(PiecesEndedBy(',', "a b,,c,rest"), pieces);
  EXPECT_EQ(PiecesEndedBy('\0', {"a b\0\0c\0", 7}), pieces);
  EXPECT_TRUE(PiecesEndedBy(',', "rest").empty());
}

}  // namespace
}  // namespace workbook
