// SPDX-License-Identifier: Apache-2.0

// Code for pages.
#include <algorithm>
#include <vector>

#include "tools/authoring/page/source.h"
#include "tools/authoring/stub/source_items.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnd = "// [end]";

SourceText Refuse(std::string what, std::string fix) {
  return {false, {}, std::move(what), std::move(fix)};
}

// Without blank lines at its ends and without the indentation that all lines
// have.
SourceText Dedented(std::vector<std::string> lines) {
  const auto is_blank = [](const std::string& line) {
    return TrimSpace(line).empty();
  };
  while (!lines.empty() && is_blank(lines.front())) lines.erase(lines.begin());
  while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
  std::size_t indent = std::string::npos;
  for (const std::string& line : lines) {
    if (!is_blank(line)) indent = std::min(indent, line.find_first_not_of(' '));
  }
  SourceText code{true, {}, {}, {}};
  for (const std::string& line : lines) {
    code.text += (is_blank(line) ? "" : line.substr(indent)) + "\n";
  }
  return code;
}

std::vector<std::string> WithoutMarkers(const std::vector<std::string>& lines) {
  std::vector<std::string> kept;
  for (const std::string& line : lines) {
    if (!IsStubMarker(line)) kept.push_back(line);
  }
  return kept;
}

// The lines of a region; none where there is no such region.
std::vector<std::string> RegionLines(std::string_view text,
                                     const std::string& name) {
  const std::string begin = "// [region " + name + "]";
  std::vector<std::string> lines;
  bool is_inside = false;
  int inner = 0;
  for (const std::string_view line : SplitLines(text)) {
    const std::string_view trimmed = TrimSpace(line);
    if (!is_inside) {
      is_inside = trimmed == begin;
      continue;
    }
    if (trimmed.starts_with("// [region ")) ++inner;
    if (trimmed == kEnd && inner-- == 0) return lines;
    lines.emplace_back(line);
  }
  return {};
}

// Finds those of the whole name, "Pool::Grow", or those whose name ends so: a
// class has a constructor of its name.
void FindItems(const std::vector<SourceItem>& items, const std::string& scope,
               const std::string& name, bool is_whole,
               std::vector<const SourceItem*>& found) {
  for (const SourceItem& item : items) {
    const bool is_namespace = item.kind == SourceItem::Kind::kNamespace;
    const bool is_class = item.kind == SourceItem::Kind::kClass;
    const std::string full = scope + item.name;
    if ((is_class || item.kind == SourceItem::Kind::kFunction) &&
        (is_whole ? full == name : full.ends_with("::" + name))) {
      found.push_back(&item);
    }
    FindItems(item.children, is_namespace ? scope : full + "::", name, is_whole,
              found);
  }
}

SourceText NamedCode(const std::string& file, const std::string& text,
                     const std::string& name) {
  const std::vector<std::string> region = RegionLines(text, name);
  if (!region.empty()) return Dedented(WithoutMarkers(region));
  const SourceItems items = ReadSourceItems(text);
  std::vector<const SourceItem*> found;
  FindItems(items.items, "", name, /*is_whole=*/true, found);
  if (found.empty()) FindItems(items.items, "", name, false, found);
  if (found.size() != 1) {
    return Refuse(found.empty()
                      ? file + " has no region, function or class " + name
                      : file + " has " + std::to_string(found.size()) +
                            " functions " + name,
                  "put `// [region " + name +
                      "]` and `// [end]` around it, "
                      "or correct the name");
  }
  // The comment above is the contract, which the page does not repeat.
  std::vector<std::string> lines = found.front()->source;
  while (!lines.empty() && TrimSpace(lines.front()).starts_with("//")) {
    lines.erase(lines.begin());
  }
  return Dedented(WithoutMarkers(lines));
}

// "solutions/03_01/growth.cc", which a mutant changes; "" if it names none.
std::string FileOfPatch(std::string_view patch) {
  for (const std::string_view line : SplitLines(patch)) {
    if (!line.starts_with("+++ b/")) continue;
    return std::string(TrimSpace(line.substr(6)));
  }
  return {};
}

SourceText Mutated(const fs::path& root, const std::string& file) {
  const std::string patch = ReadTextFile(root / file).value_or("");
  const std::string changed = FileOfPatch(patch);
  const auto text = ReadTextFile(root / changed);
  if (!text) {
    return Refuse(file + " changes " + changed + ", which can't be read",
                  "correct the line +++ of the patch");
  }
  const ScratchFolder folder;
  const fs::path copy = folder.path() / "mutated";
  if (const auto error = ReplaceTextFile(copy, *text)) {
    return Refuse(
        "a copy of " + changed + " can't be written: " + error.message(),
        "free some space (df -h)");
  }
  const ProcessResult run =
      RunProcess({"patch", "--quiet", "--batch", "--fuzz=0", copy.string(),
                  fs::absolute(root / file).string()});
  if (!run.ExitedWith(0)) {
    return Refuse(
        file + " does not apply to " + changed + ": patch " + DescribeEnd(run),
        "./workbook setup --author installs patch; make the patch "
        "anew from the reference");
  }
  return {true, ReadTextFile(copy).value_or(""), {}, {}};
}

}  // namespace

SourceText ReadCode(const fs::path& root, std::string_view source) {
  const std::size_t hash = source.find('#');
  const std::string file(source.substr(0, hash));
  const bool is_patch = file.ends_with(".patch");
  const bool is_code = file.ends_with(".h") || file.ends_with(".cc");
  if (hash == source.npos || !(is_patch || is_code) ||
      !(file.starts_with("exercises/") || file.starts_with("solutions/") ||
        file.starts_with("chapters/")) ||
      file.find("..") != file.npos) {
    return Refuse(
        "includes `" + std::string(source) +
            "`, which is no code that tests run",
        "write `exercises/NN_MM/FILE#NAME`: a .h or .cc file there or "
        "in solutions/, or a mutant, and a region or function");
  }
  const auto text = ReadTextFile(root / file);
  if (!text) return Refuse(file + " can't be read", "correct the path");
  SourceText whole{true, *text, {}, {}};
  if (is_patch) whole = Mutated(root, file);
  if (!whole.ok) return whole;
  return NamedCode(file, whole.text, std::string(source.substr(hash + 1)));
}

}  // namespace workbook
