// SPDX-License-Identifier: Apache-2.0

// What the gate makes of Bazel's answers, of rows, and of its options.
#include "tools/authoring/gate.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "tools/authoring/sample_course.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

class GateStepsTest : public testing::Test {
 protected:
  VerifyReport Verify(std::vector<std::string> exercises = {}) {
    VerifyOptions options;
    options.root = course_.root();
    options.exercises = std::move(exercises);
    options.print = [this](const std::string& line) { lines_.push_back(line); };
    return workbook::Verify(options, bazel_);
  }

  void ExpectRefused(const std::vector<std::string>& parts) {
    const VerifyReport report = Verify();
    EXPECT_EQ(report.failed, 1);
    ASSERT_EQ(report.failures.size(), 1U);
    for (const std::string& part : parts) {
      EXPECT_NE(report.failures[0].find(part), std::string::npos)
          << "no `" << part << "` in: " << report.failures[0];
    }
  }

  bool Asked(const std::string& command) const {
    return std::find(bazel_.commands.begin(), bazel_.commands.end(), command) !=
           bazel_.commands.end();
  }

  SampleCourse course_;
  FakeBazel bazel_{course_};
  std::vector<std::string> lines_;
};

TEST_F(GateStepsTest, AsksForEveryStep) {
  Verify();
  EXPECT_TRUE(
      Asked("build --config=strict --build_tag_filters=-learner -- "
            "//exercises/01_01/... //tools/..."));
  std::string all =
      "test --config=strict --build_tests_only -- //... -//exercises/...";
  for (const std::string shell : {"zsh", "fish"}) {
    if (IsInstalled(shell)) continue;
    all += " -//tools/workbook:completion_" + shell + "_test";
  }
  EXPECT_TRUE(Asked(all));
  EXPECT_TRUE(
      Asked("test --config=strict --config=tsan --build_tests_only -- "
            "//solutions/01_01:pair_test"));
  EXPECT_TRUE(Asked(
      "run --config=strict //solutions/01_01:bench --benchmark_list_tests"));
  EXPECT_TRUE(
      Asked("run --config=strict //solutions/01_01:bench --pass=smoke"));
}

TEST_F(GateStepsTest, SaysWhichBenchmarkOfHowMany) {
  Verify();
  EXPECT_EQ(bazel_.tasks,
            std::vector<std::string>{"      Benchmark of 01_01, 1 of 1"});
}

// A folder that is first on PATH, with a clang++ that is a script.
class GateClangTest : public GateStepsTest {
 protected:
  GateClangTest() {
    if (const char* const path = ::getenv("PATH")) path_ = path;
    ::setenv("PATH", (clang_folder_.path().string() + ":" + path_).c_str(), 1);
  }
  ~GateClangTest() override { ::setenv("PATH", path_.c_str(), 1); }

  void InstallClang(const std::string& body) {
    const std::filesystem::path clang = clang_folder_.path() / "clang++";
    std::ofstream(clang) << "#!/bin/sh\n" << body << "\n";
    std::filesystem::permissions(clang, std::filesystem::perms::owner_all);
  }

  // What asks for a build of the references.
  static constexpr char kSanitizedByGcc[] =
      "test --config=strict --config=asan --build_tests_only "
      "--test_tag_filters=reference -- //solutions/...";
  static constexpr char kSanitizedByClang[] =
      "test --config=strict --config=clang-asan --build_tests_only "
      "--test_tag_filters=reference -- //solutions/...";
  static constexpr char kBuiltByClang[] =
      "build --config=strict --config=clang --build_tag_filters=reference -- "
      "//solutions/...";
  static constexpr char kBenchmarkBuiltByClang[] =
      "build --config=strict --config=clang -- //exercises/01_01:bench";

 private:
  ScratchFolder clang_folder_;
  std::string path_;
};

TEST_F(GateClangTest, BuildsTheReferencesOnceWhereItSanitizes) {
  course_.Write("libclang_rt.asan_cxx-x86_64.a", "");
  InstallClang("echo " + course_.root().string());
  Verify();
  EXPECT_TRUE(Asked(kSanitizedByClang));
  EXPECT_FALSE(Asked(kSanitizedByGcc));
  EXPECT_FALSE(Asked(kBuiltByClang));
  EXPECT_TRUE(Asked(kBenchmarkBuiltByClang));
}

TEST_F(GateClangTest, BuildsWhatGccSanitizesWhereItDoesNot) {
  InstallClang("echo " + (course_.root() / "no/such/folder").string());
  Verify();
  EXPECT_FALSE(Asked(kSanitizedByClang));
  EXPECT_TRUE(Asked(kSanitizedByGcc));
  EXPECT_TRUE(Asked(kBuiltByClang));
  EXPECT_TRUE(Asked(kBenchmarkBuiltByClang));
}

// A clang that lists in a file what it compiles, and refuses what has no lock.
class GateLocksTest : public GateClangTest {
 protected:
  GateLocksTest() {
    InstallClang(
        "case $* in *-fsyntax-only*) echo \"$*\" > asked.txt;; "
        "*) echo /no/such/folder; exit 0;; esac\n"
        "if grep -q no_header tools/a/by_itself.cc; then echo \"x.h: file not "
        "found\" >&2; exit 1; fi\n"
        "if grep -q no_lock tools/a/by_itself.cc; then echo \"a.cc:3: requires "
        "holding mutex\" >&2; exit 1; fi");
    course_.Write("tools/a/by_itself.cc", kInclude);
    course_.Write("tools/a/by_its_header.cc", "int x;\n");
    course_.Write("tools/a/by_its_header.h", kInclude);
    course_.Write("tools/a/lock_free.cc", "int y;\n");
    course_.Write("tools/a/testdata/wrong.cc", kInclude);
  }

  const std::string kInclude =
      "#include <map>\n\n#include \"tools/exercise/thread_annotations.h\"\n";
};

TEST_F(GateLocksTest, AsksClangAboutTheSourcesOfToolsThatLock) {
  Verify({"01_01"});
  EXPECT_FALSE(std::filesystem::exists(course_.root() / "asked.txt"))
      << "an exercise alone leaves the tools alone";
  EXPECT_TRUE(Verify().Green());
  EXPECT_EQ(course_.Read("asked.txt"),
            "-std=c++20 -fsyntax-only -I. -Wthread-safety "
            "-Werror=thread-safety tools/a/by_its_header.cc "
            "tools/a/by_itself.cc\n");
}

TEST_F(GateLocksTest, RefusesAnAccessWithoutTheLock) {
  course_.Write("tools/a/by_itself.cc", kInclude + "int no_lock;\n");
  ExpectRefused({"clang++ -Wthread-safety", "a.cc:3: requires holding mutex",
                 "Fix: hold the lock there"});
}

TEST_F(GateLocksTest, AHeaderThatTheSystemLacksIsAGap) {
  course_.Write("tools/a/by_itself.cc", kInclude + "int no_header;\n");
  const VerifyReport report = Verify();
  EXPECT_TRUE(std::any_of(
      report.gaps.begin(), report.gaps.end(), [](const std::string& gap) {
        return gap.find("the locks of tools/") != std::string::npos;
      }));
}

TEST_F(GateClangTest, IsAGapWhereItIsNotInstalled) {
  ::setenv("PATH", "/no/such/folder", 1);
  const VerifyReport report = Verify();
  EXPECT_TRUE(Asked(kSanitizedByGcc));
  EXPECT_FALSE(Asked(kBuiltByClang));
  EXPECT_FALSE(Asked(kBenchmarkBuiltByClang));
  EXPECT_TRUE(std::any_of(
      report.gaps.begin(), report.gaps.end(), [](const std::string& gap) {
        return gap.find("clang++ is not installed") != std::string::npos;
      }));
}

TEST_F(GateStepsTest, OneExerciseAloneLeavesTheToolsAlone) {
  EXPECT_TRUE(Verify({"01_01"}).Green());
  EXPECT_TRUE(Asked(
      "test --config=strict --build_tests_only -- //solutions/01_01/..."));
  EXPECT_FALSE(Asked(
      "test --config=strict --build_tests_only -- //... -//exercises/..."));
}

TEST_F(GateStepsTest, GivesMutantsThatRaceToThreadSanitizer) {
  bazel_.races = {"//solutions/01_01:pair.race.no_lock_mutant",
                  "//solutions/09_09:other.race.no_lock_mutant"};
  Verify({"01_01"});
  EXPECT_TRUE(
      Asked("test --config=strict --config=tsan --build_tests_only -- "
            "//solutions/01_01:pair_test "
            "//solutions/01_01:pair.race.no_lock_mutant"));
}

TEST_F(GateStepsTest, EndsWithTheCounts) {
  const VerifyReport report = Verify();
  ASSERT_FALSE(lines_.empty());
  EXPECT_EQ(lines_.back(), std::to_string(report.passed) + " passed, 0 failed");
  EXPECT_EQ(report.LastLine(), lines_.back());
}

TEST_F(GateStepsTest, CountsEachTest) {
  const int before = Verify().passed;
  bazel_.tests.insert("//solutions/01_01:extra_test");
  // Three runs of tests hold it: plain, ASan and TSan; the list of targets is
  // what fails.
  const VerifyReport report = Verify();
  EXPECT_EQ(report.passed, before - 1 + 3);
  EXPECT_EQ(report.failed, 1);
}

TEST_F(GateStepsTest, RefusesAnExerciseThatIsNotThere) {
  const VerifyReport report = Verify({"01_09"});
  EXPECT_EQ(report.failed, 1);
  EXPECT_FALSE(report.Green());
  EXPECT_NE(report.failures[0].find("did you mean 01_01?"), std::string::npos)
      << report.failures[0];
  EXPECT_TRUE(bazel_.commands.empty()) << "nothing is built for a slip";
}

TEST_F(GateStepsTest, TellsAFailedTestWithItsLogAndWhatToTypeNext) {
  course_.Write("test.log",
                "[ RUN      ] Task1Counter.CountsUp\n"
                "counter_test.cc:15: Failure\nExpected equality\n");
  BazelRun run;
  run.exit_code = 3;
  run.events.targets["//solutions/01_01:counter_test"].test =
      BazelTest{.status = "FAILED", .log = course_.root() / "test.log"};
  run.events.targets["//solutions/01_01:pair_test"].test =
      BazelTest{.status = "PASSED"};
  bazel_.run_for["--config=tsan"] = run;
  ExpectRefused({"//solutions/01_01:counter_test (tsan): FAILED",
                 "counter_test.cc:15: Failure", "Expected equality",
                 "Next: bazel test --config=tsan "
                 "//solutions/01_01:counter_test"});
}

TEST_F(GateStepsTest, TellsASurvivingMutantInItsOwnWords) {
  course_.Write("test.log",
                "solutions/01_01/mutants/counter.stuck.patch: survives: "
                "Task1Counter.CountsUp passes with it. Fix: make the test see "
                "the fault\n");
  BazelRun run;
  run.exit_code = 3;
  run.events.targets["//solutions/01_01:counter.stuck_mutant"].test =
      BazelTest{.status = "FAILED", .log = course_.root() / "test.log"};
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"counter.stuck_mutant: FAILED", "counter.stuck.patch",
                 "survives", "Fix: make the test see"});
}

TEST_F(GateStepsTest, TellsATimeOut) {
  BazelRun run;
  run.exit_code = 3;
  run.events.targets["//solutions/01_01:pair_stub"].test =
      BazelTest{.status = "TIMEOUT"};
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"//solutions/01_01:pair_stub: TIMEOUT",
                 "Next: bazel test //solutions/01_01:pair_stub"});
}

TEST_F(GateStepsTest, TellsABuildThatFailed) {
  BazelRun run;
  run.exit_code = 1;
  run.errors =
      "INFO: noise\n"
      "ERROR: solutions/01_01/BUILD.bazel:4:9: Compiling pair.cc failed\n"
      "solutions/01_01/pair.cc:12:3: error: 'x' was not declared\n";
  run.events.not_built = {"//solutions/01_01:pair", "//solutions/01_01:bench"};
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"failed to build //solutions/01_01:pair and 1 more",
                 "pair.cc:12:3: error", "Fix: correct the first error"});
}

TEST_F(GateStepsTest, ATestThatIsRedAndATargetThatDoesNotBuildAreTwoFailures) {
  BazelRun run;
  run.exit_code = 1;
  run.events.targets["//solutions/01_01:pair_test"].test =
      BazelTest{.status = "FAILED"};
  run.events.not_built = {"//solutions/01_01:bench"};
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  EXPECT_EQ(Verify().failed, 2);
}

TEST_F(GateStepsTest, RefusesARunWithoutTests) {
  BazelRun run;
  run.exit_code = 4;
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"found no test", "Fix: each exercise's BUILD file"});
}

TEST_F(GateStepsTest, RefusesABazelThatGivesUp) {
  BazelRun run;
  run.exit_code = 37;
  run.errors = "FATAL: bazel crashed due to an internal error\n";
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"failed to build", "FATAL: bazel crashed"});
}

TEST_F(GateStepsTest, SaysInWordsWhyBazelGaveUp) {
  BazelRun run;
  run.exit_code = 36;
  run.trouble = BazelTrouble{{.what = "no space left on the disk",
                              .where = "its output folder",
                              .next = "Free some space"}};
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"no space left on the disk", "where: its output folder",
                 "next:  Free some space"});
}

TEST_F(GateStepsTest, NamesTestsThatAreNearTheirLimitAndStaysGreen) {
  BazelRun run;
  run.exit_code = 0;
  const auto add = [&run](const char* label, int duration_ms, bool cached) {
    BazelTarget& target = run.events.targets[label];
    target.timeout_seconds = 60;
    target.test = BazelTest{
        .status = "PASSED", .duration_ms = duration_ms, .cached = cached};
  };
  add("//solutions/01_01:a_test", 6100, false);
  add("//solutions/01_01:b_test", 59000, false);
  add("//solutions/01_01:c_test", 6000, false);
  add("//solutions/01_01:d_test", 59000, true);
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  const VerifyReport report = Verify();
  EXPECT_TRUE(report.Green());
  std::vector<std::string> slow;
  for (const std::string& note : report.notes) {
    if (note.starts_with("slow: ")) slow.push_back(note);
  }
  ASSERT_EQ(slow.size(), 2U);
  EXPECT_EQ(slow[0].find("slow: //solutions/01_01:b_test took 59.0 s of "
                         "the 60 s that it may take"),
            0U)
      << slow[0];
  EXPECT_EQ(slow[1].find("slow: //solutions/01_01:a_test took 6.1 s"), 0U);
}

TEST_F(GateStepsTest, RefusesABazelThatIsNotThere) {
  BazelRun run;
  run.start_error = "bazel is not installed";
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"could not be started: bazel is not installed",
                 "Fix: ./workbook setup"});
}

TEST_F(GateStepsTest, RefusesABazelThatIsKilled) {
  BazelRun run;
  run.signal = 9;
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused({"signal 9", "Fix: ./workbook setup"});
}

TEST_F(GateStepsTest, CountsATestThatNeverRanAsABuildFailureOnly) {
  BazelRun run;
  run.exit_code = 1;
  run.events.targets["//solutions/01_01:pair_test"].test =
      BazelTest{.status = "NO_STATUS"};
  run.events.not_built = {"//solutions/01_01:pair_test"};
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  EXPECT_EQ(Verify().failed, 1);
}

TEST_F(GateStepsTest, RefusesABuildFileThatBazelCannotRead) {
  bazel_.query_error = "ERROR: exercises/01_01/BUILD.bazel:3:1: syntax error";
  const VerifyReport report = Verify();
  EXPECT_FALSE(report.Green());
  EXPECT_NE(report.failures[0].find("BUILD.bazel:3:1: syntax error"),
            std::string::npos)
      << report.failures[0];
}

TEST_F(GateStepsTest, RefusesATargetWithoutRows) {
  bazel_.rows = {"counter/nxt/baseline:memory",
                 "counter/nxt/reference:Counter"};
  ExpectRefused({"exercises/01_01/exercise.toml:21",
                 "name the case counter/next, and the benchmark has none",
                 "did you mean counter/nxt?"});
}

TEST_F(GateStepsTest, RefusesATargetWithoutBaselineOrPeer) {
  bazel_.rows = {"counter/next/reference:Counter", "counter/next/peer:int"};
  ExpectRefused({"no row of the role baseline", "Fix: "});
  bazel_.rows = {"counter/next/reference:Counter",
                 "counter/next/baseline:memory"};
  ExpectRefused({"no row of the role peer", "AddGap"});
}

TEST_F(GateStepsTest, RefusesACaseWithoutTheReference) {
  bazel_.rows.push_back("counter/reset/baseline:memory");
  ExpectRefused({"//solutions/01_01:bench",
                 "counter/reset without the "
                 "reference",
                 "Role::kSubject"});
}

TEST_F(GateStepsTest, RefusesACaseWithoutAForm) {
  bazel_.rows.push_back("counter/reset/reference:Counter");
  ExpectRefused({"exercises/01_01/bench.toml", "no form of counter/reset",
                 "touch, call and keep"});
}

TEST_F(GateStepsTest, RefusesATargetOfUnlikeRows) {
  const std::string file = "exercises/01_01/bench.toml";
  const std::string forms = ReadTextFile(course_.root() / file).value();
  course_.Write(file, forms +
                          "[[cases.unlike]]\nrows = [\"memory\"]\nhow = "
                          "\"does more\"\ncalls = \"two calls\"\n");
  ExpectRefused({file, "compare unlike rows in counter/next", "Fix: "});
}

TEST_F(GateStepsTest, RefusesACallThatTheCompilerMayInline) {
  const std::string file = "exercises/01_01/bench.toml";
  const std::string forms = ReadTextFile(course_.root() / file).value();
  const std::size_t keeps = forms.find("keeps = ");
  ASSERT_NE(keeps, forms.npos);
  course_.Write(file, std::string(forms).insert(keeps, "by = [\"Absent\"]\n"));
  ExpectRefused({file, "goes through a call of Absent", "[[gnu::noinline]]"});
}

TEST_F(GateStepsTest, RefusesABenchmarkWhoseFormsAreNotStated) {
  course_.Remove("exercises/01_01/bench.toml");
  ExpectRefused({"exercises/01_01/bench.toml", "is missing",
                 "tools/bench/publish/forms.h"});
}

TEST_F(GateStepsTest, RefusesARowThatFails) {
  BazelRun run;
  run.exit_code = 1;
  run.output = "counter/next/reference:Counter ERROR: blocks overlap\n";
  bazel_.run_for["--pass=smoke"] = run;
  ExpectRefused(
      {"--pass=smoke` ended with exit code 1", "blocks overlap", "Fix: "});
}

TEST_F(GateStepsTest, RefusesTargetsWithoutABenchmark) {
  for (const char* tree :
       {"//exercises/01_01:bench", "//solutions/01_01:bench"}) {
    bazel_.rules.erase(tree);
  }
  course_.Remove("exercises/01_01/counter_bench.cc");
  ExpectRefused({"exercises/01_01/exercise.toml: has targets",
                 "Fix: write STEM_bench.cc"});
}

TEST(VerifyReport, NothingPassedIsNotGreen) {
  EXPECT_FALSE(VerifyReport{}.Green());
  EXPECT_EQ(VerifyReport{}.LastLine(), "0 passed, 0 failed");
}

}  // namespace
}  // namespace workbook
