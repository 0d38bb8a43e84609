// SPDX-License-Identifier: Apache-2.0

#include "tools/book/site.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "tools/book/layout.h"
#include "tools/book/markdown.h"
#include "tools/text/text_file.h"

namespace workbook::book {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view kAssets = "tools/book/assets";
constexpr std::string_view kHtml = "text/html; charset=utf-8";

struct Library {
  const char* address;
  const char* path;  // where the distribution has it
};
// A page reads well without them: code then has one colour, and there is no
// search.
constexpr std::array kLibraries = {
    Library{"assets/highlight.js",
            "/usr/share/javascript/highlight.js/highlight.min.js"},
    Library{"assets/lunr.js", "/usr/share/javascript/lunr/lunr.min.js"},
};

// Those that are installed.
std::vector<Library> Libraries() {
  std::vector<Library> found;
  for (const Library& library : kLibraries) {
    std::error_code none;
    if (fs::exists(library.path, none)) found.push_back(library);
  }
  return found;
}

// The distribution's highlight.js has 185 languages in 850 kB, and the book has
// one. Another version, written in another way, stays whole.
std::string OnlyCpp(std::string script) {
  constexpr std::string_view kLanguage = "hljs.registerLanguage(\"";
  const std::size_t begin =
      script.find("hljs.registerLanguage(\"cpp\",function");
  if (begin == std::string::npos) return script;
  const std::size_t end = script.find(kLanguage, begin + 1);
  if (end != std::string::npos) script.erase(end);
  const std::size_t first = script.find(kLanguage);
  return script.erase(first, begin - first);
}

std::string_view TypeOf(const std::string& address) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTypes{
      {{".html", kHtml},
       {".css", "text/css; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".json", "application/json"},
       {".svg", "image/svg+xml"},
       {".png", "image/png"}}};
  for (const auto& [ending, type] : kTypes) {
    if (address.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

// "../" for each folder of an address.
std::string ToTop(const std::string& address) {
  std::string up;
  for (const char c : address) {
    if (c == '/') up += "../";
  }
  return up;
}

// A chapter's pages, and those of single tasks below their exercise.
Json Contents(const std::vector<Part>& parts, const Page& here,
              const std::string& top) {
  Json list = Json::array();
  for (const Part& part : parts) {
    Json pages = Json::array();
    for (const Page& page : part.pages) {
      const bool is_of_task = !page.exercise.empty() &&
                              !page.address.ends_with(page.exercise + ".html");
      if (is_of_task && page.exercise != here.exercise) continue;
      Json entry;
      entry["title"] = page.title;
      entry["address"] = top + page.address;
      entry["exercise"] = page.exercise;
      entry["here"] = page.address == here.address;
      entry["of_task"] = is_of_task;
      pages.push_back(entry);
    }
    Json shown;
    shown["pages"] = pages;
    list.push_back(shown);
  }
  return list;
}

Json Sections(const std::vector<Heading>& headings) {
  Json list = Json::array();
  for (const Heading& heading : headings) {
    if (heading.level != 2) continue;
    Json entry;
    entry["anchor"] = heading.anchor;
    entry["text"] = heading.text;
    list.push_back(entry);
  }
  return list;
}

Json Neighbour(const std::vector<Page>& order, std::size_t at, int step,
               const std::string& top) {
  const auto other = static_cast<std::ptrdiff_t>(at) + step;
  if (other < 0 || other >= std::ssize(order)) return false;
  const Page& page = order[static_cast<std::size_t>(other)];
  Json entry;
  entry["title"] = page.title;
  entry["address"] = top + page.address;
  return entry;
}

bool IsInside(const fs::path& path) {
  return std::none_of(path.begin(), path.end(), [](const fs::path& part) {
    return part == ".." || part.string().starts_with('.');
  });
}

}  // namespace

Site::Site(fs::path root, bool live) : root_(std::move(root)), live_(live) {}

std::optional<Document> Site::PageAt(const std::string& address) const {
  const std::vector<Part> parts = FindPages(root_);
  const std::vector<Page> order = InOrder(parts);
  const auto found =
      std::find_if(order.begin(), order.end(),
                   [&](const Page& page) { return page.address == address; });
  if (found == order.end()) return std::nullopt;
  const auto text = ReadTextFile(root_ / "chapters" / found->source);
  const auto layout = ReadTextFile(root_ / kAssets / "page.mustache");
  if (!text || !layout) return std::nullopt;
  MarkdownOptions options;
  options.link = [&](std::string_view to) {
    return LinkFrom(found->source, to);
  };
  const Rendered rendered = RenderMarkdown(*text, options);
  const std::string top = ToTop(address);
  const auto at = static_cast<std::size_t>(found - order.begin());
  Json page;
  page["title"] = rendered.title;
  page["anchor"] = AnchorOf(rendered.title);
  page["body"] = rendered.html;
  page["top"] = top;
  page["exercise"] = found->exercise;
  page["source"] = found->source;
  page["live"] = live_;
  page["libraries"] = Json::array();
  for (const Library& library : Libraries()) {
    page["libraries"].push_back({{"address", top + library.address}});
  }
  page["contents"] = Contents(parts, *found, top);
  page["sections"] = Sections(rendered.headings);
  page["before"] = Neighbour(order, at, -1, top);
  page["after"] = Neighbour(order, at, 1, top);
  return Document{FillIn(*layout, page), std::string(kHtml)};
}

std::string Site::SearchIndex() const {
  Json documents = Json::array();
  for (const Page& page : InOrder(FindPages(root_))) {
    const auto text = ReadTextFile(root_ / "chapters" / page.source);
    if (!text) continue;
    documents.push_back({{"address", page.address},
                         {"title", page.title},
                         {"words", RenderMarkdown(*text).words}});
  }
  return documents.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Document> Site::AssetAt(const std::string& address) const {
  const std::string type(TypeOf(address));
  for (const Library& library : kLibraries) {
    if (address != library.address) continue;
    const auto text = ReadTextFile(library.path);
    if (!text) return std::nullopt;
    return Document{OnlyCpp(*text), type};
  }
  if (address == "assets/search.json") return Document{SearchIndex(), type};
  const fs::path path(address);
  if (!IsInside(path) || path.is_absolute()) return std::nullopt;
  const bool is_own = address.starts_with("assets/");
  if (!is_own && !address.ends_with(".svg") && !address.ends_with(".png")) {
    return std::nullopt;
  }
  const auto text =
      ReadTextFile(is_own ? root_ / kAssets / path.lexically_relative("assets")
                          : root_ / "chapters" / path);
  return text ? std::optional(Document{*text, type}) : std::nullopt;
}

std::optional<Document> Site::At(const std::string& address) const {
  const std::string wanted = address.empty() ? "index.html" : address;
  if (!wanted.ends_with(".html")) return AssetAt(wanted);
  return PageAt(wanted);
}

std::vector<std::string> Site::Addresses() const {
  std::vector<std::string> addresses;
  for (const Page& page : InOrder(FindPages(root_))) {
    addresses.push_back(page.address);
  }
  const fs::path chapters = root_ / "chapters";
  for (const auto& entry : fs::recursive_directory_iterator(chapters)) {
    const std::string ending = entry.path().extension().string();
    if (ending == ".svg" || ending == ".png") {
      addresses.push_back(
          entry.path().lexically_relative(chapters).generic_string());
    }
  }
  for (const char* name : {"book.css", "search.js"}) {
    addresses.push_back(std::string("assets/") + name);
  }
  for (const Library& library : Libraries()) {
    addresses.emplace_back(library.address);
  }
  addresses.emplace_back("assets/search.json");
  return addresses;
}

Problem BuildSite(const fs::path& root, const fs::path& folder) {
  const Site site(root, false);
  const fs::path fresh = folder.string() + ".new";
  try {
    fs::remove_all(fresh);
    for (const std::string& address : site.Addresses()) {
      const auto document = site.At(address);
      if (!document) {
        return {"a page of the book cannot be read", address,
                "look for it below chapters/ or tools/book/assets"};
      }
      fs::create_directories((fresh / address).parent_path());
      if (const auto error =
              ReplaceTextFile(fresh / address, document->content)) {
        return {"a page cannot be written: " + error.message(),
                (fresh / address).string(), "is the disk full?"};
      }
    }
    fs::remove_all(folder);
    fs::rename(fresh, folder);
  } catch (const fs::filesystem_error& error) {
    return {"the book cannot be written: " + error.code().message(),
            error.path1().string(), "name a folder that you may write to"};
  }
  return {};
}

}  // namespace workbook::book
