// SPDX-License-Identifier: Apache-2.0

#include "tools/course/manifest.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

const std::string kGood =
    "id = \"01_02\"\n"                     // 1
    "title = \"Memory pools\"\n"           // 2
    "chapter = \"01_allocators\"\n"        // 3
    "# a comment\n"                        // 4
    "kind = \"build\"\n"                   // 5
    "prerequisites = [\"01_01\"]\n"        // 6
    "\n"                                   // 7
    "[[tasks]]\n"                          // 8
    "title = \"A pool\"\n"                 // 9
    "files = [\"pool.h\", \"pool.cc\"]\n"  // 10
    "test = \"pool_test\"\n"               // 11
    "level = \"core\"\n"                   // 12
    "minutes = 45\n"                       // 13
    "\n"                                   // 14
    "[[tasks]]\n"                          // 15
    "title = \"A stack\"\n"                // 16
    "files = [\"stack.h\"]\n"              // 17
    "test = \"stack_test\"\n"              // 18
    "level = \"deep\"\n"                   // 19
    "minutes = 30\n"                       // 20
    "\n"                                   // 21
    "[[targets]]\n"                        // 22
    "case = \"pool/batch\"\n"              // 23
    "at_least = 5.0\n";                    // 24

// The good manifest with `from` replaced by `to`.
std::string With(const std::string& from, const std::string& to) {
  std::string text = kGood;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// Refused with exactly one problem, at this line and field.
void ExpectRefused(const std::string& text, int line, const std::string& field,
                   const std::string& what, const std::string& fix) {
  const ManifestResult result = ParseManifest(text, "01_02");
  EXPECT_FALSE(result.exercise.has_value()) << text;
  ASSERT_EQ(result.problems.size(), 1U) << text;
  const Problem& problem = result.problems[0];
  EXPECT_EQ(problem.where,
            ProblemIn("exercises/01_02/exercise.toml", line, "", "", "").where);
  EXPECT_TRUE(problem.what.starts_with(field)) << problem.Text();
  EXPECT_NE(problem.what.find(what), std::string::npos) << problem.Text();
  EXPECT_NE(problem.next.find(fix), std::string::npos) << problem.Text();
}

TEST(ParseManifest, ReadsEveryField) {
  const ManifestResult result = ParseManifest(kGood, "01_02");
  ASSERT_TRUE(result.exercise.has_value())
      << (result.problems.empty() ? "" : result.problems[0].Text());
  EXPECT_TRUE(result.problems.empty());
  const Exercise& exercise = *result.exercise;
  EXPECT_EQ(exercise.id, "01_02");
  EXPECT_EQ(exercise.title, "Memory pools");
  EXPECT_EQ(exercise.chapter, "01_allocators");
  EXPECT_EQ(exercise.kind, Kind::kBuild);
  EXPECT_EQ(exercise.prerequisites, std::vector<std::string>{"01_01"});
  ASSERT_EQ(exercise.tasks.size(), 2U);
  EXPECT_EQ(exercise.tasks[0].number, 1);
  EXPECT_EQ(exercise.tasks[0].title, "A pool");
  EXPECT_EQ(exercise.tasks[0].files,
            (std::vector<std::string>{"pool.h", "pool.cc"}));
  EXPECT_EQ(exercise.tasks[0].test, "pool_test");
  EXPECT_EQ(exercise.tasks[0].Stem(), "pool");
  EXPECT_EQ(exercise.tasks[0].line, 8);
  EXPECT_EQ(exercise.tasks[0].level, Level::kCore);
  EXPECT_EQ(exercise.tasks[0].minutes, 45);
  EXPECT_EQ(exercise.tasks[1].number, 2);
  EXPECT_EQ(exercise.tasks[1].level, Level::kDeep);
  EXPECT_EQ(exercise.tasks[1].minutes, 30);
  ASSERT_EQ(exercise.targets.size(), 1U);
  EXPECT_EQ(exercise.targets[0].case_name, "pool/batch");
  EXPECT_EQ(exercise.targets[0].at_least, 5.0);
}

TEST(ParseManifest, KnowsThePlaces) {
  const Exercise exercise = *ParseManifest(kGood, "01_02").exercise;
  EXPECT_EQ(exercise.folder, "exercises/01_02");
  EXPECT_EQ(exercise.solution_folder, "solutions/01_02");
  EXPECT_EQ(exercise.hints, "exercises/01_02/hints.md");
  EXPECT_EQ(exercise.readme, "exercises/01_02/README.md");
  EXPECT_EQ(exercise.page, "chapters/01_allocators/01_02.md");
  EXPECT_EQ(exercise.TestLabel(exercise.tasks[0]),
            "//exercises/01_02:pool_test");
  EXPECT_EQ(exercise.ReferenceTestLabel(exercise.tasks[0]),
            "//solutions/01_02:pool_test");
}

TEST(ParseManifest, TargetsMayBeAbsentAndRatiosIntegers) {
  EXPECT_TRUE(ParseManifest(kGood.substr(0, kGood.find("[[targets]]")), "01_02")
                  .exercise.has_value());
  EXPECT_EQ(
      ParseManifest(With("5.0", "5"), "01_02").exercise->targets[0].at_least,
      5.0);
}

TEST(ParseManifest, ReadsAnExerciseToImprove) {
  EXPECT_EQ(
      ParseManifest(With("\"build\"", "\"improve\""), "01_02").exercise->kind,
      Kind::kImprove);
}

TEST(ParseManifest, RefusesWhatIsNotToml) {
  ExpectRefused(With("minutes = 45", "minutes = "), 13, "", "is not TOML",
                "correct the line");
  ExpectRefused(With("title = \"A pool\"", "title = \"A pool"), 9, "",
                "is not TOML", "correct the line");
  ExpectRefused(With("kind", "id"), 5, "", "is not TOML", "correct the line");
}

TEST(ParseManifest, RefusesAMissingField) {
  ExpectRefused(With("title = \"Memory pools\"\n", ""), 1, "title",
                "is missing", "`title = \"...\"`");
  ExpectRefused(With("prerequisites = [\"01_01\"]\n", ""), 1, "prerequisites",
                "is missing", "add a line");
  ExpectRefused(With("test = \"stack_test\"\n", ""), 15, "tasks[2].test",
                "is missing", "add a line");
  ExpectRefused(With("level = \"core\"\n", ""), 8, "tasks[1].level",
                "is missing", "add a line");
  ExpectRefused(With("minutes = 30\n", ""), 15, "tasks[2].minutes",
                "is missing", "`minutes = 60`");
  ExpectRefused(With("at_least = 5.0\n", ""), 22, "targets[1].at_least",
                "is missing", "add a line");
  ExpectRefused(kGood.substr(0, kGood.find("[[tasks]]")), 1, "tasks",
                "is missing", "[[tasks]]");
}

TEST(ParseManifest, RefusesAnUnknownFieldWithTheNearestOne) {
  ExpectRefused(kGood + "at_leest = 3\n", 25, "targets[1].at_leest",
                "is not a field", "did you mean `at_least`?");
  ExpectRefused("difficulty = 3\n" + kGood, 1, "difficulty", "is not a field",
                "remove it");
  ExpectRefused(With("# a comment", "minutes = 3"), 4, "minutes",
                "is not a field", "remove it");
}

TEST(ParseManifest, RefusesAWrongType) {
  ExpectRefused(With("\"Memory pools\"", "7"), 2, "title", "is an integer",
                "a string");
  ExpectRefused(With("[\"01_01\"]", "\"01_01\""), 6, "prerequisites",
                "is a string", "an array");
  ExpectRefused(With("[\"01_01\"]", "[1]"), 6, "prerequisites",
                "holds an integer", "an array of strings");
  ExpectRefused(With("5.0", "\"5\""), 24, "targets[1].at_least", "is a string",
                "a number");
  ExpectRefused(With("[[targets]]", "[targets]"), 22, "targets", "is a table",
                "[[targets]]");
  ExpectRefused(With("45", "\"45\""), 13, "tasks[1].minutes", "is a string",
                "an integer");
  ExpectRefused(With("\"core\"", "1"), 12, "tasks[1].level", "is an integer",
                "a string");
}

TEST(ParseManifest, RefusesAnIdThatIsNotItsFolder) {
  ExpectRefused(With("\"01_02\"", "\"01_03\""), 1, "id",
                "is \"01_03\" in the folder 01_02", "same name");
}

TEST(ParseManifest, RefusesAFolderThatIsNoId) {
  const ManifestResult result =
      ParseManifest(With("\"01_02\"", "\"01_pools\""), "01_pools");
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_TRUE(result.problems[0].what.starts_with("id "));
}

TEST(ParseManifest, RefusesAChapterOfAnotherNumber) {
  ExpectRefused(With("01_allocators", "02_allocators"), 3, "chapter",
                "\"02_allocators\"", "01_name");
  ExpectRefused(With("01_allocators", "01_../x"), 3, "chapter", "is not",
                "small letters");
}

TEST(ParseManifest, RefusesMinutesOutOfRange) {
  for (const char* minutes : {"0", "-5", "1001", "9999999999999"}) {
    ExpectRefused(With("45", minutes), 13, "tasks[1].minutes",
                  "between 1 and 1000", "minutes");
  }
  for (const char* minutes : {"1", "1000"}) {
    EXPECT_TRUE(ParseManifest(With("45", minutes), "01_02").problems.empty());
  }
}

TEST(ParseManifest, RefusesAnUnknownLevel) {
  ExpectRefused(With("\"deep\"", "\"easy\""), 19, "tasks[2].level",
                "is \"easy\"", "\"core\" or \"deep\"");
}

TEST(ParseManifest, RefusesAnExerciseWithoutACoreTask) {
  ExpectRefused(With("\"core\"", "\"deep\""), 8, "tasks",
                "no task of level \"core\"", "a core task");
}

TEST(ParseManifest, RefusesAnUnknownKind) {
  ExpectRefused(With("\"build\"", "\"fix\""), 5, "kind", "is \"fix\"",
                "\"improve\"");
}

TEST(ParseManifest, RefusesFilesThatAreNoNamesInTheFolder) {
  for (const char* name : {"../pool.h", "a/b.h", "pool.txt", "Pool.h", "pool",
                           ".h", "pool.h.h", "/etc/passwd"}) {
    ExpectRefused(With("\"stack.h\"", "\"" + std::string(name) + "\""), 17,
                  "tasks[2].files", name, "own folder");
  }
  ExpectRefused(With("[\"stack.h\"]", "[]"), 17, "tasks[2].files", "is empty",
                "name the sources");
}

TEST(ParseManifest, RefusesAFileInTwoTasks) {
  ExpectRefused(With("\"stack.h\"", "\"pool.h\""), 17, "tasks[2].files",
                "pool.h a second time", "one task");
}

TEST(ParseManifest, RefusesATestThatIsNoTest) {
  ExpectRefused(With("\"stack_test\"", "\"stack\""), 18, "tasks[2].test",
                "is \"stack\"", "pool_test");
  ExpectRefused(With("\"stack_test\"", "\"pool_test\""), 18, "tasks[2].test",
                "as in an earlier task", "its own test");
}

TEST(ParseManifest, RefusesARatioThatNothingCanMiss) {
  for (const char* ratio : {"0", "0.0", "-1", "nan", "inf"}) {
    ExpectRefused(With("5.0", ratio), 24, "targets[1].at_least", "is not above",
                  "times as fast");
  }
}

TEST(ParseManifest, RefusesACaseThatIsNone) {
  ExpectRefused(With("pool/batch", "batch"), 23, "targets[1].case", "\"batch\"",
                "pool/batch_lifo");
  ExpectRefused(kGood + "[[targets]]\ncase = \"pool/batch\"\nat_least = 2\n",
                26, "targets[2].case", "a second time", "one target");
}

TEST(ParseManifest, TellsSeveralFaultsAtOnce) {
  const ManifestResult result =
      ParseManifest("id = \"01_02\"\nminute = 5\n", "01_02");
  EXPECT_EQ(result.problems.size(), 6U)
      << "title, chapter, kind, prerequisites, "
         "tasks, and the unknown field are told in one run";
}

}  // namespace
}  // namespace workbook
