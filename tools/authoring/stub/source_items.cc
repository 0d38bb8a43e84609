// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/source_items.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "tools/authoring/stub/item_names.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kMarker = "// [";

// Whether a page of the book includes what stands between this line and the
// other one. It says nothing of the stub.
bool IsRegionMarker(std::string_view line) {
  return line == "// [end]" ||
         (line.starts_with("// [region ") && line.ends_with("]"));
}

// Reads one marker; false if it is none that we know.
bool ReadMarker(std::string_view line, StubMarkers& markers) {
  if (IsRegionMarker(line)) return true;
  if (line == "// [given]") {
    markers.given = true;
  } else if (line == "// [given initializers]") {
    markers.given_initializers = true;
  } else if (line == "// [yours]") {
    markers.yours = true;
  } else if (line == "// [reference]") {
    markers.reference = true;
  } else if (line.starts_with("// [note] ")) {
    markers.notes.emplace_back(line.substr(10));
  } else if (line.starts_with("// [task ") && line.ends_with("]")) {
    markers.task = std::atoi(std::string(line.substr(9)).c_str());
    return markers.task > 0;
  } else {
    return false;
  }
  return true;
}

class Reader {
 public:
  explicit Reader(std::string_view text) {
    for (const std::string_view line : SplitLines(text)) {
      lines_.emplace_back(line);
    }
    const std::string blanked = BlankLiterals(text);
    for (const std::string_view line : SplitLines(blanked)) {
      blanked_.emplace_back(line);
    }
  }

  SourceItems Read() {
    ReadScope(result_.items, false);
    if (result_.error_line == 0 && at_ < lines_.size()) {
      Fail(at_, "a } that closes nothing. Fix: remove it");
    }
    return std::move(result_);
  }

 private:
  bool Failed() const { return result_.error_line != 0; }

  void Fail(std::size_t index, std::string error) {
    if (Failed()) return;
    result_.error_line = static_cast<int>(index) + 1;
    result_.error = std::move(error);
  }

  std::string_view Code(std::size_t index) const {
    return TrimSpace(blanked_[index]);
  }

  // Up to the `}` that closes the scope, which stays unread.
  void ReadScope(std::vector<SourceItem>& items, bool is_nested) {
    while (!Failed() && at_ < lines_.size()) {
      if (Code(at_).starts_with('}')) return;
      ReadItem(items);
    }
    if (is_nested)
      Fail(lines_.size() - 1, "the file ends inside of a { . Fix: close it");
  }

  void ReadItem(std::vector<SourceItem>& items) {
    SourceItem item;
    item.line = static_cast<int>(at_) + 1;
    if (TrimSpace(lines_[at_]).empty()) {
      item.kind = SourceItem::Kind::kBlank;
      item.lines = {""};
      item.source = {""};
      ++at_;
      items.push_back(std::move(item));
      return;
    }
    const std::size_t first = at_;
    const bool has_markers = ReadComment(item);
    if (at_ == lines_.size() || TrimSpace(lines_[at_]).empty() ||
        Code(at_).starts_with('}')) {
      item.kind = SourceItem::Kind::kComment;
      item.lines = std::move(item.comment);
      item.comment.clear();
      if (has_markers) {
        Fail(first,
             "a marker that stands above nothing. Fix: put it directly "
             "above what it speaks of");
      }
    } else {
      ReadCode(item);
    }
    item.source.assign(lines_.begin() + static_cast<std::ptrdiff_t>(first),
                       lines_.begin() + static_cast<std::ptrdiff_t>(at_));
    items.push_back(std::move(item));
  }

  // Comment lines and markers above an item; true if there are markers.
  bool ReadComment(SourceItem& item) {
    bool has_markers = false;
    for (; at_ < lines_.size(); ++at_) {
      const std::string_view line = TrimSpace(lines_[at_]);
      if (line.empty() || !Code(at_).empty()) break;
      if (!line.starts_with(kMarker)) {
        item.comment.push_back(lines_[at_]);
      } else if (ReadMarker(line, item.markers)) {
        has_markers = has_markers || !IsRegionMarker(line);
      } else {
        Fail(at_, "an unknown marker, " + std::string(line) +
                      ". Fix: [given], [given initializers], [yours], "
                      "[reference], [note] TEXT, [task N], [region NAME] or "
                      "[end]");
      }
    }
    return has_markers;
  }

  void ReadCode(SourceItem& item) {
    const std::string_view code = Code(at_);
    if (code.starts_with('#')) {
      item.kind = SourceItem::Kind::kDirective;
      bool continues = true;
      while (continues && at_ < lines_.size()) {
        continues = lines_[at_].ends_with('\\');
        item.lines.push_back(lines_[at_++]);
      }
      return;
    }
    if (code == "public:" || code == "private:" || code == "protected:") {
      item.kind = SourceItem::Kind::kAccess;
      item.name = code.substr(0, code.size() - 1);
      ReadTrailingMarker(item);
      item.lines.push_back(WithoutTrailingMarker(lines_[at_++]));
      return;
    }
    ReadDeclaration(item);
  }

  void ReadTrailingMarker(SourceItem& item) {
    const std::size_t marker = lines_[at_].find(kMarker);
    if (marker == std::string::npos) return;
    const std::string_view text = std::string_view(lines_[at_]).substr(marker);
    if (text != "// [given]" || !ReadMarker(text, item.markers)) {
      Fail(at_, "an unknown marker behind " + item.name +
                    ". Fix: only // [given] stands there");
    }
  }

  // Everything else ends at a line with `;` or `}` outside of all brackets.
  void ReadDeclaration(SourceItem& item) {
    const std::size_t first = at_;
    std::string blanked;
    int depth = 0;
    bool ends = false;
    while (!ends && at_ < lines_.size()) {
      for (const char c : blanked_[at_]) {
        depth += (c == '{' || c == '(' || c == '[');
        depth -= (c == '}' || c == ')' || c == ']');
      }
      const std::string_view code = Code(at_);
      blanked += blanked_[at_] + '\n';
      item.lines.push_back(lines_[at_++]);
      if (code.ends_with('{') && OpensScope(item, blanked)) {
        return ReadChildren(item);
      }
      ends = depth == 0 && (code.ends_with(';') || code.ends_with('}'));
    }
    if (!ends) {
      Fail(first, "a declaration that does not end. Fix: close its brackets");
    }
    NameItem(blanked, item);
  }

  static bool OpensScope(SourceItem& item, const std::string& blanked) {
    const std::string head = HeadWithoutTemplate(blanked);
    if (head.starts_with("namespace") || head.starts_with("inline namespace") ||
        head.starts_with("extern ")) {
      if (head.find('(') != head.npos || head.find('=') != head.npos)
        return false;
      item.kind = SourceItem::Kind::kNamespace;
    } else if (IsClassHead(head)) {
      item.kind = SourceItem::Kind::kClass;
    } else {
      return false;
    }
    item.name = ScopeName(head);
    return true;
  }

  void ReadChildren(SourceItem& item) {
    ReadScope(item.children, true);
    if (!Failed()) item.closing = {lines_[at_++]};
  }

  std::vector<std::string> lines_;
  std::vector<std::string> blanked_;
  std::size_t at_ = 0;
  SourceItems result_;
};

}  // namespace

SourceItems ReadSourceItems(std::string_view text) {
  return Reader(text).Read();
}

std::string WithoutTrailingMarker(const std::string& line) {
  const std::size_t marker = line.find(kMarker);
  if (marker == line.npos || !TrimSpace(line).ends_with("// [given]") ||
      !TrimSpace(line.substr(0, marker)).ends_with(':')) {
    return line;
  }
  return line.substr(0, line.find_last_not_of(' ', marker - 1) + 1);
}

bool IsStubMarker(std::string_view line) {
  StubMarkers ignored;
  return ReadMarker(TrimSpace(line), ignored);
}

}  // namespace workbook
