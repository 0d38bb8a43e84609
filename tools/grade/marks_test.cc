// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/marks.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tools/grade/canvas.h"
#include "tools/grade/exports.h"
#include "tools/grade/feedback.h"
#include "tools/grade/feedback_words.h"
#include "tools/grade/late.h"
#include "tools/grade/overview.h"
#include "tools/grade/progress.h"
#include "tools/grade/setup.h"
#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

Plan OneTask() {
  Plan plan;
  PlannedTask task;
  task.number = 1;
  task.tests = {"Task1.A", "Task1.B"};
  task.costs["Task1.A"] = {9, 999, 99};
  task.instructions = 999;
  plan.tasks = {task};
  return plan;
}

Result Passed() {
  Result result;
  result.student = "ada";
  result.state = "graded";
  TaskResult task;
  task.number = 1;
  task.instructions = 999;
  task.tests = {{"Task1.A", TestState::kPassed, "", false, {9, 999, 99}},
                {"Task1.B", TestState::kPassed, "", false, {}}};
  result.tasks = {task};
  return result;
}

double Points(Result result) {
  Mark(OneTask(), MarkRules{}, result);
  return result.points;
}

TEST(Marks, TheScaleIsFlatAtBothEndsAndFallsBetween) {
  EXPECT_EQ(Scale(0.1, 1.25, 8), 1);
  EXPECT_EQ(Scale(1.25, 1.25, 8), 1);
  EXPECT_EQ(Scale(8, 1.25, 8), 0);
  double last = 1;
  for (double ratio = 1.25; ratio < 9; ratio += 0.01) {
    const double now = Scale(ratio, 1.25, 8);
    EXPECT_LE(now, last);
    EXPECT_LT(last - now, 0.01) << "a step at " << ratio;
    last = now;
  }
}

// A core task and a deep one of ten and twenty points, both passed.
struct TwoLevels {
  TwoLevels() {
    plan.tasks.push_back(plan.tasks[0]);
    plan.tasks[1].number = 2;
    result.tasks.push_back(result.tasks[0]);
    result.tasks[1].number = 2;
    exercise.tasks.resize(2);
    exercise.tasks[0].number = 1;
    exercise.tasks[1].number = 2;
    exercise.tasks[1].level = Level::kDeep;
    rules.weights[2] = 20;
  }

  Plan plan = OneTask();
  Result result = Passed();
  Exercise exercise;
  MarkRules rules;
};

TEST(Marks, OnLevelCoreDeepTasksAreWorthNothing) {
  TwoLevels two;
  EXPECT_EQ(ChooseLevel("core", two.exercise, two.rules).what, "");
  Mark(two.plan, two.rules, two.result);
  EXPECT_EQ(two.result.points, 10);
  EXPECT_EQ(two.result.max_points, 10);
  EXPECT_EQ(two.result.tasks[1].max_points, 0);
  EXPECT_EQ(two.result.tasks[1].correctness, 1) << "the feedback has it";
  EXPECT_EQ(two.result.level, "core");
}

TEST(Marks, OnLevelAllEveryTaskCounts) {
  TwoLevels two;
  EXPECT_EQ(ChooseLevel("core", two.exercise, two.rules).what, "");
  EXPECT_EQ(ChooseLevel("all", two.exercise, two.rules).what, "");
  Mark(two.plan, two.rules, two.result);
  EXPECT_EQ(two.result.points, 30);
  EXPECT_EQ(two.result.max_points, 30);
  EXPECT_EQ(two.result.level, "all");
}

TEST(Marks, AnUnknownLevelIsRefused) {
  TwoLevels two;
  const Problem failure = ChooseLevel("easy", two.exercise, two.rules);
  EXPECT_EQ(failure.what, "there is no level easy");
  EXPECT_EQ(failure.where, "--level");
  EXPECT_EQ(two.rules.level, "all");
}

TEST(Marks, WhatTheReferenceNeedsIsWorthFullMarks) {
  EXPECT_EQ(Points(Passed()), 10);
}

TEST(Marks, MoreInstructionsNeverRaiseAMark) {
  double last = 10;
  for (std::int64_t count = 500; count < 10'000; count += 100) {
    Result result = Passed();
    result.tasks[0].instructions = count;
    const double now = Points(result);
    EXPECT_LE(now, last);
    last = now;
  }
  EXPECT_EQ(last, 9);
}

TEST(Marks, ARedTestTakesTheMarksForCountsWithIt) {
  Result result = Passed();
  result.tasks[0].tests[1].state = TestState::kFailed;
  EXPECT_EQ(Points(result), 3.5);
}

TEST(Marks, NothingButPassedEarnsAnything) {
  for (const TestState state :
       {TestState::kFailed, TestState::kSkipped, TestState::kCrashed,
        TestState::kTimedOut, TestState::kFlooded, TestState::kOutOfMemory,
        TestState::kNoVerdict}) {
    Result result = Passed();
    for (TestVerdict& test : result.tasks[0].tests) test.state = state;
    EXPECT_EQ(Points(result), 0) << Name(state);
  }
}

TEST(Marks, AConfigurationSaysWhatIsWrongWithIt) {
  const ScratchFolder folder;
  const auto path = folder.path() / "grade.toml";
  std::ofstream(path) << "[marks]\ncorrectness = 80\ncounts = \"many\"\n"
                         "[markz]\nx = 1\n[weights]\n\"1\" = 20\n";
  const MarkRulesResult read = ReadMarkRules(path);
  ASSERT_EQ(read.problems.size(), 3u);
  EXPECT_NE(read.problems[0].find(":3: marks.counts"), std::string::npos);
  EXPECT_NE(read.problems[1].find("markz.x"), std::string::npos);
  EXPECT_NE(read.problems[2].find("sum to 100"), std::string::npos);
  EXPECT_EQ(read.rules.WeightOf(1), 20);
  EXPECT_EQ(read.rules.WeightOf(2), 10);
}

TEST(Exports, CanvasGetsOneColumnAndKeepsTheRest) {
  Result result = Passed();
  Mark(OneTask(), MarkRules{}, result);
  const CanvasResult canvas = CanvasCsv(
      "Student,ID,SIS Login ID,Section,Other (1)\n"
      "    Points Possible,,,,5\n"
      "\"Lovelace, Ada\",678,ada,L01,4\n"
      "\"Doe, Jane\",679,jdoe,L01,3\n",
      "Workbook (12)",
      {{result.student, true, result.points, result.max_points}});
  EXPECT_EQ(canvas.error, "");
  EXPECT_EQ(canvas.csv,
            "Student,ID,SIS Login ID,Section,Workbook (12)\n"
            "    Points Possible,,,,10.00\n"
            "\"Lovelace, Ada\",678,ada,L01,10.00\n"
            "\"Doe, Jane\",679,jdoe,L01,\n");
  EXPECT_EQ(canvas.unmatched, std::vector<std::string>{"Doe, Jane"});
  EXPECT_NE(CanvasCsv("Student,\"ID", "x", {}).error, "");
  EXPECT_NE(CanvasCsv("Student,ID,Section\na,b\n", "x", {}).error, "");
}

TEST(Exports, WhatAStudentWroteStaysText) {
  Result result = Passed();
  result.student = "<script>alert(1)</script>";
  result.tasks[0].tests[0].state = TestState::kFailed;
  result.tasks[0].tests[0].message = "]]></failure><b>&\x1b[31m\xff";
  const std::string html = FeedbackHtml(result, MarkRules{});
  const std::string xml = JUnitSuite(result);
  for (const std::string& text : {html, xml}) {
    EXPECT_EQ(text.find("<script>"), std::string::npos);
    EXPECT_EQ(text.find("<b>"), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\xff'), std::string::npos);
  }
}

TEST(Exports, AHiddenTestIsNotNamedUnlessTheRulesSaySo) {
  Result result = Passed();
  result.tasks[0].tests[1].hidden = true;
  result.tasks[0].tests[1].name = "Task1Hidden.Secret";
  MarkRules rules;
  for (const bool named : {false, true}) {
    rules.hidden_tests = named ? "names" : "points";
    EXPECT_EQ(FeedbackHtml(result, rules).find("Secret") != std::string::npos,
              named);
    EXPECT_EQ(
        GradescopeResults(result, rules).find("Secret") != std::string::npos,
        named);
  }
}

// The shares of a task with one visible test, one hidden one and two cases.
double CorrectnessWith(TestState hidden, TestState first, TestState second) {
  Result result = Passed();
  std::vector<TestVerdict>& tests = result.tasks[0].tests;
  tests.resize(1);
  for (const auto& [name, state] :
       {std::pair{"Task1Hidden.A", hidden}, std::pair{"Case.a", first},
        std::pair{"Case.b", second}}) {
    TestVerdict& test = tests.emplace_back();
    test.name = name;
    test.state = state;
    test.hidden = true;
  }
  Mark(OneTask(), MarkRules{}, result);
  return result.tasks[0].correctness;
}

// What the submission's own process says of a hidden test is worth what its
// answers are.
TEST(Marks, AHiddenTestCountsAsFarAsTheCasesPass) {
  constexpr TestState kPassed = TestState::kPassed;
  constexpr TestState kFailed = TestState::kFailed;
  EXPECT_DOUBLE_EQ(CorrectnessWith(kPassed, kPassed, kPassed), 1);
  EXPECT_DOUBLE_EQ(CorrectnessWith(kFailed, kPassed, kPassed),
                   0.4 + 0.6 * 2 / 3);
  EXPECT_DOUBLE_EQ(CorrectnessWith(kPassed, kPassed, kFailed),
                   0.4 + 0.6 * 1.5 / 3);
  EXPECT_DOUBLE_EQ(CorrectnessWith(kPassed, kFailed, kFailed), 0.4);
}

TEST(Exports, ACaseTellsItsCaseWhereHiddenTestsAreNamed) {
  Result result = Passed();
  TestVerdict& test = result.tasks[0].tests[1];
  test.name = "Case.ring";
  test.state = TestState::kFailed;
  test.hidden = true;
  test.message = "    Ring ring(2);";
  MarkRules rules;
  EXPECT_EQ(FeedbackHtml(result, rules).find("Ring ring"), std::string::npos);
  rules.hidden_tests = "names";
  EXPECT_NE(FeedbackHtml(result, rules).find("Ring ring"), std::string::npos);
}

MarkRules DueAtNoon() {
  MarkRules rules;
  rules.due_seconds = 1'000'000;
  rules.late_free_days = 1;
  rules.extensions["bob"] = 2;
  return rules;
}

TEST(Late, ChargesBegunDaysLessFreeOnesAndExtensions) {
  HandInTimes times;
  const auto charged = [&](const std::string& student, std::int64_t seconds) {
    times.seconds[student] = 1'000'000 + seconds;
    return ChargedDays(DueAtNoon(), times, student).value_or(-1);
  };
  EXPECT_EQ(charged("ada", 0), 0);
  EXPECT_EQ(charged("ada", 1), 0) << "the free day";
  EXPECT_EQ(charged("ada", 86'400), 0);
  EXPECT_EQ(charged("ada", 86'401), 1);
  EXPECT_EQ(charged("bob", 86'401), 0) << "an extension";
  EXPECT_EQ(charged("bob", 3 * 86'400 + 1), 1);
  EXPECT_EQ(ChargedDays(DueAtNoon(), times, "nobody"), std::nullopt);
}

TEST(Late, ReadsTimesWithOffsetsAndNamesADamagedLine) {
  const HandInTimes times = ReadHandInTimes(
      "student,handed_in\nada,1970-01-01T01:00:00+01:00\n"
      "bob,1970-01-02T00:00:00Z\n");
  EXPECT_EQ(times.error, "");
  EXPECT_EQ(times.seconds.at("ada"), 0);
  EXPECT_EQ(times.seconds.at("bob"), 86'400);
  EXPECT_NE(ReadHandInTimes("").error, "");
  EXPECT_NE(ReadHandInTimes("name,time\n").error, "");
  EXPECT_NE(ReadHandInTimes("student,handed_in\nada,yesterday\n")
                .error.find("line 2"),
            std::string::npos);
  // A local time is nobody's.
  EXPECT_NE(
      ReadHandInTimes("student,handed_in\nada,1970-01-01T00:00:00\n").error,
      "");
}

TEST(Late, TakesPercentOffOnce) {
  Result result = Passed();
  result.late_days = 3;
  Mark(OneTask(), MarkRules{}, result);
  Mark(OneTask(), MarkRules{}, result);
  EXPECT_EQ(result.points, 7);
  result.late_days = 99;
  Mark(OneTask(), MarkRules{}, result);
  EXPECT_EQ(result.points, 0);
}

TEST(Exports, FeedbackShowsWhatFailedBeforeWhatPassed) {
  Result result = Passed();
  result.tasks[0].tests[1].state = TestState::kFailed;
  result.tasks[0].tests[1].message = "expected 2, got 3";
  Mark(OneTask(), MarkRules{}, result);
  const std::string html = FeedbackHtml(result, MarkRules{});
  const std::size_t folded = html.find("<details>");
  ASSERT_NE(folded, std::string::npos);
  EXPECT_LT(html.find("expected 2, got 3"), folded);
  EXPECT_LT(html.find("Task1.B"), folded);
  EXPECT_GT(html.find("Task1.A"), folded);
  EXPECT_NE(html.find("1 test passed"), std::string::npos);
  EXPECT_NE(html.find("<td>1 of 2 passed</td>"), std::string::npos);
  EXPECT_NE(html.find("href=\"#task1\""), std::string::npos);
  EXPECT_NE(html.find("id=\"task1\""), std::string::npos);
}

TEST(Exports, FeedbackSaysWhatIsMissingWhereAllTestsPass) {
  Result result = Passed();
  Mark(OneTask(), MarkRules{}, result);
  EXPECT_EQ(FeedbackHtml(result, MarkRules{}).find("points that are missing"),
            std::string::npos);
  result.tasks[0].points -= 1;
  EXPECT_NE(FeedbackHtml(result, MarkRules{}).find("points that are missing"),
            std::string::npos);
}

// The page's first paragraph.
std::string FirstWordsOf(Result result) {
  Mark(OneTask(), MarkRules{}, result);
  return FirstWords(result, MarkRules{});
}

TEST(Feedback, BeginsWithWhereToLook) {
  EXPECT_EQ(FirstWordsOf(Passed()),
            "10.00 of 10.00 points. Every task has full marks.");
  Result red = Passed();
  red.tasks[0].tests[1].state = TestState::kFailed;
  EXPECT_NE(FirstWordsOf(red).find(": 1 of its 2 visible tests do not pass."),
            std::string::npos)
      << FirstWordsOf(red);
  red.tasks[0].tests[1].message = "Ring::Push is yours to write";
  EXPECT_NE(FirstWordsOf(red).find("functions are still as handed out"),
            std::string::npos);
  red.tasks[0].state = TaskState::kCompileError;
  EXPECT_NE(FirstWordsOf(red).find("it does not compile"), std::string::npos);
  red = Passed();
  red.tasks[0].tests[1].state = TestState::kFailed;
  red.tasks[0].tests[1].hidden = true;
  EXPECT_NE(FirstWordsOf(red).find("1 of its 1 hidden tests do not"),
            std::string::npos);
  Result none;
  none.state = "unreadable";
  EXPECT_NE(FirstWordsOf(none).find("nothing to grade"), std::string::npos);
}

TEST(Feedback, SaysWhatToDoAboutEachEnd) {
  Result result = Passed();
  for (const TestState state :
       {TestState::kCrashed, TestState::kTimedOut, TestState::kFlooded,
        TestState::kOutOfMemory, TestState::kNoVerdict}) {
    result.tasks[0].tests[1].state = state;
    const std::vector<std::string> means =
        WhatEndsMean(result.tasks[0], MarkRules{}, "09_09");
    ASSERT_EQ(means.size(), 1u) << Name(state);
    EXPECT_NE(means[0].find("Fix: "), std::string::npos);
    EXPECT_NE(means[0].find("./workbook check 09_09"), std::string::npos);
    EXPECT_NE(GradescopeResults(result, MarkRules{}).find("Fix: "),
              std::string::npos);
  }
  result.tasks[0].tests[1].hidden = true;
  EXPECT_TRUE(WhatEndsMean(result.tasks[0], MarkRules{}, "09_09").empty());
}

TEST(Feedback, AHiddenTestThatNeedsAnotherTaskSaysSo) {
  Result result = Passed();
  TestVerdict& hidden = result.tasks[0].tests[1];
  hidden.hidden = true;
  hidden.state = TestState::kFailed;
  EXPECT_NE(HiddenAdvice(result.tasks[0], MarkRules{}).find("its limits"),
            std::string::npos);
  hidden.message = "09_09 task 1: Ring::Push is yours to write";
  EXPECT_NE(HiddenAdvice(result.tasks[0], MarkRules{}).find("handed out"),
            std::string::npos);
  hidden.state = TestState::kPassed;
  EXPECT_EQ(HiddenAdvice(result.tasks[0], MarkRules{}), "");
}

TEST(Feedback, ATaskThatWasNotGradedSaysWhy) {
  Result result = Passed();
  for (const TaskState state :
       {TaskState::kMissing, TaskState::kCompileError, TaskState::kRejected}) {
    result.tasks[0].state = state;
    const std::string html = FeedbackHtml(result, MarkRules{});
    EXPECT_NE(html.find("<p>Not graded, because "), std::string::npos);
    EXPECT_NE(html.find(std::string("<td>") + Name(state)), std::string::npos);
  }
}

TEST(Exports, HiddenTestsAreShownAsTheRulesSay) {
  Result result = Passed();
  result.tasks[0].tests.push_back(
      {"Task1Hidden.Secret", TestState::kFailed, "the input", true, {}});
  MarkRules rules;
  EXPECT_NE(FeedbackHtml(result, rules).find("hidden tests: 0 of 1"),
            std::string::npos);
  rules.hidden_tests = "nothing";
  EXPECT_EQ(FeedbackHtml(result, rules).find("hidden"), std::string::npos);
  EXPECT_EQ(GradescopeResults(result, rules).find("hidden tests"),
            std::string::npos);
  rules.hidden_tests = "names";
  EXPECT_NE(FeedbackHtml(result, rules).find("Task1Hidden.Secret"),
            std::string::npos);
  EXPECT_EQ(FeedbackHtml(result, rules).find("the input"), std::string::npos);
}

std::string PageOf(const std::vector<Result>& results) {
  const Plan plan = OneTask();
  Overview overview(plan);
  for (const Result& result : results) overview.Add(result);
  return overview.Html();
}

TEST(Overview, CountsStudentsAndEscapesThem) {
  Result full = Passed();
  Mark(OneTask(), MarkRules{}, full);
  Result none = full;
  none.student = "<script>";
  none.points = 0;
  none.flags = {"calls \"mmap\""};
  none.tasks[0].tests[1].state = TestState::kFailed;
  const std::string html = PageOf({full, none});
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(html.find("calls &quot;mmap&quot;"), std::string::npos);
  EXPECT_NE(html.find("90 to 100 %</th><td>1<"), std::string::npos);
  EXPECT_NE(html.find("mean 50 %"), std::string::npos);
  const std::size_t hardest = html.find("Hardest");
  EXPECT_LT(html.find("Task1.B", hardest), html.find("Task1.A", hardest));
}

TEST(Overview, ShowsFlagsFirstAndWhatToLookAt) {
  Result result = Passed();
  result.flags = {"calls mmap", "impossible: task 1 has no instructions"};
  const std::string html = PageOf({result});
  const std::size_t flags = html.find("<h2 id=\"flags\">");
  EXPECT_LT(flags, html.find("<h2 id=\"distribution\">"));
  EXPECT_LT(html.find("impossible: task 1"), html.find("calls mmap"));
  EXPECT_NE(html.find("Run the task's tests by hand"), std::string::npos);
  EXPECT_NE(PageOf({Passed()}).find("No submission has a flag."),
            std::string::npos);
}

TEST(Overview, ATestThatWasNotRunIsNotHard) {
  Result passed = Passed();
  passed.tasks[0].tests.push_back(
      {"Task1Hidden.A", TestState::kPassed, "", true, {}});
  Result unfit = passed;
  unfit.tasks[0].state = TaskState::kCompileError;
  unfit.tasks[0].tests = {
      {"Task1Hidden.A", TestState::kNoVerdict, "not run", true, {}}};
  EXPECT_NE(PageOf({passed, unfit})
                .find("Task1Hidden.A</td><td>hidden</td><td>1 of 1<"),
            std::string::npos);
}

TEST(Progress, SaysHowLongWhatIsLeftTakes) {
  using std::chrono::seconds;
  EXPECT_NE(RenderProgress(5, 10, 5, seconds(50)).find("about 50 s left"),
            std::string::npos);
  EXPECT_NE(RenderProgress(5, 10, 1, seconds(60)).find("about 5 min left"),
            std::string::npos)
      << "what the ledger knew took no time";
  EXPECT_EQ(RenderProgress(5, 10, 0, seconds(1)).find("left"),
            std::string::npos);
  EXPECT_EQ(RenderProgress(10, 10, 9, seconds(9)).find("left"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::grade
