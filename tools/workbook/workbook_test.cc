// Drives the real binary on the sample course, with a Bazel that replays what a
// real one left (testdata/record.sh).
#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"
#include "tools/workbook/exit_code.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class Workbook : public testing::Test {
 protected:
  Workbook()
      : here_(fs::current_path() / "tools/workbook"),
        data_(here_ / "testdata"),
        root_(scratch_.path()) {
    fs::copy(data_ / "course", root_,
             fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    // Runfiles are read-only links; the learner's files are his own.
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (entry.is_directory()) continue;
      const std::string text = ReadTextFile(entry.path()).value();
      fs::remove(entry.path());
      std::ofstream(entry.path()) << text;
    }
    std::ofstream(root_ / "WORKSPACE") << "# a sample\n";
  }

  ProcessResult Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), (here_ / "workbook").string());
    ProcessOptions options;
    options.working_directory = root_.string();
    options.environment = {
        {"WORKBOOK_ROOT", root_.string()},
        {"WORKBOOK_BAZEL", bazel_},
        {"RECORDED", recorded_},
        {"FAKE_BAZEL", fake_bazel_},
        {"FAKE_BENCH", fake_bench_},
        {"WORKBOOK_BENCH_LOCK", (root_ / "bench.lock").string()},
    };
    options.timeout = std::chrono::seconds(20);
    return RunProcess(arguments, options);
  }

  std::string Read(const std::string& relative) {
    return ReadTextFile(root_ / relative).value_or("(no such file)");
  }

  void Write(const std::string& relative, const std::string& text) {
    fs::create_directories((root_ / relative).parent_path());
    std::ofstream(root_ / relative) << text;
  }

  // Every message has what, where and next.
  static void ExpectProblem(const ProcessResult& result, int exit_code,
                            const std::string& what) {
    EXPECT_EQ(result.exit_code, exit_code) << result.errors;
    EXPECT_NE(result.errors.find(what), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find("  where: "), std::string::npos);
    EXPECT_NE(result.errors.find("  next:  "), std::string::npos);
  }

  const ScratchFolder scratch_;
  const fs::path here_;
  const fs::path data_;
  const fs::path root_;
  std::string bazel_ = (here_ / "testdata/fake_bazel.sh").string();
  std::string fake_bazel_;
  std::string fake_bench_;
  std::string recorded_ = (data_ / "recorded").string();
};

TEST_F(Workbook, CheckTellsEveryTaskInItsOwnWords) {
  const ProcessResult result = Run({"check", "09_01"});
  EXPECT_EQ(result.exit_code, kExitDoesNotBuild) << result.errors;
  EXPECT_EQ(result.output,
            ReadTextFile(data_ / "golden/check_09_01.txt").value_or(""))
      << "if the new words are better, change testdata/golden";
}

TEST_F(Workbook, CheckOfAGreenExerciseIsZeroAndSolvesIt) {
  const ProcessResult result = Run({"check", "09_02"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_NE(result.output.find("All tasks are green."), std::string::npos);
  EXPECT_NE(Read(".workbook/progress").find("solved 09_02 "),
            std::string::npos);
}

TEST_F(Workbook, CheckSpeaksJson) {
  const ProcessResult result = Run({"check", "09_01", "--json"});
  EXPECT_EQ(result.exit_code, kExitDoesNotBuild);
  const Json json = Json::parse(result.output);
  EXPECT_EQ(json["exercise"], "09_01");
  EXPECT_EQ(json["exit_code"], kExitDoesNotBuild);
  EXPECT_EQ(json["green_tasks"], 1);
  ASSERT_EQ(json["tasks"].size(), 12u);
  EXPECT_EQ(json["tasks"][2]["state"], "to write");
  EXPECT_EQ(json["tasks"][2]["file"], "exercises/09_01/unwritten.h");
  EXPECT_EQ(json["tasks"][4]["waits_for"], 4);
  EXPECT_EQ(json["tasks"][7]["state"], "no report");
}

TEST_F(Workbook, StartGreetsOnceAndIsZeroWhateverIsRed) {
  ProcessResult result = Run({});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_NE(result.output.find("Welcome"), std::string::npos);
  EXPECT_NE(result.output.find("0 of 2 exercises solved"), std::string::npos);
  EXPECT_NE(result.output.find("chapters/09_samples/09_01.md"),
            std::string::npos);
  EXPECT_NE(result.output.find("./workbook hint 09_01 2"), std::string::npos);
  result = Run({"start"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_EQ(result.output.find("Welcome"), std::string::npos);
}

TEST_F(Workbook, ListAndProgressShowWhatCheckFound) {
  Run({"check", "09_02"});
  Run({"check", "09_01"});
  const ProcessResult list = Run({"list"});
  EXPECT_EQ(list.exit_code, kExitOk);
  EXPECT_NE(list.output.find("> 09_01"), std::string::npos) << list.output;
  EXPECT_NE(list.output.find("1 of 12 tasks"), std::string::npos);
  EXPECT_NE(list.output.find("solved"), std::string::npos);
  const Json json = Json::parse(Run({"progress", "--json"}).output);
  EXPECT_EQ(json["current"], "09_01");
  EXPECT_EQ(json["exercises"][1]["solved"], true);
  EXPECT_EQ(json["exercises"][0]["tasks"][0]["green"], true);
  const ProcessResult progress = Run({"progress"});
  EXPECT_NE(progress.output.find("[#...........]"), std::string::npos)
      << progress.output;
  EXPECT_EQ(Json::parse(Run({"list", "--json"}).output), json);
}

TEST_F(Workbook, NextStaysUntilSolvedOrSkipped) {
  Run({"check", "09_01"});
  EXPECT_NE(Run({"next"}).output.find("not solved yet"), std::string::npos);
  EXPECT_NE(Run({"next", "--skip"}).output.find("09_02 All green"),
            std::string::npos);
  EXPECT_NE(Read(".workbook/progress").find("current 09_02"),
            std::string::npos);
  Run({"check"});
  EXPECT_NE(Run({"next"}).output.find("09_01 Every way"), std::string::npos);
}

TEST_F(Workbook, HintsComeLevelByLevelAndAreRemembered) {
  EXPECT_NE(Run({"hint", "09_01", "2"}).output.find("Task 2, hint 1."),
            std::string::npos);
  EXPECT_NE(Run({"hint", "2"}).output.find("Task 2, hint 2."),
            std::string::npos)
      << "a task of the current exercise";
  EXPECT_NE(Run({"hint", "2", "--again"}).output.find("Task 2, hint 2."),
            std::string::npos);
  Run({"hint", "2"});
  const ProcessResult last = Run({"hint", "2"});
  EXPECT_NE(last.output.find("Task 2, hint 3."), std::string::npos);
  EXPECT_NE(last.output.find("That was the last"), std::string::npos);
  ExpectProblem(Run({"hint", "09_01", "13"}), kExitUsage,
                "09_01 has no task 13");
  ExpectProblem(Run({"hint", "09_01", "9"}), kExitEnvironment,
                "there are no hints for task 9");
}

TEST_F(Workbook, SolutionRefusesUntilSolved) {
  ExpectProblem(Run({"solution", "09_02"}), kExitRefused, "not solved yet");
  EXPECT_EQ(Run({"solution", "09_02", "--anyway"}).exit_code, kExitOk);
  Run({"check", "09_02"});
  EXPECT_NE(Run({"solution", "09_02"}).output.find("solution 09_02 green.h"),
            std::string::npos);
  const ProcessResult shown = Run({"solution", "09_02", "green.h"});
  EXPECT_EQ(shown.exit_code, kExitOk) << shown.errors;
  EXPECT_NE(shown.output.find("return 42;"), std::string::npos);
  EXPECT_EQ(shown.output.find("Todo"), std::string::npos);
  EXPECT_EQ(shown.output.find("WORKBOOK_STUB"), std::string::npos);
  ExpectProblem(Run({"solution", "09_02", "../../WORKSPACE"}), kExitUsage,
                "is not a file of 09_02");
  ExpectProblem(Run({"solution", "09_01", "--anyway"}), kExitEnvironment,
                "comes without solutions");
}

TEST_F(Workbook, ResetAsksKeepsABackupAndBringsTheStubBack) {
  const std::string file = "exercises/09_02/green.h";
  const std::string mine = Read(file);
  ExpectProblem(Run({"reset", "09_02"}), kExitRefused, "Add --yes");
  EXPECT_EQ(Read(file), mine) << "a refused reset touches nothing";
  const ProcessResult done = Run({"reset", "09_02", "--yes"});
  EXPECT_EQ(done.exit_code, kExitOk) << done.errors;
  EXPECT_NE(Read(file).find("Todo(\"09_02 task 1: Answer\")"),
            std::string::npos);
  std::smatch backup;
  ASSERT_TRUE(std::regex_search(done.output, backup,
                                std::regex("(\\.workbook/backups/[^ ]*)\\.\n")))
      << done.output;
  EXPECT_EQ(Read(backup[1].str() + "/" + file), mine);
  EXPECT_NE(Run({"reset", "09_02", "--yes"}).output.find("nothing to reset"),
            std::string::npos);
}

TEST_F(Workbook, ResetTouchesNothingWhereOneStubCannotBeMade) {
  const std::string before = Read("exercises/09_01/green.h");
  ExpectProblem(Run({"reset", "09_01", "--yes"}), kExitEnvironment,
                "the pristine file cannot be made");
  EXPECT_EQ(Read("exercises/09_01/green.h"), before);
}

TEST_F(Workbook, ResetBringsADeletedFileBack) {
  fs::remove(root_ / "exercises/09_02/green.h");
  const ProcessResult check = Run({"check", "09_02"});
  EXPECT_NE(check.output.find("the file is missing"), std::string::npos)
      << check.output;
  EXPECT_EQ(Run({"reset", "09_02", "--yes"}).exit_code, kExitOk);
  EXPECT_NE(Read("exercises/09_02/green.h").find("Todo"), std::string::npos);
}

TEST_F(Workbook, BenchShowsRatiosTargetsAndGaps) {
  const ProcessResult result = Run({"bench", "09_01"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_NE(result.output.find("Note: this copy has no reference"),
            std::string::npos)
      << result.output;
  // What the notes say of this machine is another matter each time.
  EXPECT_EQ(std::regex_replace(result.output, std::regex("Note: .*\n"), ""),
            ReadTextFile(data_ / "golden/bench_09_01.txt").value_or(""))
      << "if the new words are better, change testdata/golden";
  const Json json = Json::parse(Run({"bench", "09_01", "--json"}).output);
  EXPECT_DOUBLE_EQ(
      json["cases"][0]["rows"][1]["ratio_to_baseline"].get<double>(), 8.0);
  EXPECT_EQ(json["targets"][0]["verdict"], "met");
  EXPECT_EQ(json["targets"][1]["verdict"], "not written yet");
}

TEST_F(Workbook, BenchKeepsItsFiguresForTheReport) {
  ASSERT_EQ(Run({"bench", "09_01"}).exit_code, kExitOk);
  const auto folder = root_ / ".workbook/figures/09_01";
  const auto files = FileNames(folder, ".json");
  ASSERT_EQ(files.size(), 1u);
  const Json kept = Json::parse(ReadTextFile(folder / files[0]).value());
  EXPECT_EQ(kept["exercise"], "09_01");
  EXPECT_NE(kept["kernel"], "");
  ASSERT_EQ(Run({"report", "--benchmarks", "B.md"}).exit_code, kExitOk);
  EXPECT_NE(Read("B.md").find("| baseline | new_delete | 20 |"),
            std::string::npos);
  ExpectProblem(Run({"report"}), kExitEnvironment, "part of the report's page");
}

TEST_F(Workbook, ABadBenchmarkIsNamedAndEarlierFiguresStay) {
  ASSERT_EQ(Run({"bench", "09_01"}).exit_code, kExitOk);
  const auto folder = root_ / ".workbook/figures/09_01";
  const auto before = FileNames(folder, ".json");
  fake_bench_ = "crashes";
  ExpectProblem(Run({"bench", "09_01"}), kExitRed, "crashed");
  fake_bench_ = "silent";
  ExpectProblem(Run({"bench", "09_01"}), kExitRed, "left no figures");
  fake_bench_ = "unoptimized";
  ExpectProblem(Run({"bench", "09_01"}), kExitEnvironment,
                "without optimisation");
  fake_bench_ = "no_row";
  ExpectProblem(Run({"bench", "09_01", "--filter", "nix"}), kExitUsage,
                "no row");
  EXPECT_EQ(FileNames(folder, ".json"), before);
}

TEST_F(Workbook, FiguresThatCannotBeKeptAreStillShown) {
  Write(".workbook/figures", "a file in the folder's way\n");
  const ProcessResult result = Run({"bench", "09_01"});
  EXPECT_EQ(result.exit_code, kExitEnvironment);
  EXPECT_NE(result.output.find("red/batch"), std::string::npos);
  EXPECT_NE(result.errors.find("the figures were not kept"), std::string::npos)
      << result.errors;
}

TEST_F(Workbook, ListFindsByTitleAndState) {
  Run({"check", "09_02"});
  ProcessResult result = Run({"list", "solved"});
  EXPECT_NE(result.output.find("09_02"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("09_01"), std::string::npos);
  result = Run({"list", "EVERY WAY"});
  EXPECT_NE(result.output.find("09_01"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("09_02"), std::string::npos);
  ExpectProblem(Run({"list", "nothing like it"}), kExitUsage, "no exercise");
}

TEST_F(Workbook, ProgressCountsTheMinutesLeftOfAChapter) {
  Run({"check", "09_02"});
  const ProcessResult result = Run({"progress"});
  EXPECT_NE(result.output.find("  1 of 13 tasks, about"), std::string::npos)
      << result.output;
}

TEST_F(Workbook, DiffRefusesUntilSolvedThenShowsBothSides) {
  ExpectProblem(Run({"diff", "09_02"}), kExitRefused, "not solved yet");
  Run({"check", "09_02"});
  Write("exercises/09_02/green.h",
        Read("exercises/09_02/green.h") + "// mine alone\n");
  const ProcessResult result = Run({"diff", "09_02"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_EQ(Read(".workbook/reference/09_02/green.h").find("WORKBOOK_STUB"),
            std::string::npos);
  ExpectProblem(Run({"diff", "09_01", "--anyway"}), kExitEnvironment,
                "the reference cannot be shown");
}

TEST_F(Workbook, DoctorHasAMendForEachLack) {
  const ProcessResult result = Run({"doctor", "--json"});
  const Json findings = Json::parse(result.output);
  ASSERT_GE(findings.size(), 10u);
  for (const Json& finding : findings) {
    EXPECT_EQ(finding["health"] == "good", finding["mend"] == "")
        << finding.dump();
  }
  bazel_ = "/nowhere/bazel";
  const ProcessResult broken = Run({"doctor"});
  EXPECT_EQ(broken.exit_code, kExitEnvironment) << broken.output;
  EXPECT_NE(broken.output.find("mend: ./workbook setup"), std::string::npos);
}

TEST_F(Workbook, CompletionKnowsEveryCommandInARealBash) {
  const ProcessResult script = Run({"completion", "bash"});
  ASSERT_EQ(script.exit_code, kExitOk) << script.errors;
  Write("completion.bash", script.output);
  ProcessOptions options;
  options.working_directory = root_.string();
  const auto complete = [&](const std::string& line) {
    return RunProcess(
               {"bash", "-c",
                "source ./completion.bash; COMP_WORDS=(" + line +
                    "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _workbook; "
                    "echo ${COMPREPLY[@]}"},
               options)
        .output;
  };
  EXPECT_EQ(complete("./workbook wat"), "watch\n");
  EXPECT_EQ(complete("./workbook check 09"), "09_01 09_02\n");
  EXPECT_EQ(complete("./workbook check --j"), "--json\n");
  ExpectProblem(Run({"completion", "tcsh"}), kExitUsage, "no completion");
}

TEST_F(Workbook, IdeWritesOnlyTheChosenExerciseAndSparesTheLearnersFiles) {
  Write(".vscode/tasks.json", "{\"mine\": true}");
  ASSERT_EQ(Run({"ide", "09_02"}).exit_code, kExitOk);
  const Json commands = Json::parse(Read("compile_commands.json"));
  ASSERT_FALSE(commands.empty());
  for (const Json& command : commands) {
    EXPECT_TRUE(
        command["file"].get<std::string>().starts_with("exercises/09_02/"))
        << command.dump();
  }
  EXPECT_EQ(Read(".vscode/tasks.json"), "{\"mine\": true}");
  EXPECT_TRUE(
      Json::parse(Read(".vscode/workbook.tasks.json")).contains("tasks"));
  Run({"ide", "09_01"});
  EXPECT_EQ(Read(".vscode/workbook.launch.json"), "(no such file)")
      << "our own file is written anew";
}

TEST_F(Workbook, WatchWithoutATerminalPrintsPlainLinesAndEnds) {
  const ProcessResult result = Run({"watch", "09_02", "--checks", "1"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_EQ(result.output.find('\x1b'), std::string::npos);
  EXPECT_NE(result.output.find("watching exercises/09_02"), std::string::npos);
}

TEST_F(Workbook, TellsASanitizersReportWithBothPlaces) {
  fs::copy(data_ / "recorded", root_ / "replayed", fs::copy_options::recursive);
  const fs::path log = root_ / "replayed/09_01/logs/crashing_test/test.log";
  const std::string report =
      ReadTextFile(data_ / "sanitizers/use_after_free.log").value();
  fs::remove(log);
  std::ofstream(log) << report;
  recorded_ = (root_ / "replayed").string();
  const Json task =
      Json::parse(Run({"check", "09_01", "--json"}).output)["tasks"][5];
  EXPECT_EQ(task["state"], "crashed");
  EXPECT_EQ(task["file"], "exercises/09_01/crashing.h");
  EXPECT_EQ(task["line"], 12);
  EXPECT_EQ(task["details"][0], "writes:");
  EXPECT_EQ(task["details"][4], "freed:");
}

TEST_F(Workbook, UnknownWordsAreUsageErrors) {
  ExpectProblem(Run({"bench", "09_01", "--profile", "gpu"}), kExitUsage,
                "there is no profile gpu");
  ExpectProblem(Run({"chekc"}), kExitUsage, "there is no command chekc");
  ExpectProblem(Run({"check", "--fast"}), kExitUsage, "--fast");
  ExpectProblem(Run({"check", "77_77"}), kExitUsage, "no exercise 77_77");
  ExpectProblem(Run({"reset"}), kExitUsage, "exercise");
  ExpectProblem(Run({"setup"}), kExitUsage, "launcher");
}

TEST_F(Workbook, HelpDocumentsTheExitCodes) {
  const ProcessResult result = Run({"--help"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_NE(result.output.find("Exit codes:"), std::string::npos);
}

TEST_F(Workbook, HelpNamesTheWholeSetup) {
  EXPECT_NE(Run({"--help"}).output.find("./workbook setup --peers --author"),
            std::string::npos);
}

TEST_F(Workbook, SaysWhenBazelIsMissingOrGivesUp) {
  fake_bazel_ = "gives_up";
  const ProcessResult gave_up = Run({"check", "09_01"});
  ExpectProblem(gave_up, kExitEnvironment, "Bazel gave up");
  EXPECT_NE(gave_up.errors.find("sqlite3 is not installed"), std::string::npos);
  EXPECT_EQ(Run({"start"}).exit_code, kExitEnvironment);
  bazel_ = "/nowhere/bazel";
  ExpectProblem(Run({"check", "09_01"}), kExitEnvironment,
                "Bazel did not start");
}

TEST_F(Workbook, KeepsADamagedProgressFileAside) {
  Write(".workbook/progress",
        "memory-workbook progress 1\ncurrent 09_02\n\x01");
  const ProcessResult result = Run({"list"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_NE(result.errors.find("progress.damaged-1"), std::string::npos)
      << result.errors;
  EXPECT_NE(result.output.find("> 09_02"), std::string::npos)
      << "what could be read is kept";
  EXPECT_EQ(Run({"list"}).errors, "");
}

TEST_F(Workbook, NamesAManifestThatCannotBeReadAndGoesOn) {
  Write("exercises/09_02/exercise.toml", "id = \"09_02\"\nminutes = \"few\"\n");
  const ProcessResult result = Run({"list"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_NE(result.errors.find("exercises/09_02/exercise.toml:2"),
            std::string::npos)
      << result.errors;
  EXPECT_NE(result.output.find("09_01"), std::string::npos);
}

TEST_F(Workbook, PrintsNoColoursIntoAPipe) {
  EXPECT_EQ(Run({"check", "09_01"}).output.find('\x1b'), std::string::npos);
  EXPECT_EQ(Run({"list"}).output.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
