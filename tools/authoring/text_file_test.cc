#include "tools/authoring/text_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

TEST(ReplaceTextFile, WritesANewFileAndReplacesAnOldOne) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a.txt";
  EXPECT_EQ(ReplaceTextFile(path, "one\n"), "");
  EXPECT_EQ(ReadTextFile(path), "one\n");
  EXPECT_EQ(ReplaceTextFile(path, "two\n"), "");
  EXPECT_EQ(ReadTextFile(path), "two\n");
  EXPECT_EQ(FileNames(folder.path(), ""), std::vector<std::string>{"a.txt"})
      << "no other file is left behind";
}

TEST(ReplaceTextFile, SaysWhyItCannotWrite) {
  const std::string problem = ReplaceTextFile("/no/such/folder/a.txt", "x");
  EXPECT_NE(problem.find("/no/such/folder/a.txt"), std::string::npos);
}

TEST(ReadTextFile, NothingForWhatIsNoFile) {
  const ScratchFolder folder;
  EXPECT_EQ(ReadTextFile(folder.path() / "missing"), std::nullopt);
  EXPECT_EQ(ReadTextFile(folder.path()), std::nullopt);
}

TEST(FileNames, AreSortedAndOfTheEndingOnly) {
  const ScratchFolder folder;
  for (const char* name : {"b.h", "a.h", "c.cc"}) {
    ReplaceTextFile(folder.path() / name, "");
  }
  std::filesystem::create_directory(folder.path() / "d.h");
  EXPECT_EQ(FileNames(folder.path(), ".h"),
            (std::vector<std::string>{"a.h", "b.h"}));
  EXPECT_TRUE(FileNames(folder.path() / "none", ".h").empty());
}

TEST(LineThatStartsWith, CountsFromOne) {
  EXPECT_EQ(LineThatStartsWith("a\n## b: c\n", "## b"), 2);
  EXPECT_EQ(LineThatStartsWith("a\n ## b\n", "## b"), 0);
}

}  // namespace
}  // namespace workbook
