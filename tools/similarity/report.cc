// SPDX-License-Identifier: Apache-2.0

#include "tools/similarity/report.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/text/escape.h"
#include "tools/text/text_file.h"

namespace workbook::similarity {
namespace {

using nlohmann::json;

constexpr const char* kHead =
    R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'">
<title>Similarity</title>
<style>
body { font: 15px/1.4 sans-serif; margin: 2em auto; max-width: 110em;
 padding: 0 1em; color: #222; background: #fff; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .2em .8em; border-bottom: 1px solid #ddd; }
td.n { text-align: right; }
.region { display: grid; grid-template-columns: 1fr 1fr; gap: 1em;
 margin: 0 0 1em; }
pre { background: #f5f5f5; padding: .6em; overflow: auto; margin: 0;
 max-height: 30em; }
</style></head><body>
<h1>Similarity</h1>
<p>Equal code is a reason to look, and never a proof: people who share a
lecture, a book or a desk write alike. Names, layout, comments and the
released stub do not count.</p>
)";

std::string Lines(const Entry& entry, const Place& place) {
  const auto lines = SplitLines(entry.files.at(place.file).second);
  std::string text;
  for (int line = place.first_line; line <= place.last_line; ++line) {
    if (line < 1 || static_cast<std::size_t>(line) > lines.size()) continue;
    text += fmt::format("{:4}  ", line);
    text += EscapeHtml(lines[static_cast<std::size_t>(line) - 1]);
    text += '\n';
  }
  return text;
}

std::string Side(const Entry& entry, const Place& place) {
  return fmt::format("<div><b>{}, {}: {}-{}</b><pre>{}</pre></div>\n",
                     EscapeHtml(entry.name),
                     EscapeHtml(entry.files.at(place.file).first),
                     place.first_line, place.last_line, Lines(entry, place));
}

json PlaceJson(const Entry& entry, const Place& place) {
  return {{"file", entry.files.at(place.file).first},
          {"first_line", place.first_line},
          {"last_line", place.last_line}};
}

}  // namespace

std::string HtmlReport(const std::vector<Entry>& entries,
                       const Comparison& comparison, std::size_t shown) {
  shown = std::min(shown, comparison.pairs.size());
  std::string html = kHead;
  html += fmt::format(
      "<p>{} submissions, {} pairs that share something, the first {} shown."
      "</p>\n<table><tr><th>Rank<th>A<th>B<th>Share<th>Tokens</tr>\n",
      entries.size(), comparison.pairs.size(), shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const Pair& pair = comparison.pairs[i];
    html += fmt::format(
        "<tr><td class=n><a href=\"#p{0}\">{0}</a><td>{1}<td>{2}"
        "<td class=n>{3:.0f} %<td class=n>{4}</tr>\n",
        i + 1, EscapeHtml(entries[pair.a].name),
        EscapeHtml(entries[pair.b].name), 100 * pair.share, pair.tokens);
  }
  html += "</table>\n";
  for (std::size_t i = 0; i < shown; ++i) {
    const Pair& pair = comparison.pairs[i];
    const Entry& a = entries[pair.a];
    const Entry& b = entries[pair.b];
    html +=
        fmt::format("<h2 id=\"p{}\">{} and {}: {:.0f} %</h2>\n", i + 1,
                    EscapeHtml(a.name), EscapeHtml(b.name), 100 * pair.share);
    for (const Region& region : pair.regions) {
      html += "<div class=region>" + Side(a, region.a) + Side(b, region.b) +
              "</div>\n";
    }
  }
  return html + "</body></html>\n";
}

std::string CsvReport(const std::vector<Entry>& entries,
                      const Comparison& comparison) {
  std::string csv = "rank,a,b,share_percent,tokens,a_tokens,b_tokens\n";
  for (std::size_t i = 0; i < comparison.pairs.size(); ++i) {
    const Pair& pair = comparison.pairs[i];
    csv += fmt::format(
        "{},{},{},{:.1f},{},{},{}\n", i + 1, CsvCell(entries[pair.a].name),
        CsvCell(entries[pair.b].name), 100 * pair.share, pair.tokens,
        comparison.own_tokens[pair.a], comparison.own_tokens[pair.b]);
  }
  return csv;
}

std::string JsonReport(const std::vector<Entry>& entries,
                       const Comparison& comparison) {
  json out{
      {"schema", 1}, {"submissions", json::array()}, {"pairs", json::array()}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out["submissions"].push_back({{"name", entries[i].name},
                                  {"own_tokens", comparison.own_tokens[i]},
                                  {"stub_tokens", comparison.stub_tokens[i]}});
  }
  for (const Pair& pair : comparison.pairs) {
    json regions = json::array();
    for (const Region& region : pair.regions) {
      regions.push_back({{"tokens", region.tokens},
                         {"a", PlaceJson(entries[pair.a], region.a)},
                         {"b", PlaceJson(entries[pair.b], region.b)}});
    }
    out["pairs"].push_back({{"a", entries[pair.a].name},
                            {"b", entries[pair.b].name},
                            {"share", pair.share},
                            {"tokens", pair.tokens},
                            {"regions", regions}});
  }
  return out.dump(1, ' ', true, json::error_handler_t::replace) + "\n";
}

}  // namespace workbook::similarity
