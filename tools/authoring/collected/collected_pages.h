// SPDX-License-Identifier: Apache-2.0

// Pages of the book that are made from its other pages: the glossary, the
// interview questions, the costs, and the way in chapters/start.md.
#ifndef WORKBOOK_TOOLS_AUTHORING_COLLECTED_COLLECTED_PAGES_H_
#define WORKBOOK_TOOLS_AUTHORING_COLLECTED_COLLECTED_PAGES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/check.h"
#include "tools/course/exercise.h"

namespace workbook {

struct CollectedPage {
  std::filesystem::path file;  // "chapters/glossary.md"
  std::string text;
};

// Makes the pages from those of `exercises`, in their order:
//   glossary.md   every `*word*: meaning` of their "Words", by the alphabet
//   interview.md  every question that begins with "Interview:", by exercise
//   costs.md      every table of their "What it costs", by exercise, and a link
//                 to NN_MM_costs.md where there is one
//   start.md      as it is, with the way between <!-- way --> and <!-- end -->;
//                 left out where there is no such file
// Cost: reads each page once.
// Thread safety: any thread.
// On failure: a page that can't be read gives nothing.
std::vector<CollectedPage> CollectPages(const std::filesystem::path& root,
                                        const std::vector<Exercise>& exercises);

// Checks that the files hold what CollectPages makes.
// Thread safety: any thread.
// On failure: problems; nothing is thrown. Where a page is missing there are
// none: CheckPage tells that.
Check CheckCollectedPages(const std::filesystem::path& root,
                          const std::vector<Exercise>& exercises);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_COLLECTED_COLLECTED_PAGES_H_
