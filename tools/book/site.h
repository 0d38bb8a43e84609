// SPDX-License-Identifier: Apache-2.0

// The book as HTML: pages in a template, what they show beside it, and an index
// for the search in the page.
#ifndef WORKBOOK_TOOLS_BOOK_SITE_H_
#define WORKBOOK_TOOLS_BOOK_SITE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/book/pages.h"
#include "tools/problem/problem.h"

namespace workbook::book {

// A file of the site.
struct Document {
  std::string content;
  std::string type;  // "text/html; charset=utf-8"
};

// What ./workbook book serves and builds. It reads files when they are asked
// for, so an edited page shows at the next look.
// Thread safety: any thread, for all functions here.
class Site {
 public:
  // `root` is the checkout. `live` pages have the parts that know the learner.
  Site(std::filesystem::path root, bool live);

  // The document at `address`, "03_everyday/03_01.html", without a slash in
  // front; "" is the first page. Cost: reads every page for the contents.
  // Nothing for what is no part of the book.
  std::optional<Document> At(const std::string& address) const;

  // Every address of the site.
  std::vector<std::string> Addresses() const;

 private:
  std::optional<Document> PageAt(const std::string& address) const;
  std::optional<Document> AssetAt(const std::string& address) const;
  std::string SearchIndex() const;

  std::filesystem::path root_;
  bool live_;
};

// Writes the site, without parts that need the command, into `folder`, for any
// host. On failure: what, where and what next; what was there before is kept
// until all is written.
Problem BuildSite(const std::filesystem::path& root,
                  const std::filesystem::path& folder);

}  // namespace workbook::book

#endif  // WORKBOOK_TOOLS_BOOK_SITE_H_
