// SPDX-License-Identifier: Apache-2.0

// Which pages the book has, in which order, and where each lies in the site.
#ifndef WORKBOOK_TOOLS_BOOK_PAGES_H_
#define WORKBOOK_TOOLS_BOOK_PAGES_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::book {

struct Page {
  std::string source;    // below chapters/: "03_everyday/03_01.md"
  std::string address;   // in the site: "03_everyday/03_01.html"
  std::string exercise;  // "03_01", or "" for a page of no exercise
  std::string title;     // of its first heading
};

// A part of the book as its contents show it.
struct Part {
  std::string title;  // of a chapter; "" for pages before and behind them
  std::vector<Page> pages;
};

// Returns the pages below root/chapters: start, the chapters with their README
// first, then what is beside them. Cost: reads each page.
// On failure: no parts where the folder is missing.
std::vector<Part> FindPages(const std::filesystem::path& root);

// Returns the pages of all parts, in the order of reading.
std::vector<Page> InOrder(const std::vector<Part>& parts);

// Returns what a link `to` on the page `source` leads to, as the site has it:
// another page's address with its anchor, relative to this page; pictures are
// at the same place. Other hosts stay. "" for what the site does not have: a
// source, or a file outside of chapters/.
std::string LinkFrom(const std::string& source, std::string_view to);

}  // namespace workbook::book

#endif  // WORKBOOK_TOOLS_BOOK_PAGES_H_
