// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/inclusion.h"

#include <optional>
#include <string_view>
#include <utility>

#include "tools/authoring/page/markdown.h"
#include "tools/authoring/page/source.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kFigure = "<!-- figure:";
constexpr std::string_view kFigureEnd = "<!-- end -->";
constexpr std::string_view kCommentEnd = "-->";

// "a.cc#b" of `<!-- code: a.cc#b -->`, alone on its line.
std::optional<std::string> SourceOf(std::string_view line,
                                    std::string_view kind) {
  const std::string begin = "<!-- " + std::string(kind) + ":";
  line = TrimSpace(line);
  if (!line.starts_with(begin) || !line.ends_with(kCommentEnd)) {
    return std::nullopt;
  }
  line.remove_prefix(begin.size());
  line.remove_suffix(kCommentEnd.size());
  return std::string(TrimSpace(line));
}

std::string_view LanguageOf(std::string_view fence) {
  return TrimSpace(TrimSpace(fence).substr(3));
}

bool IsCpp(std::string_view fence) {
  const std::string_view language = LanguageOf(fence);
  return language == "cpp" || language == "c++" || language == "cc" ||
         language == "C++" || language == "cxx";
}

class Filler {
 public:
  Filler(const std::filesystem::path& root, std::string file,
         const std::string& text)
      : root_(root), file_(std::move(file)), lines_(SplitLines(text)) {}

  FilledPage Fill() {
    while (at_ < lines_.size()) {
      if (const auto code = SourceOf(lines_[at_], "code")) {
        FillFence(ReadCode(root_, *code), "code", "cpp");
      } else if (const auto found = SourceOf(lines_[at_], "case")) {
        FillFence(ReadCase(root_, *found), "case", "text");
      } else if (const auto output = SourceOf(lines_[at_], "output")) {
        FillFence(ReadOutput(root_, *output), "output", "text");
      } else if (const auto table = SourceOf(lines_[at_], "table")) {
        FillTable(*table);
      } else if (AtFence()) {
        CheckFence();
        CopyFence();
      } else {
        FillFigures();
      }
    }
    return std::move(page_);
  }

 private:
  void Refuse(std::string what, std::string fix) {
    page_.problems.push_back(ProblemIn(file_, static_cast<int>(at_) + 1, "",
                                       std::move(what), std::move(fix)));
  }

  void CopyLine() { page_.text += std::string(lines_[at_++]) + "\n"; }

  bool AtFence() const {
    return at_ < lines_.size() && FenceLength(lines_[at_]) != 0;
  }

  void CheckFence() {
    if (ClosesFence(lines_[at_], 3)) {
      Refuse("has a fence without a language",
             "write ```text, ```sh or ```output; code has ```cpp and a comment "
             "above it");
    } else if (IsCpp(lines_[at_])) {
      Refuse(
          "has C++ that no test runs",
          "write `<!-- code: exercises/NN_MM/FILE#NAME -->` above the fence, "
          "and `bazel run //tools/authoring:pages -- NN_MM` fills it");
    }
  }

  void CopyFence() {
    const std::size_t length = FenceLength(lines_[at_]);
    CopyLine();
    while (at_ < lines_.size() && !ClosesFence(lines_[at_], length)) CopyLine();
    if (at_ < lines_.size()) CopyLine();
  }

  // The fence below a comment of this kind.
  void FillFence(const SourceText& code, const std::string& kind,
                 const std::string& language) {
    if (!code.ok) Refuse(code.what, code.fix);
    CopyLine();
    if (!AtFence() ||
        (language == "cpp" ? !IsCpp(lines_[at_])
                           : LanguageOf(lines_[at_]) != language)) {
      Refuse("has no fence ```" + language + " below a comment `" + kind + ":`",
             "write the lines ```" + language +
                 " and ``` directly below the comment");
      return;
    }
    if (!code.ok) return CopyFence();
    const std::string indent(lines_[at_].substr(0, lines_[at_].find('`')));
    CopyLine();
    const std::size_t first = at_;
    std::string old;
    while (at_ < lines_.size() && !AtFence()) {
      old += std::string(lines_[at_++]) + "\n";
    }
    std::string now;
    for (const std::string_view line : SplitLines(code.text)) {
      now += (line.empty() ? "" : indent + std::string(line)) + "\n";
    }
    Put(first, old, now);
    if (at_ < lines_.size()) CopyLine();
  }

  void FillTable(const std::string& source) {
    const SourceText table = ReadTable(root_, source);
    if (!table.ok) Refuse(table.what, table.fix);
    CopyLine();
    if (!table.ok) return;
    const std::size_t first = at_;
    std::string old;
    while (at_ < lines_.size() && lines_[at_].starts_with('|')) {
      old += std::string(lines_[at_++]) + "\n";
    }
    Put(first, old, table.text);
  }

  void Put(std::size_t first, const std::string& old, const std::string& now) {
    if (old != now) page_.changed.push_back(static_cast<int>(first) + 1);
    page_.text += now;
  }

  // Figures stand within a line.
  void FillFigures() {
    std::string line(lines_[at_]);
    for (std::size_t begin = line.find(kFigure); begin != line.npos;
         begin = line.find(kFigure, begin + 1)) {
      const std::size_t close = line.find(kCommentEnd, begin);
      const std::size_t end = line.find(kFigureEnd, begin);
      if (close == line.npos || end == line.npos) {
        Refuse("has a figure that does not end",
               "write `<!-- figure: SOURCE -->1<!-- end -->` on one line");
        break;
      }
      const std::size_t source = begin + kFigure.size();
      const SourceText figure = ReadFigure(
          root_,
          TrimSpace(std::string_view(line).substr(source, close - source)));
      if (!figure.ok) {
        Refuse(figure.what, figure.fix);
        continue;
      }
      const std::size_t value = close + kCommentEnd.size();
      line.replace(value, end - value, figure.text);
    }
    Put(at_, std::string(lines_[at_]) + "\n", line + "\n");
    ++at_;
  }

  const std::filesystem::path& root_;
  std::string file_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  FilledPage page_;
};

}  // namespace

FilledPage FillPage(const std::filesystem::path& root, const std::string& file,
                    const std::string& text) {
  return Filler(root, file, text).Fill();
}

}  // namespace workbook
