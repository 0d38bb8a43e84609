// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/markdown.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kCommentBegin = "<!--";
constexpr std::string_view kCommentEnd = "-->";
constexpr std::string_view kFrontMatter = "---";

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80;
}

// Removes what stands between each `begin` and `end`, and both.
std::string Without(std::string text, std::string_view begin,
                    std::string_view end) {
  for (std::size_t at = text.find(begin); at != text.npos;
       at = text.find(begin, at)) {
    const std::size_t close = text.find(end, at + begin.size());
    if (close == text.npos) break;
    text.erase(at, close + end.size() - at);
  }
  return text;
}

class Reader {
 public:
  void Read(std::string_view text) {
    MarkdownLine line;
    line.text = text;
    line.kind = KindOf(line.text);
    if (line.kind == LineKind::kProse || line.kind == LineKind::kHeading) {
      line.plain =
          Without(Without(line.text, kCommentBegin, kCommentEnd), "`", "`");
    }
    lines_.push_back(std::move(line));
  }

  std::vector<MarkdownLine> Take() { return std::move(lines_); }

 private:
  LineKind KindOf(std::string_view text) {
    const std::string_view trimmed = TrimSpace(text);
    if (lines_.empty() && text == kFrontMatter) {
      in_front_matter_ = true;
      return LineKind::kFrontMatter;
    }
    if (in_front_matter_) {
      in_front_matter_ = text != kFrontMatter;
      return LineKind::kFrontMatter;
    }
    if (in_comment_) {
      in_comment_ = trimmed.find(kCommentEnd) == trimmed.npos;
      return LineKind::kComment;
    }
    if (fence_ != 0) {
      if (!ClosesFence(text, fence_)) return LineKind::kCode;
      fence_ = 0;
      return LineKind::kFence;
    }
    fence_ = FenceLength(text);
    if (fence_ != 0) return LineKind::kFence;
    if (trimmed.starts_with(kCommentBegin)) {
      const std::size_t end = trimmed.find(kCommentEnd);
      in_comment_ = end == trimmed.npos;
      // Behind the comment the line may go on.
      const bool is_whole =
          in_comment_ || end + kCommentEnd.size() == trimmed.size();
      return is_whole ? LineKind::kComment : LineKind::kProse;
    }
    const std::size_t level = text.find_first_not_of('#');
    const bool is_heading =
        level != 0 && level != text.npos && level <= 6 && text[level] == ' ';
    return is_heading ? LineKind::kHeading : LineKind::kProse;
  }

  std::vector<MarkdownLine> lines_;
  bool in_front_matter_ = false;
  std::size_t fence_ = 0;  // the backticks that opened the fence at hand
  bool in_comment_ = false;
};

// "## 2. How large?" is "2-how-large".
std::string AnchorOf(std::string_view heading) {
  std::string anchor;
  const std::string_view text =
      TrimSpace(heading.substr(heading.find_first_not_of('#')));
  for (const char c : text) {
    if (IsWordByte(c) || c == '-' || c == '_') {
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (c == ' ') {
      anchor += '-';
    }
  }
  return anchor;
}

}  // namespace

std::size_t FenceLength(std::string_view line) {
  line = TrimSpace(line);
  const std::size_t length = std::min(line.find_first_not_of('`'), line.size());
  return length < 3 ? 0 : length;
}

bool ClosesFence(std::string_view line, std::size_t length) {
  const std::size_t own = FenceLength(line);
  return own >= length && own == TrimSpace(line).size();
}

std::vector<MarkdownLine> ReadMarkdown(std::string_view text) {
  Reader reader;
  for (const std::string_view line : SplitLines(text)) reader.Read(line);
  return reader.Take();
}

int CountWords(const std::vector<MarkdownLine>& lines, std::size_t begin,
               std::size_t end) {
  int words = 0;
  for (std::size_t i = begin; i < end && i < lines.size(); ++i) {
    const MarkdownLine& line = lines[i];
    if (line.kind != LineKind::kProse && line.kind != LineKind::kHeading) {
      continue;
    }
    bool in_word = false;
    for (const char c : Without(line.text, kCommentBegin, kCommentEnd)) {
      const bool is_space = std::isspace(static_cast<unsigned char>(c)) != 0;
      if (!is_space && !in_word && IsWordByte(c)) {
        in_word = true;
        ++words;
      } else if (is_space) {
        in_word = false;
      }
    }
  }
  return words;
}

std::vector<MarkdownLink> LinksOf(const std::vector<MarkdownLine>& lines) {
  static const std::regex kLink(
      R"re(\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)="([^"]+)")re");
  std::vector<MarkdownLink> links;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& text = lines[i].plain;
    for (std::sregex_iterator match(text.begin(), text.end(), kLink), end;
         match != end; ++match) {
      const bool is_markdown = (*match)[1].matched;
      links.push_back({is_markdown ? (*match)[1].str() : (*match)[2].str(),
                       static_cast<int>(i) + 1});
    }
  }
  return links;
}

std::set<std::string> AnchorsOf(const std::vector<MarkdownLine>& lines) {
  static const std::regex kId(R"re((?:id|name)="([^"]+)")re");
  std::set<std::string> anchors;
  std::map<std::string, int> seen;
  for (const MarkdownLine& line : lines) {
    if (line.kind == LineKind::kHeading) {
      std::string anchor = AnchorOf(line.text);
      const int before = seen[anchor]++;
      if (before > 0) anchor += "-" + std::to_string(before);
      anchors.insert(anchor);
    }
    if (line.kind == LineKind::kCode) continue;
    for (std::sregex_iterator match(line.text.begin(), line.text.end(), kId),
         end;
         match != end; ++match) {
      anchors.insert((*match)[1].str());
    }
  }
  return anchors;
}

}  // namespace workbook
