// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {

void RegisterSimilarity(CommandLine& line) {
  const auto options = std::make_shared<SimilarityOptions>();
  line.Add("similarity", "Instructors: rank submissions that are alike",
           [options](Session& s) { return RunSimilarity(s, *options); })
      .Required("--exercise", options->exercise, "NN_MM")
      .Required("--submissions", options->submissions,
                "A folder or an archive a student")
      .Required("--out", options->out,
                "Where similarity.html, .csv and .json go")
      .Option("--shown", options->shown,
              "Pairs with their code in the page; default 50")
      .Examples({"similarity --exercise 01_02 --submissions handed_in/ "
                 "--out similar/"});
}

}  // namespace workbook::cli
