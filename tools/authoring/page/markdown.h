// SPDX-License-Identifier: Apache-2.0

// A page of the book as lines that know what they are.
#ifndef WORKBOOK_TOOLS_AUTHORING_PAGE_MARKDOWN_H_
#define WORKBOOK_TOOLS_AUTHORING_PAGE_MARKDOWN_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

enum class LineKind {
  kFrontMatter,  // between the lines --- at the beginning
  kProse,        // and whatever else is none of these
  kHeading,
  kFence,    // a line that opens or closes a fence
  kCode,     // in a fence
  kComment,  // of HTML, on lines of its own
};

struct MarkdownLine {
  LineKind kind = LineKind::kProse;
  std::string text;   // as it stands
  std::string plain;  // without comments of HTML and code in backticks
};

struct MarkdownLink {
  std::string target;
  int line = 0;
};

// Tells lines apart. Fences are of backticks, indented or not.
// Cost: O(text). Thread safety: any thread, for all functions here.
std::vector<MarkdownLine> ReadMarkdown(std::string_view text);

// Returns how many backticks the line begins with, behind blanks, where they
// open or close a fence; else 0.
std::size_t FenceLength(std::string_view line);

// Whether the line closes a fence that `length` backticks opened.
bool ClosesFence(std::string_view line, std::size_t length);

// Counts the words of prose, headings and tables in lines [begin, end): what
// has a letter or a digit between white space.
int CountWords(const std::vector<MarkdownLine>& lines, std::size_t begin,
               std::size_t end);

// Returns the targets of [text](target) and of src="target" and
// href="target" outside of code, with their lines from 1.
std::vector<MarkdownLink> LinksOf(const std::vector<MarkdownLine>& lines);

// Returns what `#name` may say to get to a place of the page: its headings as
// code hosts write them, and each id="name" and name="name".
std::set<std::string> AnchorsOf(const std::vector<MarkdownLine>& lines);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_PAGE_MARKDOWN_H_
