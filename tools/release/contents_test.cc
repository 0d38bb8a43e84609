// SPDX-License-Identifier: Apache-2.0

#include "tools/release/contents.h"

#include "gtest/gtest.h"

namespace workbook::release {
namespace {

Contents Read(const char* text) {
  static const Exercise exercise = [] {
    Exercise made;
    made.id = "01_02";
    made.chapter = "01_allocators";
    return made;
  }();
  return Contents(text, {&exercise});
}

TEST(Contents, AllowWhatALineNamesAndNothingElse) {
  const Contents contents = Read("WORKSPACE  # the root\ntools/text/*.cc\n");
  EXPECT_TRUE(contents.Allows("WORKSPACE"));
  EXPECT_TRUE(contents.Allows("tools/text/a.cc"));
  EXPECT_FALSE(contents.Allows("tools/text/a.h"));
  EXPECT_FALSE(contents.Allows("tools/text/deep/a.cc"));
  EXPECT_FALSE(contents.Allows("solutions/01_02/pool.cc"));
}

TEST(Contents, TwoStarsAreAllThatIsBelow) {
  const Contents contents = Read("third_party/**\n");
  EXPECT_TRUE(contents.Allows("third_party/a/b/c"));
  EXPECT_FALSE(contents.Allows("third_party_too/a"));
}

TEST(Contents, NamesInBracesAreThoseOfTheReleasedExercises) {
  const Contents contents =
      Read("exercises/{id}/*.h\nchapters/{chapter}/{id}.md\n");
  EXPECT_TRUE(contents.Allows("exercises/01_02/pool.h"));
  EXPECT_FALSE(contents.Allows("exercises/01_03/pool.h"));
  EXPECT_TRUE(contents.Allows("chapters/01_allocators/01_02.md"));
  EXPECT_FALSE(contents.Allows("chapters/01_allocators/01_03.md"));
}

TEST(Contents, AMarkKeepsAtHomeWhateverElseLetsItIn) {
  for (const char* text : {"a/*\n!a/b.cc\n", "!a/b.cc\na/*\n"}) {
    const Contents contents = Read(text);
    EXPECT_TRUE(contents.Allows("a/c.cc"));
    EXPECT_FALSE(contents.Allows("a/b.cc"));
  }
}

TEST(Contents, ALineThatFitsNothingIsToldButForThoseOfExercises) {
  const Contents contents = Read("a/*\n!a/gone.cc\nb/**\nc/{id}/x\n");
  const std::vector<std::string> unused = contents.Unused({"a/b.cc"});
  EXPECT_EQ(unused, (std::vector<std::string>{"a/gone.cc", "b/**"}));
}

TEST(Contents, AFileOfAnExerciseIsLetInOrKeptAtHomeByALine) {
  const Contents contents =
      Read("exercises/{id}/*.h\n!exercises/{id}/draft.txt\n");
  EXPECT_EQ(
      contents.Undecided({"exercises/01_02/pool.h", "exercises/01_02/draft.txt",
                          "exercises/01_02/given/data.S", "tools/new.cc",
                          "exercises/01_03/data.S"}),
      (std::vector<std::string>{"exercises/01_02/given/data.S"}));
}

}  // namespace
}  // namespace workbook::release
