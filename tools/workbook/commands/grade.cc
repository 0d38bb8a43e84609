// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {

void RegisterGrade(CommandLine& line) {
  const auto options = std::make_shared<grade::GradeOptions>();
  line.Add("grade", "Instructors: mark a folder of submissions",
           [options](Session& s) { return RunGrade(s, *options); })
      .Required("--exercise", options->exercise, "NN_MM")
      .Required("--submissions", options->submissions,
                "A folder or an archive a student")
      .Required("--out", options->out, "Where results go")
      .Option("--jobs", options->jobs, "Default: one a processor")
      .Option("--roster", options->roster, "An export of Canvas")
      .Option("--assignment", options->assignment, "Its column: 'Title (id)'")
      .Option("--config", options->config, "grade.toml")
      .Option("--times", options->times,
              "When they were handed in: student,handed_in")
      .Option("--level", options->level,
              "core: deep tasks are worth no points; default: all")
      .Option("--write-jobs", options->write_jobs,
              "Grade nothing: write a file a job into this folder")
      .Flag("--slurm", options->slurm,
            "By an array of Slurm's instead of on this machine; --out must be "
            "on a disk that every node sees")
      .Option("--partition", options->partition, "Of Slurm's; with --slurm")
      .Option("--nodes", options->nodes, "At most so many; with --slurm")
      .Flag("--local", options->local, "On this machine: the default")
      .Flag("--against-bare", options->against_bare,
            "Record nothing: time grading against the bare tools; for trusted "
            "code")
      .Option("--repeat", options->repeat,
              "Record nothing: grade each so often, and count its marks")
      .Option("--collect-jobs", options->collect_jobs,
              "Take over what jobs of this folder found, then go on")
      .Examples(
          {"grade --exercise 01_02 --submissions inbox --out marks",
           "grade --exercise 01_02 --submissions inbox --out marks --roster "
           "canvas.csv --assignment 'Pools (123)'",
           "grade --exercise 01_02 --submissions inbox --out marks "
           "--write-jobs batch",
           "grade --exercise 01_02 --submissions inbox --out marks "
           "--collect-jobs batch",
           "grade --exercise 01_02 --submissions inbox --out marks --slurm "
           "--partition teaching --nodes 4",
           "grade --exercise 01_02 --submissions inbox --out marks --repeat "
           "200"});
}

}  // namespace workbook::cli
