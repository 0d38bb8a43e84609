// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/fold.h"

#include <algorithm>

namespace workbook::cli {
namespace {

constexpr char kEscape = '\x1b';

// Where the next pair of blanks begins: the cells of a table lie between such.
std::size_t EndOfCell(std::string_view line, std::size_t at) {
  return std::min(line.find("  ", at), line.size());
}

class LineFolder {
 public:
  LineFolder(std::string_view line, std::size_t columns, std::string& folded)
      : line_(line), columns_(columns), folded_(folded) {}

  void Run() {
    const std::size_t blanks = SkipBlanks(0);
    // On a very narrow screen the text needs the columns more than the indent.
    indent_ = std::min(blanks + 2, columns_ / 3);
    std::size_t gap = blanks;
    for (std::size_t at = blanks; at < line_.size();) {
      const std::size_t end = EndOfCell(line_, at);
      const std::string_view cell = line_.substr(at, end - at);
      if (indent_ + ScreenWidth(cell) <= columns_) {
        Put(gap, cell);
      } else {
        PutWords(gap, cell);
      }
      at = SkipBlanks(end);
      gap = at - end;
    }
  }

 private:
  std::size_t SkipBlanks(std::size_t at) const {
    return std::min(line_.find_first_not_of(' ', at), line_.size());
  }

  void PutWords(std::size_t gap, std::string_view cell) {
    while (!cell.empty()) {
      const std::size_t end = std::min(cell.find(' '), cell.size());
      Put(gap, cell.substr(0, end));
      cell.remove_prefix(std::min(end + 1, cell.size()));
      gap = 1;
    }
  }

  void Put(std::size_t gap, std::string_view text) {
    const std::size_t width = ScreenWidth(text);
    if (!first_ && used_ + gap + width > columns_) {
      folded_ += '\n';
      used_ = 0;
      gap = indent_;
    }
    folded_.append(gap, ' ');
    folded_ += text;
    used_ += gap + width;
    first_ = false;
  }

  const std::string_view line_;
  const std::size_t columns_;
  std::string& folded_;
  std::size_t indent_ = 0;
  std::size_t used_ = 0;
  bool first_ = true;
};

// Appends `line`, which holds no line end, folded.
void FoldLine(std::string_view line, std::size_t columns, std::string& folded) {
  if (ScreenWidth(line) <= columns) {
    folded += line;
  } else {
    LineFolder(line, columns, folded).Run();
  }
}

}  // namespace

std::size_t ScreenWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == kEscape) {
      // "ESC [ 1 ; 31 m" ends with its first letter.
      while (i + 1 < text.size() &&
             (text[i] < 'A' || text[i] > 'z' || text[i] == '[')) {
        ++i;
      }
    } else if ((byte & 0xC0) != 0x80) {
      ++width;
    }
  }
  return width;
}

std::string Fold(std::string_view text, std::size_t columns) {
  if (columns == 0) return std::string(text);
  std::string folded;
  folded.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    FoldLine(text.substr(0, end), columns, folded);
    if (end == std::string_view::npos) break;
    folded += '\n';
    text.remove_prefix(end + 1);
  }
  return folded;
}

}  // namespace workbook::cli
