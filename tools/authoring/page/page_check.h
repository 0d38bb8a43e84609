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

// Checks the pages of `exercise` in the book:
// - a section `## N. Title` for each task, with its parts, in order in the
//   exercise's page, or in a page of its own that the exercise's page links to;
// - the parts around them: the hook, aims and words in front, costs, key
//   points, outcomes, questions and reading behind;
// - 300 to 700 words in each task's section, and 1,200 to 2,500 in the page
//   without the sections of deep tasks; up to 1,200 in a task's own page;
// - links to files and headings of the course that are there;
// - code and figures as their sources have them (inclusion.h), and no time in
//   prose that is neither included nor has a link to its source.
// The README's links are looked at, too. An exercise without a page passes:
// another check refuses it.
// Cost: reads the page and what it includes.
// Thread safety: any thread.
// On failure: problems; nothing is thrown.
Check CheckPage(const std::filesystem::path& root, const Exercise& exercise);

// Checks the pages in chapters/ that are not of `exercises`: their links, and
// that code, output and figures are as their sources have them. None is named
// after an exercise that is not there, and each row of topics.md leads to a
// heading.
// Cost: reads the pages and what they include.
// Thread safety: any thread.
// On failure: problems; nothing is thrown.
Check CheckCoursePages(const std::filesystem::path& root,
                       const std::vector<Exercise>& exercises);

// A page as lines.
struct PageLines {
  std::filesystem::path file;
  std::vector<MarkdownLine> lines;
};

// Does the same with the lines of the exercise's page, but for the links that
// lead nowhere, the times and the inclusions. `own` are the tasks with a page
// of their own.
void CheckTemplate(const Exercise& exercise,
                   const std::vector<MarkdownLine>& lines,
                   const std::vector<TaskPage>& own, Check& check);

// Does so with a page that `task` has to itself.
void CheckTaskTemplate(const Exercise& exercise, const Task& task,
                       const PageLines& page, Check& check);

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
