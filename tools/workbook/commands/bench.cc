// SPDX-License-Identifier: Apache-2.0

#include <chrono>
#include <memory>
#include <optional>

#include "fmt/format.h"
#include "tools/bench/comparison/bench_lock.h"
#include "tools/bench/comparison/machine.h"
#include "tools/bench/comparison/program_round.h"
#include "tools/workbook/bench_building.h"
#include "tools/workbook/bench_json.h"
#include "tools/workbook/bench_report.h"
#include "tools/workbook/bench_verdict.h"
#include "tools/workbook/bench_view.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/comparing.h"
#include "tools/workbook/exact.h"
#include "tools/workbook/figures.h"
#include "tools/workbook/order_effect.h"
#include "tools/workbook/profile.h"

namespace workbook::cli {
namespace {

struct BenchOptions {
  std::string exercise;
  std::string filter;  // a regular expression on row names; "" is all
  bool json = false;
  bool exact = false;      // count instructions instead of taking times
  bool reference = false;  // the reference alone: for tables that are published
  bool orders = false;     // fresh orders of inputs against repeated ones
  std::string profile;     // cpu, heap or instructions; "" for none
};

namespace fs = std::filesystem;

constexpr std::chrono::minutes kLockPatience{30};

struct Measured {
  std::vector<BenchCase> cases;
  std::vector<TargetVerdict> targets;
  std::string compiler;
  std::vector<std::string> notes;  // sentences about what may be amiss
  std::optional<Problem> problem;
};

// What one program counted; a reference that does not run takes nothing away
// from what is known about yours.
BenchProgramRun CountProgram(const BenchPrograms& programs,
                             const fs::path& program, const char* what,
                             const std::string& filter) {
  const Ticker ticker(what);
  return CountRows(programs, program, filter);
}

// Counts the rows of both programs: the reference's with its baseline and
// peers, and yours.
void CountBoth(BenchPrograms& programs, const Exercise& exercise,
               const std::string& filter, Measured& measured) {
  BenchRun all;
  if (!programs.reference.empty()) {
    const BenchProgramRun run =
        CountProgram(programs, programs.reference,
                     "Counting the reference and the peers", filter);
    if (run.fault == BenchFault::kNone) {
      all = ParseBench(run.json);
    } else if (programs.yours.empty()) {
      measured.problem = ProblemOf(run, exercise, programs.reference);
      return;
    } else {
      measured.notes.push_back("the reference: " + run.message);
      programs.reference.clear();
    }
  } else {
    measured.notes.push_back(
        "this copy has no reference: yours is compared with the baseline and "
        "the peers");
  }
  BenchRun yours;
  if (!programs.yours.empty()) {
    const BenchProgramRun run = CountProgram(
        programs, programs.yours, "Counting your code",
        programs.reference.empty() ? filter : RowFilter(filter, "yours"));
    if (run.fault != BenchFault::kNone) {
      measured.problem = ProblemOf(run, exercise, programs.yours);
      return;
    }
    yours = ParseBench(run.json);
  }
  measured.compiler = all.compiler.empty() ? yours.compiler : all.compiler;
  measured.cases = JoinRuns(all, yours);
}

Measured MeasureAll(BenchPrograms programs, const Exercise& exercise,
                    const std::string& filter) {
  Measured measured;
  const MachineSample before = SampleMachine();
  CountBoth(programs, exercise, filter, measured);
  if (measured.problem) return measured;
  Schedule schedule;
  {
    const Ticker ticker(
        "Timing all rows side by side; leave the machine alone");
    schedule = MeasurePairs(programs, exercise, filter);
  }
  if (!schedule.error.empty()) {
    measured.notes.push_back("the rounds ended early: " + schedule.error);
  }
  if (schedule.ran_out_of_time) {
    measured.notes.push_back(fmt::format(
        "after {} rounds the time was up: --filter with fewer rows gives more",
        schedule.rounds));
  }
  ApplyRounds(schedule, measured.cases);
  measured.targets = JudgeTargets(exercise, measured.cases);
  for (const auto& note : Disturbances(before, SampleMachine())) {
    measured.notes.push_back(note);
  }
  return measured;
}

// The figures are on the screen already; what is kept is for the report.
int Keep(const Session& session, const Exercise& exercise,
         const Provenance& provenance, const std::string& json,
         FigureKind kind) {
  const auto problem = SaveFigures(session.state_folder(), exercise.id,
                                   provenance.measured_at, json, kind);
  if (!problem) return kExitOk;
  fmt::print(stderr,
             "workbook: the figures were not kept; earlier ones are as they "
             "were.\n");
  return Report(*problem);
}

int ShowMeasured(Session& session, const Exercise& exercise,
                 const Measured& measured, const BenchOptions& options) {
  Provenance provenance = ProvenanceNow(session.root(), measured.compiler);
  provenance.is_whole_reference = options.reference && options.filter.empty();
  provenance.disturbances = measured.notes;
  const std::string json = WithProvenance(
      BenchJson(exercise.id, measured.cases, measured.targets), provenance);
  if (options.json) {
    fmt::print("{}", json);
  } else {
    fmt::print("{}",
               ShowBench(measured.cases, measured.targets, session.terminal()));
    for (const std::string& note : measured.notes) {
      fmt::print("{}",
                 session.terminal().Fit(fmt::format("Note: {}.\n", note)));
    }
  }
  const int kept =
      Keep(session, exercise, provenance, json, FigureKind::kTimes);
  if (kept != kExitOk) return kept;
  return HasErrors(measured.cases) ? kExitRed : kExitOk;
}

int RunExact(Session& session, const Exercise& exercise,
             const BenchPrograms& programs, const BenchOptions& options) {
  const fs::path scratch = session.state_folder() / "callgrind";
  std::vector<ExactRow> rows;
  std::string compiler;
  const auto measure = [&](const fs::path& program, const char* roles) {
    const Ticker ticker("Counting instructions (callgrind, twice)");
    ExactOutcome outcome = MeasureExactly(
        program, RowFilter(options.filter, roles), session.root(), scratch);
    rows.insert(rows.end(), outcome.rows.begin(), outcome.rows.end());
    compiler = outcome.compiler;
    return outcome.problem;
  };
  if (const auto problem = measure(programs.yours, "baseline|yours")) {
    return Report(*problem);
  }
  if (!programs.reference.empty()) {
    if (const auto problem = measure(programs.reference, "reference")) {
      return Report(*problem);
    }
  }
  const Provenance provenance = ProvenanceNow(session.root(), compiler);
  const std::string json =
      WithProvenance(ExactJson(exercise.id, rows), provenance);
  fmt::print("{}", options.json ? json : ShowExact(rows, session.terminal()));
  return Keep(session, exercise, provenance, json, FigureKind::kExact);
}

int RunProfile(Session& session, const BenchPrograms& programs,
               const BenchOptions& options) {
  ProfileOutcome outcome;
  {
    const Ticker ticker("Recording");
    outcome = Profile(options.profile, programs.yours,
                      options.filter.empty() ? "/yours:" : options.filter,
                      session.root(), session.state_folder() / "profile");
  }
  if (outcome.problem) return Report(*outcome.problem);
  fmt::print("{}\nThe whole answer: {}\n", outcome.top, outcome.whole);
  return kExitOk;
}

int RunOrders(BenchPrograms programs, const Exercise& exercise,
              const std::string& filter) {
  if (!programs.reference.empty()) programs.yours.clear();
  Schedule fresh;
  Schedule repeated;
  {
    const Ticker ticker("Timing fresh orders, then repeated ones");
    fresh = MeasurePairs(programs, exercise, filter);
    programs.arguments = {"--order=repeated"};
    repeated = MeasurePairs(programs, exercise, filter);
  }
  for (const Schedule* schedule : {&fresh, &repeated}) {
    if (schedule->error.empty()) continue;
    return Report(
        {.what = "the rounds ended early: " + schedule->error,
         .where = "//exercises/" + exercise.id + ":bench",
         .next = fmt::format("./workbook bench {} tells more.", exercise.id)});
  }
  fmt::print("{}", ShowOrderEffects(CompareOrders(fresh, repeated)));
  return kExitOk;
}

int RunBench(Session& session, const BenchOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const int kinds = int{options.exact} + int{options.reference} +
                    int{options.orders} + int{!options.profile.empty()};
  if (kinds > 1) {
    return Report({.what =
                       "--exact, --profile, --reference and --orders exclude "
                       "each other",
                   .where = "the command line",
                   .next = "Ask for one, then for the other.",
                   .exit_code = kExitUsage});
  }
  if (!options.profile.empty() &&
      ProfileTools(options.profile, fs::path()).empty()) {
    return Report(NoTool(options.profile, {}));
  }
  const BuiltPrograms built = BuildPrograms(session, exercise);
  if (built.problem) return Report(*built.problem);
  BenchPrograms programs{built.yours, built.reference, session.root(),
                         session.state_folder() / "bench.json"};
  if (options.reference && built.reference.empty()) {
    return Report({.what = "this copy has no reference to measure",
                   .where = "--reference",
                   .next = "Leave it out to measure your own code."});
  }
  if (options.reference) programs.yours.clear();
  std::optional<Ticker> waiting;
  const BenchLock lock(BenchLockFile(), kLockPatience, [&waiting] {
    fmt::print(stderr,
               "workbook: another benchmark is running on this "
               "machine; waiting for it\n");
    waiting.emplace("Waiting for the other benchmark");
  });
  waiting.reset();
  if (!lock.held()) {
    return Report({.what = lock.error(),
                   .where = BenchLockFile().string(),
                   .next = "Wait for it to end, then try again."});
  }
  if (options.exact) return RunExact(session, exercise, programs, options);
  if (!options.profile.empty()) return RunProfile(session, programs, options);
  if (options.orders) return RunOrders(programs, exercise, options.filter);
  const Measured measured = MeasureAll(programs, exercise, options.filter);
  if (measured.problem) return Report(*measured.problem);
  return ShowMeasured(session, exercise, measured, options);
}

}  // namespace

void RegisterBench(CommandLine& line) {
  const auto options = std::make_shared<BenchOptions>();
  line.Add("bench", "Measure yours, the reference and peers",
           [options](Session& s) { return RunBench(s, *options); })
      .Option("exercise", options->exercise, "NN_MM")
      .Option("--filter", options->filter,
              "Only rows whose name matches this expression")
      .Flag("--json", options->json, "For programs")
      .Flag("--exact", options->exact, "Instructions and misses, by callgrind")
      .Flag("--reference", options->reference,
            "The reference alone, for the tables that are published")
      .Flag("--orders", options->orders,
            "Which rows differ when the order of their inputs repeats")
      .Option("--profile", options->profile,
              "cpu, heap or instructions: where they go")
      .Examples({"bench 01_02 --filter fixed_size_pool/batch",
                 "bench 01_02 --exact --filter stack_allocator",
                 "bench 01_02 --profile cpu"})
      .ExitCodes({{kExitDoesNotBuild, "the benchmark does not build"},
                  {kExitRed, "a benchmark crashed, or left no figures"}});
}

}  // namespace workbook::cli
