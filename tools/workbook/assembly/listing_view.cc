// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/listing_view.h"

#include <algorithm>
#include <map>
#include <vector>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/fold.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMinColumns = 80;
constexpr std::size_t kMaxColumns = 160;
constexpr std::string_view kBetween = " | ";

struct Row {
  std::string text;
  Colour colour = Colour::kPlain;
};

// The lines of the sources, each file read once.
class Sources {
 public:
  explicit Sources(const fs::path& root) : root_(root) {}

  // "" for a file of the system, whose name and line say enough.
  std::string Line(const SourceBlock& block) {
    if (block.file.empty() || block.file.starts_with('/')) return {};
    const auto [found, is_new] = texts_.try_emplace(block.file);
    if (is_new) {
      found->second = ReadTextFile(root_ / block.file).value_or("");
    }
    const auto lines = SplitLines(found->second);
    const auto line = static_cast<std::size_t>(block.line);
    if (line == 0 || line > lines.size()) return {};
    return std::string(TrimSpace(lines[line - 1]));
  }

 private:
  const fs::path& root_;
  std::map<std::string, std::string> texts_;
};

std::vector<Row> RowsOf(const Listing& listing, const fs::path& root) {
  Sources sources(root);
  std::vector<Row> rows;
  for (const PartListing& part : listing.parts) {
    if (!part.clone.empty()) {
      rows.push_back({fmt::format("{}: apart, for it rarely runs", part.clone),
                      Colour::kBold});
    }
    for (const SourceBlock& block : part.blocks) {
      const std::string place =
          block.file.empty()
              ? "no line known"
              : fmt::format("{}:{}", fs::path(block.file).filename().string(),
                            block.line);
      const std::string line = sources.Line(block);
      rows.push_back(
          {line.empty() ? place : place + "  " + line, Colour::kDim});
      for (const Instruction& each : block.instructions) {
        const bool allocates = !each.allocator.empty();
        rows.push_back({fmt::format("{} {:>4x}  {}", allocates ? '*' : ' ',
                                    each.offset, each.text),
                        allocates ? Colour::kYellow : Colour::kPlain});
      }
    }
  }
  return rows;
}

// `text` in `columns`, cut with dots where it is longer.
std::string Cell(std::string text, std::size_t columns) {
  constexpr std::string_view kDots = "...";
  // In tables of operands a tab is worth one blank.
  std::replace(text.begin(), text.end(), '\t', ' ');
  if (ScreenWidth(text) > columns) {
    while (ScreenWidth(text) > columns - kDots.size()) text.pop_back();
    text += kDots;
  }
  return text + std::string(columns - ScreenWidth(text), ' ');
}

}  // namespace

std::string CountText(const Listing& listing) {
  const auto calls = listing.AllocatorCalls();
  int total = 0;
  std::string each;
  for (const auto& [name, count] : calls) {
    total += count;
    each += fmt::format("{}{} {}", each.empty() ? "" : ", ", name, count);
  }
  return fmt::format(
      "{} instruction{}, {} call{} of allocators{}", listing.Instructions(),
      listing.Instructions() == 1 ? "" : "s", total, total == 1 ? "" : "s",
      each.empty() ? "" : " (" + each + ")");
}

std::string ShowListing(const Listing& listing, const fs::path& root,
                        const Terminal& terminal) {
  std::string text;
  for (const Row& row : RowsOf(listing, root)) {
    text += terminal.Paint(row.colour, row.text) + "\n";
  }
  return text;
}

std::string ShowSideBySide(const Listing& yours, const Listing& reference,
                           const fs::path& root, std::size_t columns,
                           const Terminal& terminal) {
  const std::size_t width = (columns - kBetween.size()) / 2;
  const std::vector<Row> left = RowsOf(yours, root);
  const std::vector<Row> right = RowsOf(reference, root);
  std::string text;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const Row empty;
    const Row& mine = i < left.size() ? left[i] : empty;
    const Row& other = i < right.size() ? right[i] : empty;
    text += terminal.Paint(mine.colour, Cell(mine.text, width));
    text += kBetween;
    text += terminal.Paint(other.colour, Cell(other.text, width));
    while (text.ends_with(' ')) text.pop_back();
    text += '\n';
  }
  return text;
}

std::size_t SideBySideColumns(const Terminal& terminal) {
  const std::size_t columns = terminal.Columns();
  return columns == 0 ? kMaxColumns
                      : std::clamp(columns, kMinColumns, kMaxColumns);
}

}  // namespace workbook::cli
