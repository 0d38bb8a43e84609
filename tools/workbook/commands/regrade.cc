// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {

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
           [options](Session& s) { return RunApply(s, *options); })
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
           [file](Session& s) { return RunOneJob(s, *file); })
      .Required("file", *file, "DIR/jobs/KEY.json")
      .Examples({"run-job batch/jobs/KEY.json"});
}

}  // namespace workbook::cli
