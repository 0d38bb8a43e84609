// SPDX-License-Identifier: Apache-2.0

// Every fault that an exercise's folder can have is refused by the gate, with a
// message that names the file and the fix.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tools/authoring/gate.h"
#include "tools/authoring/sample_course.h"

namespace workbook {
namespace {

const std::string kExercise = "exercises/01_01/";
const std::string kSolution = "solutions/01_01/";
const std::string kMutants = "solutions/01_01/mutants/";

class GateTest : public testing::Test {
 protected:
  VerifyReport Verify(bool strict = false) {
    VerifyOptions options;
    options.root = course_.root();
    options.strict = strict;
    return workbook::Verify(options, bazel_);
  }

  // Refused by exactly one check, whose message has these parts.
  void ExpectRefused(const std::string& file, const std::string& fault,
                     const std::string& fix, bool strict = false) {
    const VerifyReport report = Verify(strict);
    EXPECT_EQ(report.failed, 1);
    ASSERT_EQ(report.failures.size(), 1U);
    const std::string& message = report.failures[0];
    EXPECT_NE(message.find(file), std::string::npos) << message;
    EXPECT_NE(message.find(fault), std::string::npos) << message;
    const std::size_t at = message.find("Fix: ");
    ASSERT_NE(at, std::string::npos) << message;
    EXPECT_NE(message.find(fix, at), std::string::npos) << message;
  }

  // Returns the one note that is not about a size.
  std::string OnlyOtherNote(const VerifyReport& report) {
    std::string other;
    for (const std::string& note : report.notes) {
      const bool of_size =
          std::find(sizes_.begin(), sizes_.end(), note) != sizes_.end();
      if (of_size) continue;
      EXPECT_TRUE(other.empty()) << note;
      other = note;
    }
    EXPECT_EQ(report.notes.size(), sizes_.size() + 1);
    return other;
  }

  SampleCourse course_;
  FakeBazel bazel_{course_};
  const std::vector<std::string> sizes_{
      "01_01 task 1: core, 2 lines to write in 5 minutes, 0.4 a minute",
      "01_01 task 2: deep, 6 lines to write in 5 minutes, 1.2 a minute"};
};

TEST_F(GateTest, TheSampleIsGreen) {
  for (const bool strict : {false, true}) {
    const VerifyReport report = Verify(strict);
    for (const std::string& failure : report.failures) {
      ADD_FAILURE() << failure;
    }
    EXPECT_TRUE(report.Green());
    EXPECT_EQ(report.notes, sizes_);
  }
}

TEST_F(GateTest, RefusesAManifestWithAFault) {
  course_.Replace(kExercise + "exercise.toml", "at_least = 1.5",
                  "at_least = 0");
  const VerifyReport report = Verify();
  ASSERT_FALSE(report.failures.empty());
  EXPECT_NE(report.failures[0].find("exercise.toml:23: targets[1].at_least"),
            std::string::npos)
      << report.failures[0];
}

TEST_F(GateTest, RefusesASizeThatDoesNotFit) {
  course_.Replace(kExercise + "exercise.toml", "level = \"deep\"\nminutes = 5",
                  "level = \"deep\"\nminutes = 2");
  ExpectRefused(kExercise + "exercise.toml:14: tasks[2].minutes",
                "6 lines to write", "raise minutes to 3");
}

TEST_F(GateTest, RefusesAReadmeWithOtherMinutes) {
  course_.Write("README.md", "| [01_01](x) | [Counting](y) | 5 | 7 | 2 |\n");
  ExpectRefused("README.md:1", "other minutes of 01_01", "| 5 | 5 |");
}

TEST_F(GateTest, RefusesAFileThatIsMissing) {
  course_.Remove(kExercise + "pair.cc");
  const VerifyReport report = Verify();
  ASSERT_FALSE(report.failures.empty());
  EXPECT_NE(report.failures[0].find("exercises/01_01/pair.cc does not exist"),
            std::string::npos)
      << report.failures[0];
}

TEST_F(GateTest, RefusesAMissingHintLevel) {
  course_.Replace(kExercise + "hints.md", "2. Count on one thread",
                  "   Count on one thread");
  ExpectRefused(kExercise + "hints.md:16", "level 3 where level 2 would follow",
                "1, 2 and 3");
}

TEST_F(GateTest, RefusesMissingHints) {
  course_.Remove(kExercise + "hints.md");
  ExpectRefused(kExercise + "hints.md", "can't be read", "write it");
}

TEST_F(GateTest, RefusesAMissingSectionOfTheReadme) {
  course_.Replace(kExercise + "README.md", "## Task 2: Two threads, one sum",
                  "");
  ExpectRefused(kExercise + "README.md", "no section `## Task 2:`",
                "add `## Task 2: Two threads, one sum`");
}

TEST_F(GateTest, RefusesAMissingReadme) {
  course_.Remove(kExercise + "README.md");
  course_.Replace("chapters/01_counters/01_01.md",
                  "(../../exercises/01_01/README.md#task-1-a-counter)", "");
  ExpectRefused(kExercise + "README.md", "is missing", "## Task N: title");
}

TEST_F(GateTest, RefusesAMissingPage) {
  course_.Remove("chapters/01_counters/01_01.md");
  ExpectRefused("chapters/01_counters/01_01.md", "is missing",
                "page of the book");
}

TEST_F(GateTest, RefusesAPageWithoutTitle) {
  course_.Replace("chapters/01_counters/01_01.md", "# 01_01 Counting\n", "");
  ExpectRefused("chapters/01_counters/01_01.md", "has no title", "# title");
}

TEST_F(GateTest, RefusesMissingNotes) {
  course_.Remove(kSolution + "NOTES.md");
  ExpectRefused(kSolution + "NOTES.md", "is missing", "why the reference");
}

TEST_F(GateTest, RefusesAContractWithoutAVerb) {
  course_.Replace(kSolution + "counter.h", "// Returns the", "// The");
  ExpectRefused(kSolution + "counter.h:9",
                "begins the contract of Next with `The`",
                "say first what the function does");
}

TEST_F(GateTest, RefusesALabelInTheMiddleOfALine) {
  course_.Replace(kSolution + "counter.h", "the next number.",
                  "the next number. Cost: O(1).");
  ExpectRefused(kSolution + "counter.h:9",
                "has the label `Cost:` in the middle of a line",
                "begin a line of the comment with it");
}

TEST_F(GateTest, RefusesIndentedCodeInMarkdown) {
  const std::string page = "chapters/01_counters/01_01.md";
  course_.Write(page, course_.Read(page) + "\n# More\n\n    int x = 0;\n");
  ExpectRefused(page, "holds code as an indented block",
                "put it between ``` lines");
}

TEST_F(GateTest, RefusesALongLineInAnyMarkdown) {
  const std::string words = "a " + std::string(120, 'b');
  for (const std::string file :
       {"CONTRIBUTING.md", "tools/README.md", "solutions/01_01/NOTES.md",
        "exercises/01_01/README.md", "exercises/01_01/testing/README.md"}) {
    SampleCourse course;
    const std::string before =
        std::filesystem::exists(course.root() / file) ? course.Read(file) : "";
    course.Write(file, words + "\n\n" + before);
    VerifyOptions options;
    options.root = course.root();
    FakeBazel bazel(course);
    const VerifyReport report = workbook::Verify(options, bazel);
    ASSERT_EQ(report.failures.size(), 1U) << file;
    EXPECT_EQ(report.failures[0],
              file +
                  ":1: has 122 columns. Fix: break it at column 120 or "
                  "before.");
  }
}

TEST_F(GateTest, RefusesAWordThatReflowingLeftAlone) {
  course_.Write("tools/exercise/todo.h", "// A queue takes\n// what\n// is.\n");
  ExpectRefused("tools/exercise/todo.h:2", "holds one word",
                "fill the lines of the paragraph again");
}

TEST_F(GateTest, OneExerciseAloneIsReadForItsLayout) {
  VerifyOptions options;
  options.root = course_.root();
  options.exercises = {"01_01"};
  course_.Write("tools/README.md", "    int x = 0;\n");
  EXPECT_TRUE(workbook::Verify(options, bazel_).Green());
  course_.Write(kSolution + "NOTES.md", "# Notes\n\n    int x = 0;\n");
  EXPECT_EQ(workbook::Verify(options, bazel_).failed, 1);
}

TEST_F(GateTest, ALearnersOwnFileMayHaveAnyLayout) {
  course_.Write(kExercise + "my_notes.md", "    int x = 0;\n");
  EXPECT_TRUE(Verify().Green());
}

TEST_F(GateTest, RefusesASuiteOfAnotherTask) {
  course_.Replace(kExercise + "pair_test.cc", "TEST(Task2Pair",
                  "TEST(Task12Pair");
  for (const char* mutant : {"pair.first_only", "pair.same_twice"}) {
    course_.Replace(kMutants + mutant + ".patch", "Task2Pair", "Task12Pair");
  }
  course_.Replace(kExercise + "predictions.toml", "Task2Pair", "Task12Pair");
  ExpectRefused(kExercise + "pair_test.cc:8", "suite Task12Pair",
                "begin its name with Task2");
}

TEST_F(GateTest, RefusesATestSourceWithoutTests) {
  course_.Write(kExercise + "pair_test.cc", "#include <thread>\n");
  const VerifyReport report = Verify();
  EXPECT_EQ(report.failed, 4)
      << "no test; mutants, hints and predictions that name one";
  EXPECT_TRUE(std::any_of(report.failures.begin(), report.failures.end(),
                          [](const std::string& failure) {
                            return failure.find("pair_test.cc: has no test") !=
                                   failure.npos;
                          }));
}

TEST_F(GateTest, RefusesADescriptionThatNoComponentNames) {
  course_.Write(kExercise + "cases/pair_case.cc", "// a description\n");
  const VerifyReport report = Verify();
  for (const std::string label :
       {"//exercises/01_01:pair_case", "//solutions/01_01:pair_case",
        "//solutions/01_01:pair.first_only_case"}) {
    EXPECT_TRUE(std::any_of(
        report.failures.begin(), report.failures.end(),
        [&label](const std::string& failure) {
          return failure.find("has no target " + label) != failure.npos &&
                 failure.find("component(cases = ") != failure.npos;
        }))
        << label;
  }
}

TEST_F(GateTest, RefusesAReferenceThatIsMissing) {
  course_.Remove(kSolution + "pair.h");
  ExpectRefused(kSolution + "pair.h", "is missing", "write the reference");
}

TEST_F(GateTest, RefusesAReferenceThatNoTaskLists) {
  course_.Write(kSolution + "triple.cc", "");
  ExpectRefused(kSolution + "triple.cc", "belongs to no task",
                "exercises/01_01/exercise.toml");
}

TEST_F(GateTest, RefusesATestThatNoTaskLists) {
  course_.Write(kExercise + "triple_test.cc", "");
  ExpectRefused(kExercise + "triple_test.cc", "belongs to no task",
                "add its task", /*strict=*/true);
}

TEST_F(GateTest, ALearnersOwnFileIsANote) {
  course_.Write(kExercise + "my_notes.h", "");
  const VerifyReport report = Verify();
  EXPECT_TRUE(report.Green());
  EXPECT_NE(OnlyOtherNote(report).find("my_notes.h"), std::string::npos);
}

TEST_F(GateTest, RefusesOnlyOneMutant) {
  course_.Remove(kMutants + "pair.same_twice.patch");
  bazel_.tests.erase("//solutions/01_01:pair.same_twice_mutant");
  ExpectRefused("solutions/01_01/mutants", "has 1 mutants of pair (task 2)",
                "add pair.what_is_wrong.patch");
}

TEST_F(GateTest, RefusesAMutantThatNamesAnUnknownTest) {
  course_.Replace(kMutants + "pair.first_only.patch",
                  "Task2Pair.AddsTheNextTwo", "Task2Pair.AddsThree");
  ExpectRefused(kMutants + "pair.first_only.patch:2",
                "names Task2Pair.AddsThree, which is not a test",
                "exercises/01_01/pair_test.cc");
}

TEST_F(GateTest, RefusesAMutantThatNamesATestOfAnotherTask) {
  course_.Replace(kMutants + "pair.first_only.patch",
                  "Task2Pair.AddsTheNextTwo", "Task1Counter.CountsUp");
  ExpectRefused(kMutants + "pair.first_only.patch:2", "Task1Counter.CountsUp",
                "exercises/01_01/pair_test.cc");
}

TEST_F(GateTest, RefusesAMutantWithoutHead) {
  course_.Replace(kMutants + "counter.stuck.patch", "Wrong: ", "Bad: ");
  ExpectRefused(kMutants + "counter.stuck.patch:1", "is not a mutant",
                "`Wrong: `");
}

TEST_F(GateTest, RefusesAMutantOfNoComponent) {
  course_.Write(kMutants + "cuonter.stuck.patch", "");
  bazel_.tests.insert("//solutions/01_01:cuonter.stuck_mutant");
  ExpectRefused(kMutants + "cuonter.stuck.patch", "mutant of no component",
                "STEM.what_is_wrong.patch");
}

TEST_F(GateTest, AnEditedStubIsANote) {
  course_.Replace(kExercise + "pair.cc", "Todo(", "return 3; Todo(");
  const VerifyReport report = Verify();
  EXPECT_TRUE(report.Green());
  const std::string note = OnlyOtherNote(report);
  EXPECT_NE(
      note.find("exercises/01_01/pair.cc: is edited: its pristine form is "
                "checked"),
      std::string::npos)
      << note;
}

TEST_F(GateTest, AnEditedExerciseIsNotBuilt) {
  course_.Replace(kExercise + "pair.cc", "Todo(", "this does not compile(");
  Verify();
  for (const std::string& command : bazel_.commands) {
    EXPECT_EQ(command.find(" //exercises/01_01"), std::string::npos) << command;
  }
}

TEST_F(GateTest, StrictRefusesAStubThatDrifted) {
  course_.Replace(kSolution + "counter.h", "Counts up from 1.",
                  "Counts up from one.");
  ExpectRefused(kExercise + "counter.h", "is not the stub",
                "bazel run //tools/authoring:generate -- 01_01",
                /*strict=*/true);
}

TEST_F(GateTest, RefusesATaskThatLeavesNothingToWrite) {
  course_.Write(kSolution + "counter.h", "int x;\n");
  course_.Write(kExercise + "counter.h", "int x;\n");
  course_.Replace(kExercise + "hints.md",
                  "// in Counter::Next\n   return ++last_;", "int x;");
  ExpectRefused(kSolution + "counter.h", "leaves the learner nothing to write",
                "remove `// [given]`");
}

TEST_F(GateTest, RefusesAReferenceOfWhichNoStubCanBeMade) {
  course_.Replace(kSolution + "pair.cc", "int SumOfTwo",
                  "// [gievn]\nint SumOfTwo");
  ExpectRefused(kSolution + "pair.cc:7", "an unknown marker", "[given]");
}

TEST_F(GateTest, RefusesATestThatBazelDoesNotKnow) {
  bazel_.tests.erase("//solutions/01_01:pair_stub");
  ExpectRefused(kSolution + "BUILD.bazel",
                "no target //solutions/01_01:pair_stub",
                "exercises/01_01/components.bzl");
}

TEST_F(GateTest, RefusesAMutantThatBazelDoesNotKnow) {
  bazel_.tests.erase("//solutions/01_01:counter.stuck_mutant");
  ExpectRefused(kSolution + "BUILD.bazel", "counter.stuck_mutant", "macros");
}

TEST_F(GateTest, RefusesABenchmarkThatBazelDoesNotKnow) {
  bazel_.rules.erase("//exercises/01_01:bench");
  ExpectRefused(kExercise + "BUILD.bazel", "no target //exercises/01_01:bench",
                "bench = True");
}

TEST_F(GateTest, RefusesATestThatTheManifestDoesNotKnow) {
  bazel_.tests.insert("//solutions/01_01:triple_test");
  ExpectRefused(kExercise + "components.bzl", "//solutions/01_01:triple_test",
                "add its task to the manifest");
}

TEST_F(GateTest, RefusesAHiddenTestThatIsNotBuilt) {
  course_.Write(kSolution + "hidden_test.cc", "");
  ExpectRefused(kSolution + "BUILD.bazel",
                "has no target //solutions/01_01:hidden_test",
                "give to their macros");
}

TEST_F(GateTest, RefusesAHiddenSuiteOfNoTask) {
  course_.Write(kSolution + "hidden_walks_test.cc",
                "TEST(Task1Hidden, A) {}\nTEST(HiddenWalk, B) {}\n");
  bazel_.tests.insert("//solutions/01_01:hidden_test");
  ExpectRefused(kSolution + "hidden_walks_test.cc:2", "suite HiddenWalk",
                "begin its name with the task");
}

TEST_F(GateTest, AHiddenTestBelongsToNoTask) {
  course_.Write(kSolution + "hidden_test.cc", "");
  course_.Write(kSolution + "hidden_walks_test.cc", "");
  bazel_.tests.insert("//solutions/01_01:hidden_test");
  EXPECT_TRUE(Verify().Green());
}

TEST_F(GateTest, RefusesThreadsThatThreadSanitizerNeverSees) {
  bazel_.threaded.clear();
  ExpectRefused(kExercise + "components.bzl", "pair, which starts threads",
                "component(threads = True)");
}

TEST_F(GateTest, RefusesAReferenceThatNoSanitizerRuns) {
  bazel_.references.erase("//solutions/01_01:counter_test");
  ExpectRefused(kSolution + "BUILD.bazel", "is not tagged \"reference\"",
                "solution()");
}

}  // namespace
}  // namespace workbook
