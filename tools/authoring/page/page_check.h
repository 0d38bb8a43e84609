// SPDX-License-Identifier: Apache-2.0

// Whether the page of an exercise has what its readers rely on.
#ifndef WORKBOOK_TOOLS_AUTHORING_PAGE_PAGE_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_PAGE_PAGE_CHECK_H_

#include <filesystem>
#include <string>

#include "tools/authoring/check.h"
#include "tools/authoring/page/markdown.h"
#include "tools/course/exercise.h"

namespace workbook {

// Checks the page of `exercise` in the book:
// - a section `## N. Title` for each task, in order, with its parts;
// - the parts around them: the hook, aims and words in front, costs, key
//   points, outcomes, questions and reading behind;
// - 300 to 700 words in each task's section, and 1,200 to 2,500 in the page
//   without the sections of deep tasks;
// - links to files and headings of the course that are there;
// - code and figures as their sources have them (inclusion.h), and no time in
//   prose that is neither included nor has a link to its source.
// The README's links are looked at, too. An exercise with `old_cut` passes, and
// so does one without a page, which another check refuses.
// Cost: reads the page and what it includes.
// Thread safety: any thread.
// On failure: problems; nothing is thrown.
Check CheckPage(const std::filesystem::path& root, const Exercise& exercise);

// Does the same, but for the links and inclusions, with the lines of a page.
void CheckTemplate(const Exercise& exercise,
                   const std::vector<MarkdownLine>& lines, Check& check);

// Checks the links of the Markdown file `file`.
void CheckLinks(const std::filesystem::path& root,
                const std::filesystem::path& file,
                const std::vector<MarkdownLine>& lines, Check& check);

// Refuses each paragraph with a time, "113 ns", that is neither included from a
// file nor beside a link to where it was published.
void CheckTimes(const std::string& file, const std::vector<MarkdownLine>& lines,
                Check& check);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_PAGE_PAGE_CHECK_H_
