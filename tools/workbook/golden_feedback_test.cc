// SPDX-License-Identifier: Apache-2.0

// Each kind of feedback on a screen of its own, word for word, and what it must
// say however it is worded. What gcc 12 and Bazel left is recorded
// (testdata/record.sh, record_reports.sh).
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/course/course.h"
#include "tools/text/text_file.h"
#include "tools/workbook/next_step.h"
#include "tools/workbook/report_view.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct Kind {
  const char* name;  // of the golden file
  std::size_t task;  // of 09_01
  // A file of testdata that stands in for the log, or for the compiler's words;
  // "" keeps the recorded one.
  const char* replaced;
  std::vector<std::string> says;
};

std::ostream& operator<<(std::ostream& stream, const Kind& kind) {
  return stream << kind.name;
}

fs::path TestData() { return fs::absolute("tools/workbook/testdata"); }

BuildEvents Recorded() {
  const std::string text =
      ReadTextFile(TestData() / "recorded/09_01/events.json").value();
  return ParseBuildEvents(std::regex_replace(
      text, std::regex("@RECORDED@"), (TestData() / "recorded").string()));
}

void Replace(const Kind& kind, BazelTarget& target, BuildEvents& events) {
  const fs::path file = TestData() / kind.replaced;
  if (file.extension() == ".log") {
    target.test->log = file.string();
    return;
  }
  for (const std::string& key : target.failed_actions) {
    events.actions.at(key).stderr_file = file.string();
  }
}

// The task alone, and the next step as if it were the first that is not green.
std::string Screen(const Kind& kind) {
  const CourseResult loaded = LoadCourse(TestData() / "course");
  const Exercise& exercise = *loaded.course.Find("09_01");
  BuildEvents events = Recorded();
  if (*kind.replaced != '\0') {
    const Task& task = exercise.tasks.at(kind.task - 1);
    Replace(kind, events.targets.at(exercise.TestLabel(task)), events);
  }
  ExerciseReport report = MakeReport(loaded.course.root, exercise, events);
  report.tasks = {report.tasks.at(kind.task - 1)};
  report.tasks[0].level = Level::kCore;
  const Terminal plain(false, false);
  return ShowReport(report, exercise, plain) + "\n" +
         ShowNextStep(report, exercise, plain);
}

class GoldenFeedback : public testing::TestWithParam<Kind> {};

TEST_P(GoldenFeedback, SaysWhatHappenedWhereAndWhatIsNext) {
  const Kind& kind = GetParam();
  const std::string screen = Screen(kind);
  const std::string name = std::string(kind.name) + ".txt";
  const auto golden = ReadTextFile(TestData() / "golden/feedback" / name);
  EXPECT_EQ(screen, golden.value_or("(no such file)"))
      << "if the new words are better, take testdata/golden/feedback from "
         "test.outputs";
  for (const std::string& words : kind.says) {
    EXPECT_NE(screen.find(words), std::string::npos)
        << '"' << words << "\" is not in: " << screen;
  }
  EXPECT_NE(screen.find("Next: task "), std::string::npos);
  EXPECT_NE(screen.find("stuck  ./workbook hint 09_01 "), std::string::npos);
  EXPECT_EQ(screen.find("0x"), std::string::npos) << "an address helps nobody";
  EXPECT_EQ(screen.find(TestData().string()), std::string::npos);
  if (const char* folder = std::getenv("TEST_UNDECLARED_OUTPUTS_DIR")) {
    std::ofstream(fs::path(folder) / name) << screen;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Build, GoldenFeedback,
    testing::Values(
        Kind{"compile_error",
             4,
             "compiler/notes.txt",
             {"exercises/09_01/notes.h:9", "invalid conversion",
              "folded: 1 more of the errors, 1 of the notes"}},
        Kind{"template_error",
             4,
             "compiler/template.txt",
             {"exercises/09_01/template.h:8", "no match for 'operator-'",
              "inside stl_algo.h"}},
        Kind{"error_in_the_test",
             4,
             "compiler/test_calls.txt",
             {"exercises/09_01/test_calls_test.cc:5", "no member named 'Push'",
              "keep its declarations",
              "declare in exercises/09_01/broken.h what"}},
        Kind{"link_error",
             10,
             "compiler/undefined.txt",
             {"workbook::Linked(int) is declared, but nowhere defined",
              "exercises/09_01/linked.cc"}}));

INSTANTIATE_TEST_SUITE_P(
    Run, GoldenFeedback,
    testing::Values(
        Kind{"failed_expectation",
             2,
             "",
             {"expected 8, but Bytes(8) is 9", "red_test.cc:11",
              "header The bytes that a block of `size` takes",
              "exercises/09_01/red.h:7", "09_01.md:7 (section 2)"}},
        Kind{"todo",
             3,
             "",
             {"Unwritten is yours to write", "exercises/09_01/unwritten.h:8"}},
        Kind{"crash",
             6,
             "",
             {"SIGSEGV", "while Task6Crashing.WritesThroughNull was running",
              "--config=asan"}},
        Kind{"time_out",
             7,
             "",
             {"Task7Endless.WaitsForNobody was still running after 5 s"}},
        Kind{"no_report", 8, "", {"exit code 0", "something calls exit"}},
        Kind{"exit_in_a_test",
             9,
             "",
             {"exit code 3 while Task9Quitting.Leaves was running"}}));

INSTANTIATE_TEST_SUITE_P(
    Sanitizer, GoldenFeedback,
    testing::Values(
        Kind{"use_after_free",
             6,
             "sanitizers/use_after_free.log",
             {"memory is used after it was freed (AddressSanitizer)",
              "crashing.h:12  Write(int*, int)", "freed:",
              "crashing.h:10  Free(int*)", "fix exercises/09_01/crashing.h"}},
        Kind{"heap_overflow",
             6,
             "sanitizers/heap_overflow.log",
             {"beyond the end of a heap block",
              "allocated:", "crashing.h:8  Make()"}},
        Kind{"stack_overflow",
             6,
             "sanitizers/stack_overflow.log",
             {"beyond the end of a local array",
              "crashing.h:39  OverflowLocal()"}},
        Kind{"double_free",
             6,
             "sanitizers/double_free.log",
             {"a block is freed twice", "frees it again:",
              "crashing.h:29  FreeTwice()", "crashing.h:28  FreeTwice()"}},
        Kind{"mismatched_free",
             6,
             "sanitizers/mismatched_free.log",
             {"freed by another family", "crashing.h:34"}},
        Kind{"leak",
             6,
             "sanitizers/leak.log",
             {"memory is never freed (LeakSanitizer)", "crashing.h:42"}},
        Kind{"undefined_shift",
             6,
             "sanitizers/shift.log",
             {"shift exponent 40 is too large", "crashing.h:44"}},
        Kind{"misaligned",
             6,
             "sanitizers/misaligned.log",
             {"misaligned address", "crashing.h:47"}},
        Kind{"data_race",
             6,
             "sanitizers/race.log",
             {"two threads use the same memory", "reads:", "the other thread:",
              "crashing.h:51  Bump()", "crashing.h:55", "crashing.h:54"}}));

}  // namespace
}  // namespace workbook::cli
