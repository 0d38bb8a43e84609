#include <chrono>
#include <memory>

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
#include "tools/workbook/profile.h"

namespace workbook::cli {
namespace {

struct BenchOptions {
  std::string exercise;
  std::string filter;  // a regular expression on row names; "" is all
  bool json = false;
  bool exact = false;   // count instructions instead of taking times
  std::string profile;  // cpu, heap or instructions; "" for none
};

namespace fs = std::filesystem;

// The reference's own rows and the baseline of its run; peers are measured
// once, next to the learner's.
constexpr char kReferenceRoles[] = "baseline|reference";

constexpr std::chrono::minutes kLockPatience{30};

struct Measured {
  std::vector<BenchCase> cases;
  std::vector<TargetVerdict> targets;
  std::string compiler;
  std::vector<std::string> notes;  // sentences about what may be amiss
  std::optional<Problem> problem;
};

// The reference's rows, or no cases and a note: a reference that does not run
// takes nothing away from what is known about yours.
BenchRun MeasureReference(const BenchPrograms& programs,
                          const std::string& filter, Measured& measured) {
  if (programs.reference.empty()) {
    measured.notes.push_back(
        "this copy has no reference: yours is compared with the baseline and "
        "the peers");
    return {};
  }
  const Ticker ticker("Measuring the reference");
  const BenchProgramRun run = MeasureRows(programs, programs.reference,
                                          RowFilter(filter, kReferenceRoles));
  if (run.fault != BenchFault::kNone) {
    measured.notes.push_back("the reference: " + run.message);
    return {};
  }
  return ParseBench(run.json);
}

void MeasureInPairs(const BenchPrograms& programs, const Exercise& exercise,
                    const std::string& filter, Measured& measured) {
  const Ticker ticker("Comparing in pairs; leave the machine alone");
  const Schedule schedule = MeasurePairs(programs, exercise, filter);
  if (!schedule.error.empty()) {
    measured.notes.push_back("the pairs ended early: " + schedule.error);
  }
  if (schedule.ran_out_of_time) {
    measured.notes.push_back(fmt::format(
        "after {} pairs the time was up: --filter with fewer rows gives more",
        schedule.rounds));
  }
  ApplyPairs(schedule, measured.cases, measured.targets);
}

Measured MeasureAll(const BenchPrograms& programs, const Exercise& exercise,
                    const std::string& filter) {
  Measured measured;
  const MachineSample before = SampleMachine();
  BenchProgramRun run;
  {
    const Ticker ticker(
        "Measuring your code and the peers; leave the machine alone");
    run = MeasureRows(programs, programs.yours, filter);
  }
  if (run.fault != BenchFault::kNone) {
    measured.problem = ProblemOf(run, exercise, programs.yours);
    return measured;
  }
  const BenchRun yours = ParseBench(run.json);
  measured.compiler = yours.compiler;
  measured.cases =
      JoinRuns(yours, MeasureReference(programs, filter, measured));
  measured.targets = JudgeTargets(exercise, measured.cases);
  MeasureInPairs(programs, exercise, filter, measured);
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
                 const Measured& measured, bool as_json) {
  Provenance provenance = ProvenanceNow(session.root(), measured.compiler);
  provenance.disturbances = measured.notes;
  const std::string json = WithProvenance(
      BenchJson(exercise.id, measured.cases, measured.targets), provenance);
  if (as_json) {
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

int RunBench(Session& session, const BenchOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  if (options.exact && !options.profile.empty()) {
    return Report({.what = "--exact and --profile exclude each other",
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
  const BenchPrograms programs{built.yours, built.reference, session.root(),
                               session.state_folder() / "bench.json"};
  const BenchLock lock(BenchLockFile(), kLockPatience, [] {
    fmt::print(stderr,
               "workbook: another benchmark is running on this "
               "machine; waiting for it\n");
  });
  if (!lock.held()) {
    return Report({.what = lock.error(),
                   .where = BenchLockFile().string(),
                   .next = "Wait for it to end, then try again."});
  }
  if (options.exact) return RunExact(session, exercise, programs, options);
  if (!options.profile.empty()) return RunProfile(session, programs, options);
  const Measured measured = MeasureAll(programs, exercise, options.filter);
  if (measured.problem) return Report(*measured.problem);
  return ShowMeasured(session, exercise, measured, options.json);
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
      .Option("--profile", options->profile,
              "cpu, heap or instructions: where they go")
      .Examples({"bench 01_02 --filter fixed_size_pool/batch",
                 "bench 01_02 --exact --filter stack_allocator",
                 "bench 01_02 --profile cpu"});
}

}  // namespace workbook::cli
