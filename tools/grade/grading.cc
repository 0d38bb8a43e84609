// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/grading.h"

#include <fmt/core.h>

#include <exception>

#include "tools/grade/bare.h"
#include "tools/grade/batch.h"
#include "tools/grade/canvas.h"
#include "tools/grade/class_exports.h"
#include "tools/grade/gradebook.h"
#include "tools/grade/jobs.h"
#include "tools/grade/ledger.h"
#include "tools/grade/progress.h"
#include "tools/grade/slurm.h"
#include "tools/grade/stability.h"
#include "tools/grade/whole_io.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

Problem ReadRoster(const GradeOptions& options, std::string& roster) {
  if (options.roster.empty()) return {};
  const auto text = ReadTextFile(options.roster);
  if (!text) {
    return {"the roster can't be read", options.roster,
            "give a CSV that Canvas exported"};
  }
  // Before hours of grading, not after.
  const CanvasResult trial = CanvasCsv(*text, "x", {});
  if (!trial.error.empty()) {
    return {trial.error, options.roster, "export it from Canvas again"};
  }
  roster = *text;
  return {};
}

Problem ExportRoster(const std::string& roster,
                     const std::vector<StudentMark>& marks,
                     const GradeOptions& options) {
  if (roster.empty()) return {};
  const CanvasResult canvas = CanvasCsv(
      roster,
      options.assignment.empty() ? "Memory Workbook " + options.exercise
                                 : options.assignment,
      marks);
  if (!canvas.error.empty()) {
    return {canvas.error, options.roster, "export it from Canvas again"};
  }
  WriteFile(fs::path(options.out) / "canvas.csv", canvas.csv);
  for (const std::string& student : canvas.unmatched) {
    fmt::print(stderr, "grade: no submission of {}\n", Printable(student));
  }
  return {};
}

// Every format, from one result at a time.
Problem Export(const Setup& setup, const Gradebook& book,
               const std::string& roster, const GradeOptions& options) {
  ClassExports exports(options.out, setup.plan(), setup.rules());
  for (std::size_t i = 0; i < book.size(); ++i) {
    const Result result = book.At(i);
    exports.Add(result);
    fmt::print("{:30} {:14} {:7.2f} / {:.2f}{}\n", result.student, result.state,
               result.points, result.max_points,
               result.flags.empty() ? "" : "  flagged");
  }
  exports.Finish();
  return ExportRoster(roster, exports.marks(), options);
}

Problem WriteInto(const Setup& setup, const Ledger& ledger,
                  const GradeOptions& options) {
  const std::size_t jobs =
      WriteJobs(options.write_jobs, setup.plan(), setup.paths(), ledger,
                {.checkout = setup.root()});
  fmt::print(
      "{} jobs in {}. Run them, in any order: ./workbook run-job FILE, or\n"
      "sbatch {}/slurm.sh; then the same grade with --collect-jobs {}\n",
      jobs, options.write_jobs, options.write_jobs, options.write_jobs);
  return {};
}

Problem AgainstBare(const Setup& setup) {
  const BareComparison found = CompareWithBare(setup.plan(), setup.rules(),
                                               setup.paths(), setup.batch());
  if (!found.error.empty()) {
    return {"a bare command failed: " + found.error, "--against-bare",
            "give submissions that build, as references do"};
  }
  fmt::print(
      "{} submissions: graded in {:.1f} s, bare in {:.1f} s, {:.2f} times; "
      "processor {:.1f} s, bare {:.1f} s, {:.2f} times\n",
      found.submissions, found.graded_seconds, found.bare_seconds,
      found.Ratio(), found.graded_processor_seconds,
      found.bare_processor_seconds, found.ProcessorRatio());
  return {};
}

Problem Repeat(const Setup& setup, int times) {
  const std::vector<Stability> found = GradeRepeatedly(
      setup.plan(), setup.rules(), setup.paths(), times, setup.batch());
  fmt::print("{}", Text(found));
  for (const Stability& stability : found) {
    if (stability.marks.size() > 1) {
      return {"the same submission got more than one mark", stability.student,
              "look at the tests that are not steady; nothing was recorded"};
    }
  }
  return {};
}

void Collect(const std::string& folder, Ledger& ledger) {
  const CollectResult found = CollectJobs(folder, ledger);
  fmt::print(stderr, "grade: {} results collected, {} jobs without one\n",
             found.collected, found.missing + found.damaged.size());
  for (const std::string& name : found.damaged) {
    fmt::print(stderr, "grade: results/{} is no result, and is graded here\n",
               name);
  }
}

Problem CheckSlurm(const GradeOptions& options) {
  const auto wrong = [](const char* what, const char* next) {
    return Problem{what, "the command line", next, kExitUsage};
  };
  if (options.slurm && options.local) {
    return wrong("--slurm and --local exclude each other", "give one of them");
  }
  if (!options.slurm && (!options.partition.empty() || options.nodes != 0)) {
    return wrong("--partition and --nodes are for a cluster", "add --slurm");
  }
  if (options.nodes < 0) return wrong("--nodes is negative", "name at least 1");
  return {};
}

// Rounds of arrays, until each submission has a result: what one leaves without
// is submitted once more. An array that a killed grader left is waited for
// first, with the jobs as they were written.
Problem GradeBySlurm(const Setup& setup, Ledger& ledger,
                     const GradeOptions& options) {
  const fs::path folder = options.write_jobs.empty()
                              ? fs::path(options.out) / "slurm"
                              : fs::path(options.write_jobs);
  Progress progress;
  SlurmOptions slurm;
  slurm.partition = options.partition;
  slurm.nodes = options.nodes;
  slurm.on_progress = [&progress](std::size_t done, std::size_t all) {
    progress(done, all, done);
  };
  while (true) {
    if (!fs::exists(folder / "array") &&
        WriteJobs(folder, setup.plan(), setup.paths(), ledger,
                  {.checkout = setup.root()}) == 0) {
      return {};
    }
    if (Problem failure = RunArray(folder, slurm); !failure.what.empty()) {
      return failure;
    }
    const CollectResult found = CollectJobs(folder, ledger);
    if (found.collected == 0 && found.missing + found.damaged.size() > 0) {
      return {fmt::format("{} jobs ended without a result",
                          found.missing + found.damaged.size()),
              (folder / "logs").string(),
              "the logs say why: is the checkout on a disk that every node "
              "sees, with g++, bubblewrap and valgrind? Then start it again"};
    }
  }
}

Problem GradeInto(Setup& setup, const std::string& roster,
                  const GradeOptions& options) {
  const fs::path out = options.out;
  fs::create_directories(out);
  Ledger ledger(out / "events.jsonl");
  if (Problem failure = setup.PreparePlan(ledger); !failure.what.empty()) {
    return failure;
  }
  if (options.against_bare) return AgainstBare(setup);
  if (options.repeat > 0) return Repeat(setup, options.repeat);
  if (ledger.Seed() == 0) ledger.RecordSeed(setup.plan().seed);
  if (options.slurm) {
    if (Problem failure = GradeBySlurm(setup, ledger, options);
        !failure.what.empty()) {
      return failure;
    }
  } else if (!options.write_jobs.empty()) {
    return WriteInto(setup, ledger, options);
  }
  if (!options.collect_jobs.empty()) Collect(options.collect_jobs, ledger);
  Gradebook book(out, setup.paths().size());
  GradeEach(
      setup.plan(), setup.rules(), setup.paths(), ledger, setup.batch(),
      [&book](std::size_t i, const Result& result) { book.Put(i, result); });
  return Export(setup, book, roster, options);
}

}  // namespace

Problem GradeFolder(const Course& course, const GradeOptions& options) {
  if (Problem misused = CheckSlurm(options); !misused.what.empty()) {
    return misused;
  }
  try {
    Setup setup;
    std::string roster;
    Problem failure = setup.Read(
        course, {options.exercise, options.submissions, options.config,
                 options.times, options.jobs, options.level});
    if (failure.what.empty()) failure = ReadRoster(options, roster);
    if (!failure.what.empty()) return failure;
    return GradeInto(setup, roster, options);
  } catch (const std::exception& failure) {
    return {failure.what(), options.out,
            "what was graded is kept: start the same command again"};
  }
}

}  // namespace workbook::grade
