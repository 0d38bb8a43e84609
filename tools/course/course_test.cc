// SPDX-License-Identifier: Apache-2.0

#include "tools/course/course.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

class LoadCourseTest : public testing::Test {
 protected:
  void Write(const fs::path& path, const std::string& text) {
    const fs::path whole = folder_.path() / path;
    fs::create_directories(whole.parent_path());
    std::ofstream(whole) << text;
  }

  // A whole exercise with one task.
  void WriteExercise(const std::string& id,
                     const std::string& prerequisites = "") {
    const fs::path folder = fs::path("exercises") / id;
    Write(folder / "exercise.toml",
          "id = \"" + id + "\"\ntitle = \"T\"\nchapter = \"" + id.substr(0, 3) +
              "x\"\nkind = \"build\"\nprerequisites = [" + prerequisites +
              "]\n[[tasks]]\ntitle = \"A\"\nlevel = \"core\"\nminutes = 5\n"
              "files = [\"a.h\"]\ntest = "
              "\"a_test\"\n");
    Write(folder / "components.bzl", "COMPONENTS = {\"a\": component()}\n");
    Write(folder / "BUILD.bazel", "exercise(COMPONENTS)\n");
    Write(folder / "a.h", "");
    Write(folder / "a_test.cc", "");
  }

  const fs::path& root() const { return folder_.path(); }

  void Remove(const fs::path& path) { fs::remove(folder_.path() / path); }

  CourseResult Load() const { return LoadCourse(folder_.path()); }

  void ExpectOneProblem(const std::string& file, const std::string& field,
                        const std::string& what, const std::string& fix) {
    const CourseResult result = Load();
    ASSERT_EQ(result.problems.size(), 1U);
    const Problem& problem = result.problems[0];
    EXPECT_TRUE(problem.where.starts_with(file)) << problem.Text();
    EXPECT_TRUE(problem.what.starts_with(field)) << problem.Text();
    EXPECT_NE(problem.what.find(what), std::string::npos) << problem.Text();
    EXPECT_NE(problem.next.find(fix), std::string::npos) << problem.Text();
  }

 private:
  ScratchFolder folder_;
};

TEST_F(LoadCourseTest, ATestSourceBelongsToTheLongestStemThatItBeginsWith) {
  WriteExercise("01_01");
  for (const char* name : {"a_memory_test.cc", "a_b_test.cc",
                           "a_b_memory_test.cc", "ab_test.cc", "a_bench.cc"}) {
    Write(fs::path("exercises/01_01") / name, "");
  }
  Exercise exercise;
  exercise.folder = "exercises/01_01";
  exercise.tasks.resize(2);
  exercise.tasks[0].test = "a_test";
  exercise.tasks[1].test = "a_b_test";
  using Names = std::vector<std::string>;
  EXPECT_EQ(exercise.TestSources(root(), exercise.tasks[0]),
            (Names{"a_test.cc", "a_memory_test.cc"}));
  EXPECT_EQ(exercise.TestSources(root(), exercise.tasks[1]),
            (Names{"a_b_test.cc", "a_b_memory_test.cc"}));
}

TEST_F(LoadCourseTest, ATaskMayHaveAPageOfItsOwn) {
  Exercise exercise;
  exercise.id = "01_02";
  exercise.page = "chapters/01_pools/01_02.md";
  exercise.tasks.resize(3);
  for (int i = 0; i < 3; ++i) {
    exercise.tasks[static_cast<std::size_t>(i)].number = i + 1;
  }
  const fs::path folder = exercise.page.parent_path();
  EXPECT_EQ(exercise.Pages(root()), (std::vector<fs::path>{exercise.page}));
  for (const char* name :
       {"01_02.md", "01_02_10_big.md", "01_02_2_pool.md", "01_02_costs.md",
        "01_02_3.md", "01_02_1_picture.svg", "01_03_1_pool.md", "01_02_0_a.md",
        "01_02_-1_a.md", "01_02_3x_a.md"}) {
    Write(folder / name, "");
  }
  EXPECT_EQ(exercise.PageOf(root(), exercise.tasks[0]), exercise.page);
  EXPECT_EQ(exercise.PageOf(root(), exercise.tasks[1]),
            folder / "01_02_2_pool.md");
  EXPECT_EQ(exercise.PageOf(root(), exercise.tasks[2]), exercise.page);
  EXPECT_EQ(exercise.Pages(root()),
            (std::vector<fs::path>{exercise.page, folder / "01_02_2_pool.md",
                                   folder / "01_02_10_big.md"}));
}

TEST(Exercise, AddsUpTheMinutesOfEachLevel) {
  Exercise exercise;
  exercise.tasks.resize(3);
  exercise.tasks[0].minutes = 10;
  exercise.tasks[1].minutes = 20;
  exercise.tasks[1].level = Level::kDeep;
  exercise.tasks[2].minutes = 40;
  EXPECT_EQ(exercise.CoreMinutes(), 50);
  EXPECT_EQ(exercise.DeepMinutes(), 20);
  EXPECT_EQ(exercise.TasksOf(Level::kCore), 2);
  EXPECT_EQ(exercise.TasksOf(Level::kDeep), 1);
}

TEST_F(LoadCourseTest, ReadsExercisesInTheOrderOfTheirIds) {
  WriteExercise("01_02", "\"01_01\"");
  WriteExercise("02_01", "\"01_01\", \"01_02\"");
  WriteExercise("01_01");
  const CourseResult result = Load();
  for (const Problem& problem : result.problems)
    ADD_FAILURE() << problem.Text();
  ASSERT_EQ(result.course.exercises.size(), 3U);
  EXPECT_EQ(result.course.exercises[0].id, "01_01");
  EXPECT_EQ(result.course.exercises[1].id, "01_02");
  EXPECT_EQ(result.course.exercises[2].id, "02_01");
  ASSERT_NE(result.course.Find("01_02"), nullptr);
  EXPECT_EQ(result.course.Find("01_02")->id, "01_02");
  EXPECT_EQ(result.course.Find("09_09"), nullptr);
}

TEST_F(LoadCourseTest, TheWayDecidesTheOrder) {
  for (const char* id : {"01_01", "01_02", "02_01", "03_01"}) {
    WriteExercise(id);
  }
  Write("exercises/way.toml", "way = [\"03_01\", \"03_06\", \"01_02\"]\n");
  const CourseResult result = Load();
  EXPECT_TRUE(result.problems.empty());
  std::vector<std::string> ids;
  for (const Exercise& exercise : result.course.exercises) {
    ids.push_back(exercise.id);
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"03_01", "01_02", "01_01", "02_01"}))
      << "no 03_06, which is not there; what the way leaves out comes last";
}

TEST_F(LoadCourseTest, AWayThatCannotBeReadIsToldAndNumbersDecide) {
  WriteExercise("01_01");
  WriteExercise("01_02");
  Write("exercises/way.toml", "way = [\n  \"01_02\"\n  \"01_01\",\n]\n");
  ExpectOneProblem("exercises/way.toml", "", "is not TOML", "comma");
  EXPECT_EQ(Load().problems.at(0).where, "exercises/way.toml:3");
  EXPECT_EQ(Load().course.exercises.at(0).id, "01_01");
}

TEST_F(LoadCourseTest, RefusesAFolderWithoutExercises) {
  ExpectOneProblem("exercises", "", "holds no exercise", "own folder");
}

TEST_F(LoadCourseTest, RefusesAFolderWithoutManifest) {
  WriteExercise("01_01");
  Write("exercises/01_02/a.h", "");
  ExpectOneProblem("exercises/01_02/exercise.toml", "", "can't be read",
                   "write the manifest");
}

TEST_F(LoadCourseTest, AMissingFileIsToldAndTheExerciseStays) {
  WriteExercise("01_01");
  Remove("exercises/01_01/a.h");
  ExpectOneProblem("exercises/01_01/exercise.toml", "tasks[1].files",
                   "exercises/01_01/a.h does not exist",
                   "./workbook reset 01_01");
  EXPECT_EQ(Load().course.exercises.size(), 1U);
}

TEST_F(LoadCourseTest, RefusesATestWithoutSource) {
  WriteExercise("01_01");
  Remove("exercises/01_01/a_test.cc");
  ExpectOneProblem("exercises/01_01/exercise.toml", "tasks[1].test",
                   "a_test.cc does not exist", "write the test");
}

TEST_F(LoadCourseTest, RefusesATestThatNoBuildFileHas) {
  WriteExercise("01_01");
  Write("exercises/01_01/components.bzl", "COMPONENTS = {}\n");
  ExpectOneProblem("exercises/01_01/exercise.toml", "tasks[1].test",
                   "no BUILD file", "add \"a\" to");
}

TEST_F(LoadCourseTest, AcceptsATestThatTheBuildFileNamesItself) {
  WriteExercise("01_01");
  Remove("exercises/01_01/components.bzl");
  Write("exercises/01_01/BUILD.bazel", "cc_test(name = \"a_test\")\n");
  EXPECT_TRUE(Load().problems.empty());
}

TEST_F(LoadCourseTest, RefusesAnUnknownPrerequisite) {
  WriteExercise("01_01");
  WriteExercise("01_02", "\"07_31\"");
  ExpectOneProblem("exercises/01_02/exercise.toml", "prerequisites",
                   "names 07_31", "write that exercise first");
}

TEST_F(LoadCourseTest, SuggestsTheNearestPrerequisite) {
  WriteExercise("01_01");
  WriteExercise("01_02", "\"01_11\"");
  ExpectOneProblem("exercises/01_02/exercise.toml", "prerequisites",
                   "names 01_11", "did you mean 01_01?");
}

TEST_F(LoadCourseTest, RefusesACircleOnce) {
  WriteExercise("01_01", "\"01_03\"");
  WriteExercise("01_02", "\"01_01\"");
  WriteExercise("01_03", "\"01_02\"");
  WriteExercise("01_04", "\"01_03\"");
  ExpectOneProblem("exercises/01_01/exercise.toml", "prerequisites",
                   "01_01 needs 01_03 needs 01_02 needs 01_01", "remove one");
}

TEST_F(LoadCourseTest, RefusesAnExerciseThatNeedsItself) {
  WriteExercise("01_01", "\"01_01\"");
  ExpectOneProblem("exercises/01_01/exercise.toml", "prerequisites",
                   "01_01 needs 01_01", "remove one");
}

TEST_F(LoadCourseTest, TwoFoldersWithOneIdAreToldWhereTheNameIsWrong) {
  WriteExercise("01_01");
  WriteExercise("01_02");
  Write(
      "exercises/01_02/exercise.toml",
      "id = \"01_01\"\ntitle = \"T\"\nchapter = \"01_x\"\nkind "
      "= \"build\"\nprerequisites = []\n[[tasks]]\ntitle = \"A\"\n"
      "level = \"core\"\nminutes = 5\nfiles = [\"a.h\"]\ntest = \"a_test\"\n");
  ExpectOneProblem("exercises/01_02/exercise.toml", "id",
                   "\"01_01\" in the folder 01_02", "same name");
}

}  // namespace
}  // namespace workbook
