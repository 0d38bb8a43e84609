// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/gate.h"

#include <set>
#include <utility>

#include "tools/authoring/book_check.h"
#include "tools/authoring/choice.h"
#include "tools/authoring/clang_sanitizers.h"
#include "tools/authoring/collected/collected_pages.h"
#include "tools/authoring/disk_cache.h"
#include "tools/authoring/folder_checks.h"
#include "tools/authoring/format_check.h"
#include "tools/authoring/gate_log.h"
#include "tools/authoring/hints/hint_check.h"
#include "tools/authoring/lint_check.h"
#include "tools/authoring/lock_check.h"
#include "tools/authoring/page/page_check.h"
#include "tools/authoring/prediction_check.h"
#include "tools/authoring/prose_check.h"
#include "tools/authoring/row_check.h"
#include "tools/authoring/size_check.h"
#include "tools/authoring/target_check.h"
#include "tools/authoring/test_steps.h"
#include "tools/authoring/tidy_check.h"
#include "tools/course/course.h"
#include "tools/process/process.h"

namespace workbook {
namespace {

class Gate {
 public:
  Gate(const VerifyOptions& options, Bazel& bazel)
      : options_(options),
        bazel_(bazel),
        log_(options),
        steps_(bazel, log_),
        choice_(options, bazel, log_) {}

  VerifyReport Run() {
    log_.Step("exercise folders");
    CheckFolders();
    if (refused_ || choice_.Empty()) return log_.Finish();
    log_.Step(
        "build and tests: stubs are red, references green, mutants caught");
    BuildAndTest();
    log_.Step("sanitizers");
    Sanitizers();
    log_.Step("clang");
    Clang();
    log_.Step("benchmarks: every row still runs");
    Benchmarks();
    log_.Step("linters: clang-format, shellcheck, codespell, buildifier");
    Format();
    Lint();
    log_.Step("clang-tidy");
    Tidy();
    log_.Step("the book in a browser");
    if (choice_.WholeTree()) CheckBook(options_.root, options_.strict, log_);
    return log_.Finish();
  }

 private:
  void CheckFolders() {
    CourseResult course = LoadCourse(options_.root);
    refused_ = !choice_.Choose(course.course);
    if (refused_) return;
    CheckManifests(course.problems);
    CheckLayouts();
    // One question for all exercises: a query takes a second to start.
    const KnownTargets known = steps_.AskForTargets();
    std::vector<Check> checks;
    {
      Ticker ticker = log_.Watch("Reading folders");
      for (std::size_t i = 0; i < choice_.exercises().size(); ++i) {
        ticker.SetStep(choice_.Place(i));
        CheckFolder(choice_.exercises()[i], known, checks);
      }
    }
    for (const Check& check : checks) log_.Add(check);
    if (choice_.WholeCourse()) {
      log_.Add(CheckCollectedPages(options_.root, choice_.exercises()));
      log_.Add(CheckCoursePages(options_.root, choice_.exercises()));
    }
    threaded_ = known.threaded;
    races_ = known.races;
  }

  void CheckFolder(const Exercise& exercise, const KnownTargets& known,
                   std::vector<Check>& checks) {
    const std::filesystem::path& root = options_.root;
    checks.push_back(CheckHints(root, exercise));
    checks.push_back(CheckPredictions(root, exercise));
    checks.push_back(CheckTexts(root, exercise));
    checks.push_back(CheckContracts(root, exercise));
    checks.push_back(CheckPage(root, exercise));
    checks.push_back(CheckTestNames(root, exercise));
    checks.push_back(CheckSources(root, exercise, options_.strict));
    checks.push_back(CheckMutants(root, exercise));
    checks.push_back(CheckStubs(root, exercise, options_.strict));
    checks.push_back(CheckSizes(root, exercise));
    checks.push_back(CheckTableOfMinutes(root, exercise));
    if (!known.rules.empty()) {
      checks.push_back(CheckTargets(root, exercise, known));
    }
    if (IsEdited(root, exercise)) edited_.insert(exercise.id);
  }

  void CheckLayouts() {
    if (choice_.WholeTree()) return log_.Add(CheckLayout(options_.root));
    for (const Exercise& exercise : choice_.exercises()) {
      log_.Add(CheckLayout(options_.root, exercise));
    }
  }

  // One check a manifest; what concerns an exercise that nobody asked for stays
  // out.
  void CheckManifests(const std::vector<Problem>& problems) {
    Check check{"manifests", {}, {}};
    for (const Problem& problem : problems) {
      if (choice_.Concerns(problem)) check.problems.push_back(problem);
    }
    log_.Add(check);
  }

  // The chosen exercises' targets; an edited one may not even compile, and that
  // is its learner's business.
  std::vector<std::string> LearnerPatterns() const {
    std::vector<std::string> patterns;
    for (const Exercise& exercise : choice_.exercises()) {
      if (edited_.count(exercise.id) != 0 && !options_.strict) continue;
      patterns.push_back("//" + exercise.folder.string() + "/...");
    }
    return patterns;
  }
  std::vector<std::string> SolutionPatterns() const {
    if (choice_.WholeCourse()) return {"//solutions/..."};
    std::vector<std::string> patterns;
    for (const Exercise& exercise : choice_.exercises()) {
      patterns.push_back("//" + exercise.solution_folder.string() + "/...");
    }
    return patterns;
  }

  // Completion is tested in the shell itself.
  void LeaveOutMissingShells(std::vector<std::string>& test) {
    for (const std::string shell : {"zsh", "fish"}) {
      if (IsInstalled(shell)) continue;
      test.push_back("-//tools/workbook:completion_" + shell + "_test");
      log_.Gap("completion in " + shell + ": " + shell +
               " is not installed (./workbook setup --author)");
    }
  }

  // Not every system has it.
  void LeaveOutSimilarity(std::vector<std::string>& test) {
    if (IsInstalled("sim_c++")) return;
    test.emplace_back("-//tools/similarity:compare_test");
    log_.Gap(
        "./workbook similarity: sim_c++, which finds equal code, is not "
        "installed (./workbook setup --author)");
  }

  void BuildAndTest() {
    std::vector<std::string> build = LearnerPatterns();
    std::vector<std::string> test = SolutionPatterns();
    if (choice_.WholeCourse()) {
      build.push_back("//tools/...");
      // All there is but the learner's tests, which are red by design.
      test = {"//...", "-//exercises/..."};
    } else {
      test.insert(test.end(), choice_.tool_tests().begin(),
                  choice_.tool_tests().end());
    }
    if (choice_.TestsTools()) {
      LeaveOutMissingShells(test);
      LeaveOutSimilarity(test);
    }
    // Not the learner's tests: the proofs of the stubs compile the same sources
    // over the same headers.
    if (!build.empty()) steps_.Build({"--build_tag_filters=-learner"}, build);
    // The solutions' benchmarks are built when they run, optimised.
    std::vector<std::string> flags{"--build_tests_only"};
    if (choice_.TestsTools() && !HasJail())
      flags.push_back("--test_tag_filters=-jail");
    if (!test.empty()) steps_.Test("", flags, test);
  }

  // What the tests of tools/grade that start jails need.
  bool HasJail() {
    const ProcessResult jailed =
        RunProcess({"bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"});
    if (jailed.ExitedWith(0)) return true;
    log_.Gap(
        "the jail of ./workbook grade, and the hostile submissions in it: "
        "bubblewrap is not installed, or user namespaces are forbidden "
        "(./workbook grade says how to allow them)");
    return false;
  }

  void Sanitizers() {
    if (choice_.exercises().empty()) return;
    const std::string asan = clang_sanitizes_ ? "clang-asan" : "asan";
    steps_.Test(asan,
                {"--config=" + asan, "--build_tests_only",
                 "--test_tag_filters=reference"},
                SolutionPatterns());
    std::vector<std::string> threaded;
    for (const Exercise& exercise : choice_.exercises()) {
      for (const Task& task : exercise.tasks) {
        const std::string label = exercise.ReferenceTestLabel(task);
        if (threaded_.count(label) != 0) threaded.push_back(label);
      }
      const std::string package =
          "//" + exercise.solution_folder.string() + ":";
      for (const std::string& label : races_) {
        if (label.starts_with(package)) threaded.push_back(label);
      }
    }
    if (threaded.empty()) {
      log_.Note("no reference starts threads: nothing for ThreadSanitizer");
    } else {
      steps_.Test("tsan", {"--config=tsan", "--build_tests_only"}, threaded);
    }
  }

  void Clang() {
    if (!IsInstalled("clang++")) {
      log_.Gap(
          "the build by clang: clang++ is not installed (./workbook setup "
          "--author)");
      return;
    }
    // Each source once: references and tests by the sanitizers or else here;
    // stubs and benchmarks through the learner's benchmark. Mutants and stub
    // proofs are the same sources.
    if (!clang_sanitizes_ && !choice_.exercises().empty()) {
      steps_.Build({"--config=clang", "--build_tag_filters=reference"},
                   SolutionPatterns());
    }
    std::vector<std::string> benchmarks;
    for (const Exercise& exercise : choice_.exercises()) {
      const std::string label = "//" + exercise.folder.string() + ":bench";
      if (edited_.count(exercise.id) != 0 && !options_.strict) continue;
      if (steps_.Knows(label)) benchmarks.push_back(label);
    }
    if (!benchmarks.empty()) steps_.Build({"--config=clang"}, benchmarks);
    if (choice_.WholeTree()) CheckLocksOfTools(options_.root, log_);
  }

  void Benchmarks() {
    for (std::size_t i = 0; i < choice_.exercises().size(); ++i) {
      bazel_.SetTask("      Benchmark of " + choice_.Place(i));
      Benchmark(choice_.exercises()[i]);
    }
  }

  void Benchmark(const Exercise& exercise) {
    const std::string label =
        "//" + exercise.solution_folder.string() + ":bench";
    if (!steps_.Knows(label)) {
      if (!exercise.targets.empty()) {
        log_.Fail(exercise.manifest.string() +
                  ": has targets, and there is no " + label +
                  ". Fix: write STEM_bench.cc, or remove the targets.");
      }
      return;
    }
    const auto rows = steps_.BenchmarkRows(label);
    if (!rows) return;
    const Check check = CheckRows(exercise, *rows);
    log_.Add(check);
    log_.Add(CheckPredictionRows(options_.root, exercise, *rows));
    // Rows that are wrong have no right form: told once.
    if (check.Passed()) {
      log_.Add(CheckBenchForms(options_.root, exercise, *rows));
    }
    steps_.SmokeBenchmark(label);
  }

  void Format() {
    std::set<std::string> not_ours;
    for (const Exercise& exercise : choice_.exercises()) {
      if (edited_.count(exercise.id) == 0 || options_.strict) continue;
      for (const Task& task : exercise.tasks) {
        for (const std::string& name : task.files) {
          not_ours.insert((exercise.folder / name).string());
        }
      }
    }
    CheckFormat(options_.root, not_ours, log_);
  }

  // Over the whole tree, a learner's edits included: so only without edits.
  void Lint() {
    if (!choice_.WholeTree() || (!edited_.empty() && !options_.strict)) return;
    CheckLint(options_.root, log_);
  }

  void Tidy() {
    TidyOptions tidy;
    tidy.all = options_.tidy;
    tidy.revision = options_.changed.value_or("");
    for (const std::string& id : options_.exercises) {
      tidy.folders.push_back("exercises/" + id + "/");
      tidy.folders.push_back("solutions/" + id + "/");
    }
    CheckTidy(options_.root, tidy, log_);
  }

  const VerifyOptions& options_;
  Bazel& bazel_;
  bool refused_ = false;
  // Then one build shows what clang warns of and what its sanitizers find.
  const bool clang_sanitizes_ = ClangSanitizes();
  GateLog log_;
  TestSteps steps_;
  Choice choice_;
  std::set<std::string> edited_;
  std::set<std::string> threaded_;
  std::set<std::string> races_;
};

}  // namespace

VerifyReport Verify(const VerifyOptions& options, Bazel& bazel) {
  return Gate(options, bazel).Run();
}

VerifyReport Verify(const VerifyOptions& options) {
  const DiskCache cache = FindDiskCache(options.root);
  BazelSettings settings;
  settings.task = "      Bazel";
  if (!cache.folder.empty()) {
    settings.build_options = {"--disk_cache=" + cache.folder};
  }
  if (options.print) {
    for (const std::string& warning : cache.warnings) options.print(warning);
    if (!cache.folder.empty()) options.print("disk cache: " + cache.folder);
  }
  InstalledBazel bazel(options.root, settings);
  VerifyReport report = Verify(options, bazel);
  if (!cache.folder.empty()) PruneDiskCache(options.root);
  return report;
}

}  // namespace workbook
