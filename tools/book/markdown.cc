// SPDX-License-Identifier: Apache-2.0

#include "tools/book/markdown.h"

#ifdef WORKBOOK_HAS_CMARK_GFM
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#endif

#include <array>
#include <cctype>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>

namespace workbook::book {

namespace {

bool IsWordByte(unsigned char c) {
  return std::isalnum(c) != 0 || c == '_' || c == '-' || c >= 0x80;
}

}  // namespace

std::string AnchorOf(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') anchor += '-';
    if (IsWordByte(byte)) anchor += static_cast<char>(std::tolower(byte));
  }
  return anchor;
}

#ifdef WORKBOOK_HAS_CMARK_GFM
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Tree = std::unique_ptr<cmark_node, FreeNode>;

constexpr std::array kExtensions = {"table", "strikethrough", "autolink"};

struct Parsed {
  // The tree uses the parser's list of extensions.
  std::unique_ptr<cmark_parser, FreeParser> parser;
  Tree tree;
};

Parsed Parse(std::string_view markdown) {
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  Parsed parsed;
  parsed.parser.reset(cmark_parser_new(CMARK_OPT_UNSAFE));
  for (const char* name : kExtensions) {
    if (cmark_syntax_extension* one = cmark_find_syntax_extension(name)) {
      cmark_parser_attach_syntax_extension(parsed.parser.get(), one);
    }
  }
  cmark_parser_feed(parsed.parser.get(), markdown.data(), markdown.size());
  parsed.tree.reset(cmark_parser_finish(parsed.parser.get()));
  return parsed;
}

// The lines between a first "---" and the next.
std::string_view WithoutHead(std::string_view text) {
  if (!text.starts_with("---\n")) return text;
  const std::size_t end = text.find("\n---\n", 3);
  return end == std::string_view::npos ? text : text.substr(end + 5);
}

std::string_view Literal(cmark_node* node) {
  const char* text = cmark_node_get_literal(node);
  return text == nullptr ? "" : text;
}

// Calls `visit` with each node, when it is entered.
template <class Visit>
void ForEach(cmark_node* root, const Visit& visit) {
  const std::unique_ptr<cmark_iter, FreeIterator> iterator(
      cmark_iter_new(root));
  while (true) {
    const cmark_event_type event = cmark_iter_next(iterator.get());
    if (event == CMARK_EVENT_DONE) return;
    if (event == CMARK_EVENT_ENTER) visit(cmark_iter_get_node(iterator.get()));
  }
}

std::string TextOf(cmark_node* root) {
  std::string text;
  ForEach(root, [&text](cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT:
      case CMARK_NODE_CODE:
        text += Literal(node);
        break;
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK:
        text += ' ';
        break;
      default:
        break;
    }
  });
  return text;
}

bool IsDirective(cmark_node* node) {
  return cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK &&
         Literal(node).starts_with("<!--");
}

std::string Html(cmark_node* node, cmark_parser* parser) {
  char* const text = cmark_render_html(
      node, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser));
  std::string html = text == nullptr ? "" : text;
  std::free(text);
  return html;
}

// What is behind "<hN>" of a heading that cmark wrote.
void AddAnchor(std::string& html, const Heading& heading) {
  html.insert(3, " id=\"" + heading.anchor + "\"");
  const std::size_t end = html.rfind("</h");
  html.insert(end, "<a class=\"anchor\" href=\"#" + heading.anchor +
                       "\" aria-label=\"Link to this section\"></a>");
}

// Puts what is inside of `node` in its place.
void Unwrap(cmark_node* node) {
  while (cmark_node* child = cmark_node_first_child(node)) {
    cmark_node_insert_before(node, child);
  }
  cmark_node_free(node);
}

void RewriteLinks(cmark_node* tree, const MarkdownOptions& options) {
  std::vector<cmark_node*> dead;  // the iterator stands on the one it visits
  ForEach(tree, [&](cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type != CMARK_NODE_LINK && type != CMARK_NODE_IMAGE) return;
    const char* const to = cmark_node_get_url(node);
    if (to == nullptr) return;
    const std::string link = options.link(to);
    cmark_node_set_url(node, link.c_str());
    if (link.empty()) dead.push_back(node);
  });
  for (cmark_node* node : dead) Unwrap(node);
}

// A code host numbers those that are there twice.
std::string Unique(std::map<std::string, int>& seen, std::string anchor) {
  const int before = seen[anchor]++;
  return before == 0 ? anchor : anchor + "-" + std::to_string(before);
}

}  // namespace

Rendered RenderMarkdown(std::string_view markdown,
                        const MarkdownOptions& options) {
  const Parsed parsed = Parse(WithoutHead(markdown));
  RewriteLinks(parsed.tree.get(), options);
  Rendered page;
  std::map<std::string, int> anchors;
  bool has_title = false;
  for (cmark_node* block = cmark_node_first_child(parsed.tree.get());
       block != nullptr; block = cmark_node_next(block)) {
    if (IsDirective(block)) continue;
    std::string html = Html(block, parsed.parser.get());
    if (cmark_node_get_type(block) == CMARK_NODE_HEADING) {
      const std::string text = TextOf(block);
      const Heading heading{cmark_node_get_heading_level(block),
                            Unique(anchors, AnchorOf(text)), text};
      if (!has_title) {
        has_title = true;
        page.title = text;
        continue;
      }
      AddAnchor(html, heading);
      page.headings.push_back(heading);
    } else if (html.starts_with("<table")) {
      html = "<div class=\"wide\" tabindex=\"0\">" + html + "</div>\n";
    }
    page.words += TextOf(block) + "\n";
    page.html += html;
  }
  return page;
}

bool CanRenderMarkdown() { return true; }
#else
Rendered RenderMarkdown(std::string_view, const MarkdownOptions&) { return {}; }

bool CanRenderMarkdown() { return false; }
#endif

}  // namespace workbook::book
