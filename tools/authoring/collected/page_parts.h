// SPDX-License-Identifier: Apache-2.0

// The parts of a page that the collected pages take over.
#ifndef WORKBOOK_TOOLS_AUTHORING_COLLECTED_PAGE_PARTS_H_
#define WORKBOOK_TOOLS_AUTHORING_COLLECTED_PAGE_PARTS_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

struct Word {
  std::string name;
  std::string meaning;
};

struct CostTable {
  std::string name;  // "dyn_array/append_doubling"
  std::string text;  // its lines
};

// Thread safety of all here: any thread. On failure: what a page does not have
// is not in the result.

// Returns what the paragraph "**Words** *a*: meaning · *b*: meaning." explains.
std::vector<Word> WordsOf(std::string_view page);

// Returns the blocks <details> whose summary begins with "Interview:".
std::vector<std::string> InterviewQuestionsOf(std::string_view page);

// Returns the included tables of the section "## What it costs".
std::vector<CostTable> CostTablesOf(std::string_view page);

// Returns the paragraph that begins with "**`label`** ", in one line and
// without the label; "" where none does.
std::string ParagraphOf(std::string_view page, std::string_view label);

// Returns `text` of the page `file`, "chapters/NN_name/NN_MM.md", with links
// that lead on from chapters/.
std::string WithLinksFromChapters(std::string_view text,
                                  const std::filesystem::path& file);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_COLLECTED_PAGE_PARTS_H_
