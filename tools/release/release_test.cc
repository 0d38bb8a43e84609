// SPDX-License-Identifier: Apache-2.0

// Whole releases of the sample course, without a build.
#include "tools/release/release.h"

#include <sys/stat.h>

#include <map>
#include <string>

#include "gtest/gtest.h"
#include "tools/course/course.h"
#include "tools/process/process.h"
#include "tools/release/dead_links.h"
#include "tools/release/sample_release.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

using ReleaseTest = SampleRelease;

// Contents, modes and times.
std::map<std::string, std::string> Tree(const fs::path& folder) {
  std::map<std::string, std::string> tree;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    struct stat info {};
    stat(entry.path().c_str(), &info);
    tree[entry.path().lexically_relative(folder)] =
        ReadTextFile(entry.path()).value() + std::to_string(info.st_mode) +
        " " + std::to_string(info.st_mtime);
  }
  return tree;
}

TEST_F(ReleaseTest, HoldsStubsPagesAndAListOfItsFiles) {
  const ReleaseResult result = Run(out_);
  ASSERT_TRUE(result.Ok()) << said_;
  const std::string stub =
      ReadTextFile(out_ / "exercises/01_01/counter.h").value();
  EXPECT_NE(stub.find("Todo("), std::string::npos);
  EXPECT_EQ(ReadTextFile(out_ / "pristine/01_01/counter.h"), stub);
  EXPECT_FALSE(fs::exists(out_ / "solutions"));
  EXPECT_FALSE(fs::exists(out_ / ".git"));
  EXPECT_FALSE(fs::exists(out_.string() + ".partial"));
  EXPECT_NE(ReadTextFile(out_ / "README.md")->find("| 5 | 5 | 2 |\n"),
            std::string::npos)
      << "core minutes, deep minutes, tasks";
  EXPECT_NE(ReadTextFile(out_ / "README.md")->find("| [01_01]("),
            std::string::npos);
  const std::string list = ReadTextFile(out_ / "RELEASE.txt").value();
  EXPECT_NE(list.find(Sha256(stub) + "  exercises/01_01/counter.h\n"),
            std::string::npos);
  ProcessOptions options;
  options.working_directory = out_.string();
  EXPECT_TRUE(RunProcess({"sha256sum", "-c", "--quiet", "RELEASE.txt"}, options)
                  .ExitedWith(0));
}

TEST_F(ReleaseTest, IsTheSameBytesForTheSameCommit) {
  ASSERT_TRUE(Run(out_).Ok());
  const mode_t before = umask(077);
  const bool again = Run(place_.path() / "again").Ok();
  umask(before);
  ASSERT_TRUE(again);
  EXPECT_EQ(Tree(out_), Tree(place_.path() / "again"));
}

TEST_F(ReleaseTest, TakesTheCommitAndSaysWhatWasChangedSince) {
  course_.Write("exercises/01_01/counter.h", "mine\n");
  course_.Write("exercises/01_01/untracked.cc", "secret\n");
  ASSERT_TRUE(Run(out_).Ok());
  EXPECT_NE(said_.find("1 changed file is not used"), std::string::npos)
      << said_;
  EXPECT_NE(ReadTextFile(out_ / "exercises/01_01/counter.h")->find("Todo("),
            std::string::npos);
  EXPECT_FALSE(fs::exists(out_ / "exercises/01_01/untracked.cc"));
}

TEST_F(ReleaseTest, MakesStubsAnewEvenWhereTheCommitHoldsAnEditedOne) {
  course_.Write("exercises/01_01/counter.h", "committed by mistake\n");
  Commit();
  ASSERT_TRUE(Run(out_).Ok());
  EXPECT_NE(ReadTextFile(out_ / "exercises/01_01/counter.h")->find("Todo("),
            std::string::npos);
}

TEST_F(ReleaseTest, MakesLinksToWhatStaysAtHomePlainWords) {
  course_.Write("exercises/01_01/README.md",
                "See the [notes](../../solutions/01_01/NOTES.md), [hints]"
                "(hints.md), [site](https://x.org).\n");
  Commit();
  ASSERT_TRUE(Run(out_).Ok());
  EXPECT_EQ(ReadTextFile(out_ / "exercises/01_01/README.md"),
            "See the notes, [hints](hints.md), [site](https://x.org).\n");
}

TEST_F(ReleaseTest, EachRelativeLinkOfEachPageResolves) {
  course_.Write("exercises/01_01/README.md",
                "[page](../../chapters/01_counters/01_01.md#1-a) [old](gone.md)"
                " ![gone](gone.svg)\n[notes](../../solutions/01_01/NOTES.md)\n"
                "```md\n[code](gone.md)\n```\n");
  Commit();
  ASSERT_TRUE(Run(out_).Ok()) << said_;
  EXPECT_TRUE(DeadLinks(out_).empty());
  EXPECT_EQ(ReadTextFile(out_ / "exercises/01_01/README.md"),
            "[page](../../chapters/01_counters/01_01.md#1-a) old \nnotes\n"
            "```md\n[code](gone.md)\n```\n");
}

TEST_F(ReleaseTest, CodeOfAListIsNoLink) {
  const std::string text =
      "1. A call.\n2. ```cpp\n   f = a[](gone);\n   ```\n"
      "3. `operator[](gone)` and operator[](int i)\n";
  course_.Write("exercises/01_01/README.md", text);
  Commit();
  ASSERT_TRUE(Run(out_).Ok()) << said_;
  EXPECT_EQ(ReadTextFile(out_ / "exercises/01_01/README.md"), text);
}

TEST_F(ReleaseTest, RefusesALinkOfAnotherFormThatLeadsNowhere) {
  for (const std::string link : {"[notes]: gone.md", "<img src=\"gone.svg\">",
                                 "<a href=\"gone.md\">", "[[1]](gone.md)"}) {
    course_.Write("exercises/01_01/README.md", "# 01_01\n\n" + link + "\n");
    Commit();
    ExpectProblem(out_, "a link of the copy leads nowhere: gone.");
  }
}

TEST_F(ReleaseTest, DoesNotSayWhereAPagesCodeAndFiguresComeFrom) {
  course_.Write(
      "chapters/01_counters/01_01.md",
      "# P\n\n<!-- code: solutions/01_01/mutants/pair.first_only.patch#F -->\n"
      "```cpp\nf();\n```\nIt takes <!-- figure: a.json#b/c#d -->7<!-- end --> "
      "ns.\n```md\n<!-- table: a.md#b -->\n```\n");
  Commit();
  const ReleaseResult result = Run(out_);
  for (const auto& problem : result.problems) ADD_FAILURE() << problem.what;
  EXPECT_EQ(ReadTextFile(out_ / "chapters/01_counters/01_01.md"),
            "# P\n\n```cpp\nf();\n```\nIt takes 7 ns.\n```md\n"
            "<!-- table: a.md#b -->\n```\n");
}

TEST_F(ReleaseTest, HoldsOnlyTheExercisesThatAreNamed) {
  for (const fs::path folder : {"exercises", "solutions"}) {
    const fs::path first = course_.root() / folder / "01_01";
    for (const auto& entry : fs::directory_iterator(first)) {
      if (!entry.is_regular_file()) continue;
      std::string text = ReadTextFile(entry.path()).value();
      for (std::size_t at; (at = text.find("01_01")) != std::string::npos;) {
        text.replace(at, 5, "01_02");
      }
      course_.Write(folder / "01_02" / entry.path().filename(), text);
    }
  }
  course_.Write("chapters/01_counters/01_02.md", "# A page\n");
  Commit();
  ASSERT_TRUE(Run(place_.path() / "both").Ok()) << said_;
  const Course both = LoadCourse(place_.path() / "both").course;
  ASSERT_EQ(both.exercises.size(), 2u);
  EXPECT_EQ(both.exercises[0].id, "01_02") << "the way holds there, too";
  ASSERT_TRUE(Run(out_, {"01_02"}).Ok()) << said_;
  EXPECT_TRUE(fs::exists(out_ / "exercises/01_02/counter.h"));
  EXPECT_TRUE(fs::exists(out_ / "pristine/01_02/counter.h"));
  EXPECT_TRUE(fs::exists(out_ / "exercises/way.toml"));
  EXPECT_FALSE(fs::exists(out_ / "exercises/01_01"));
  EXPECT_FALSE(fs::exists(out_ / "pristine/01_01"));
  EXPECT_FALSE(fs::exists(out_ / "chapters/01_counters/01_01.md"));
  const std::string readme = ReadTextFile(out_ / "README.md").value();
  EXPECT_NE(readme.find("01_02"), std::string::npos);
  EXPECT_EQ(readme.find("01_01"), std::string::npos);
}

}  // namespace
}  // namespace workbook::release
