// SPDX-License-Identifier: Apache-2.0

// Markdown as a code host shows it, made HTML by cmark-gfm.
#ifndef WORKBOOK_TOOLS_BOOK_MARKDOWN_H_
#define WORKBOOK_TOOLS_BOOK_MARKDOWN_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::book {

struct Heading {
  int level = 1;
  std::string anchor;  // as a code host makes it: "what-it-costs"
  std::string text;
};

struct Rendered {
  std::string title;              // of the first heading; "" without one
  std::string html;               // of the body, without that heading
  std::string words;              // the text alone, for search
  std::vector<Heading> headings;  // but the first
};

struct MarkdownOptions {
  // What a link or an image leads to in the site: given what the page says. ""
  // leaves the words without a link.
  std::function<std::string(std::string_view)> link = [](std::string_view to) {
    return std::string(to);
  };
};

// Returns `markdown` as HTML. A head between "---" is left out; comments that
// direct our own commands are, too. Headings get an id, tables can scroll
// sideways, code has the class of its language. HTML in it stays: pages are
// the project's own.
// Cost: some hundred microseconds a page. Thread safety: any thread.
Rendered RenderMarkdown(std::string_view markdown,
                        const MarkdownOptions& options = {});

// Whether this program was built with cmark-gfm; without it pages are empty.
bool CanRenderMarkdown();

// Returns the anchor that a code host gives a heading: lower case, words
// joined by "-", punctuation dropped.
std::string AnchorOf(std::string_view heading);

}  // namespace workbook::book

#endif  // WORKBOOK_TOOLS_BOOK_MARKDOWN_H_
