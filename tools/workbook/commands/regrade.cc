#include <pwd.h>
#include <unistd.h>

#include <memory>

#include "fmt/format.h"
#include "tools/grade/jobs.h"
#include "tools/grade/pending.h"
#include "tools/grade/regrading.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {
namespace {

struct ApplyOptions {
  std::string out;
  std::string why;
  std::string by;
  bool raised_only = false;
  bool cancel = false;
};

std::string UserName() {
  const passwd* const user = getpwuid(geteuid());
  return user == nullptr ? std::to_string(geteuid()) : user->pw_name;
}

int RunRegrade(Session& session, const grade::RegradeOptions& options) {
  const grade::GradeFailure failure =
      grade::RegradeFolder(session.course(), options);
  if (failure.what.empty()) return kExitOk;
  return Report({failure.what, failure.where, failure.next});
}

int RunApply(const ApplyOptions& options) {
  if (options.cancel) {
    const grade::PendingFailure failure = grade::CancelPending(options.out);
    if (failure.what.empty()) {
      fmt::print("The regrade is put aside; every result is as it was.\n");
      return kExitOk;
    }
    return Report({failure.what, failure.where, failure.next});
  }
  if (options.why.empty()) {
    return Report({.what = "the ledger asks why results change",
                   .where = "--why",
                   .next = "for example --why 'Task 3 had a wrong test'",
                   .exit_code = kExitUsage});
  }
  const grade::Decision decision{options.by.empty() ? UserName() : options.by,
                                 UtcNow(), options.why, options.raised_only};
  const grade::Applied applied = grade::ApplyPending(options.out, decision);
  if (!applied.failure.what.empty()) {
    return Report(
        {applied.failure.what, applied.failure.where, applied.failure.next});
  }
  fmt::print(
      "{} results taken over{}; earlier ones stay in the ledger.\n"
      "The same ./workbook grade as before writes the new exports; it "
      "grades nothing again.\n",
      applied.results, applied.before ? " by an earlier start" : "");
  return kExitOk;
}

int RunOneJob(const std::string& file) {
  const grade::RunJobResult result = grade::RunJob(file);
  if (!result.what.empty()) return Report({result.what, file, result.next});
  fmt::print("{}: {}\n", file, result.done_before ? "done before" : "done");
  return kExitOk;
}

}  // namespace

void RegisterRegrade(CommandLine& line) {
  const auto options = std::make_shared<grade::RegradeOptions>();
  line.Add("regrade", "Instructors: grade again, as a difference to look at",
           [options](Session& s) { return RunRegrade(s, *options); })
      .Required("--exercise", options->exercise, "NN_MM")
      .Required("--submissions", options->submissions, "As for grade")
      .Required("--out", options->out, "Where grade put its results")
      .Option("--only", options->only, "Students, or tasks as task3")
      .Option("--jobs", options->jobs, "Default: one a processor")
      .Option("--config", options->config, "grade.toml")
      .Option("--times", options->times, "As for grade")
      .Examples({"regrade --exercise 01_02 --submissions handed_in/ --out "
                 "marks/ --only anna --only task3"});
}

void RegisterApply(CommandLine& line) {
  const auto options = std::make_shared<ApplyOptions>();
  line.Add("apply", "Instructors: take a regrade over, or put it aside",
           [options](Session&) { return RunApply(*options); })
      .Required("--out", options->out, "Where the regrade is pending")
      .Option("--why", options->why, "For the ledger; needed")
      .Option("--by", options->by, "For the ledger; default: your login")
      .Flag("--raised-only", options->raised_only, "No mark falls")
      .Flag("--cancel", options->cancel, "Take nothing over")
      .Examples({"apply --out marks/ --why 'Task 3 had a wrong test'",
                 "apply --out marks/ --cancel"});
}

void RegisterRunJob(CommandLine& line) {
  const auto file = std::make_shared<std::string>();
  line.Add("run-job", "Instructors: grade one job of grade --write-jobs",
           [file](Session&) { return RunOneJob(*file); })
      .Required("file", *file, "DIR/jobs/KEY.json")
      .Examples({"run-job batch/jobs/KEY.json"});
}

}  // namespace workbook::cli
