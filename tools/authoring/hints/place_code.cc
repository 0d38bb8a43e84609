// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/hints/place_code.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tools/authoring/hints/reference_index.h"
#include "tools/authoring/hints/source_edits.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/course/nearest.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Kind = SourceItem::Kind;

constexpr std::string_view kIn = "// in ";

// What becomes of one function of the reference.
struct NewFunction {
  Piece prefix;  // items that the reference lacks
  Piece head;    // from the hints, with initializers; or empty
  std::vector<Piece> bodies;
  bool is_outside = false;  // the head names the class: behind it, not in it
};

class Placer {
 public:
  Placer(std::vector<SourceFile> files, std::string hints)
      : files_(std::move(files)), hints_(std::move(hints)) {
    for (const SourceFile& file : files_) {
      items_.push_back(ReadSourceItems(file.text));
    }
    edits_.resize(files_.size());
  }

  PlacedCode Place(const std::vector<HintCode>& code) {
    // A reference that can't be read is refused for its stub, in its own words.
    for (const SourceItems& items : items_) {
      if (items.error_line != 0) return {std::move(files_), {}};
    }
    const ReferenceIndex index(items_);
    index_ = &index;
    for (const HintCode& one : code) PlaceOne(one);
    for (const auto& [target, function] : functions_) Write(*target, function);
    for (std::size_t i = 0; i < files_.size(); ++i) Apply(i);
    return {std::move(files_), std::move(problems_)};
  }

 private:
  void Refuse(int line, const std::string& what, const std::string& fix) {
    problems_.push_back(ProblemIn(hints_, line, "", what, fix));
  }

  void PlaceOne(const HintCode& code) {
    const std::size_t end = code.text.find('\n');
    const std::string_view first = std::string_view(code.text).substr(0, end);
    if (!first.starts_with(kIn)) return PlaceDefinitions(code);
    const NamedPlace place = ReadPlace(first.substr(kIn.size()));
    const Piece rest{end == code.text.npos ? "" : code.text.substr(end + 1),
                     code.line + 1};
    const auto classes = index_->Classes(place.name);
    if (classes.size() == 1) return PlaceMembers(rest, *classes.front());
    const PlacedItem* const target = Choose(index_->Functions(place.name),
                                            place.name, place.tail, code.line);
    if (target != nullptr) functions_[target].bodies.push_back(rest);
  }

  // Tells, and returns nullptr, where it is not one function.
  const PlacedItem* Choose(std::vector<const PlacedItem*> found,
                           const std::string& name, const std::string& tail,
                           int line) {
    if (found.size() > 1 && !tail.empty()) KeepThoseWithTail(tail, found);
    if (found.size() == 1) return found.front();
    if (found.empty()) {
      const std::string meant = Nearest(name, index_->Names());
      Refuse(line, "speaks of " + name + tail + ", which the reference lacks",
             meant.empty() ? "use the names of the reference, " + FileNames()
                           : "did you mean " + meant + "?");
    } else {
      Refuse(line,
             "speaks of " + name + ", of which the reference has " +
                 std::to_string(found.size()),
             "write its parameters as the reference has them");
    }
    return nullptr;
  }

  std::string FileNames() const {
    std::string names;
    for (const SourceFile& file : files_) {
      names += (names.empty() ? "" : " and ") + file.name;
    }
    return names;
  }

  void PlaceMembers(const Piece& members, const PlacedItem& target) {
    const SourceItems read = ReadSourceItems(members.text);
    if (read.error_line != 0) {
      return Refuse(members.line + read.error_line - 1, "has " + read.error,
                    "");
    }
    for (const SourceItem& member : read.items) {
      if (member.kind == Kind::kBlank || member.kind == Kind::kComment)
        continue;
      const Piece piece = PieceOf(member, members.line);
      const auto same = std::find_if(
          target.item->children.begin(), target.item->children.end(),
          [&](const SourceItem& child) {
            return !member.name.empty() && child.name == member.name &&
                   child.kind == member.kind && member.kind != Kind::kAccess;
          });
      if (same == target.item->children.end()) {
        AddEdit(target.file, target.last, target.last - 1, FromHints(piece),
                piece);
      } else {
        const int last = same->line + static_cast<int>(same->source.size()) - 1;
        AddEdit(target.file, FirstCodeLine(*same), last, FromHints(piece),
                piece);
      }
    }
  }

  static Piece PieceOf(const SourceItem& item, int line_of_text) {
    std::string text;
    for (const std::string& line : item.source) {
      const bool is_comment = text.empty() && TrimSpace(line).starts_with("//");
      if (!is_comment) text += line + "\n";
    }
    return {text, line_of_text + FirstCodeLine(item) - 1};
  }

  void PlaceDefinitions(const HintCode& code) {
    const SourceItems read = ReadSourceItems(code.text);
    if (read.error_line != 0) {
      return Refuse(code.line + read.error_line - 1, "has " + read.error, "");
    }
    Piece lacking;
    bool is_placed = false;
    for (const SourceItem& item : read.items) {
      if (item.kind == Kind::kBlank || item.kind == Kind::kComment) continue;
      const Piece piece = PieceOf(item, code.line);
      const int placed = Replace(item, piece, lacking);
      if (placed < 0) return;
      if (placed == 0) {
        if (lacking.text.empty()) lacking.line = piece.line;
        lacking.text += piece.text;
      } else {
        is_placed = true;
      }
    }
    if (!is_placed) {
      Refuse(code.line, "defines nothing that the reference has",
             "define a function of " + FileNames() +
                 ", or begin with `// in NAME` for statements of NAME");
    }
  }

  // Returns 1 if the item took the place of one of the reference, 0 if there is
  // none, and -1 after a refusal.
  int Replace(const SourceItem& item, const Piece& piece, Piece& lacking) {
    if (item.kind == Kind::kFunction) {
      auto found = index_->Functions(item.name);
      if (found.empty()) return 0;
      const PlacedItem* const target =
          Choose(std::move(found), item.name, TailOf(item), piece.line);
      return target == nullptr || !SetFunction(item, piece, *target, lacking)
                 ? -1
                 : 1;
    }
    const auto found = item.kind == Kind::kClass ? index_->Classes(item.name)
                                                 : index_->Others(item.name);
    if (item.name.empty() || found.size() != 1) return 0;
    AddEdit(found.front()->file, found.front()->first, found.front()->last,
            FromHints(lacking) + FromHints(piece), piece);
    lacking = {};
    return 1;
  }

  bool SetFunction(const SourceItem& item, const Piece& piece,
                   const PlacedItem& target, Piece& lacking) {
    const std::string text = JoinLines(item.lines);
    Piece head{text.substr(0, item.body_begin), piece.line};
    const Piece body{
        text.substr(item.body_begin + 1, item.body_end - item.body_begin - 1),
        piece.line + static_cast<int>(
                         std::count(head.text.begin(), head.text.end(), '\n'))};
    NewFunction& function = functions_[&target];
    if (!function.head.text.empty() &&
        Squeezed(function.head.text) != Squeezed(head.text)) {
      Refuse(piece.line,
             "defines " + target.name + " with another head than line " +
                 std::to_string(function.head.line),
             "write both alike, or this one as statements behind `// in " +
                 target.name + "`");
      return false;
    }
    if (function.head.text.empty()) {
      function.head = std::move(head);
      function.prefix = std::exchange(lacking, {});
    }
    function.is_outside =
        target.InClass() && item.name.find("::") != item.name.npos;
    function.bodies.push_back(body);
    return true;
  }

  std::string FromHints(const Piece& piece) const {
    if (piece.text.empty()) return {};
    return LineDirective(piece.line, hints_) + piece.text +
           (piece.text.ends_with('\n') ? "" : "\n");
  }

  void Write(const PlacedItem& target, const NewFunction& function) {
    const std::string lines = JoinLines(target.item->lines);
    const SourceFile& file = files_[target.file];
    std::string text = FromHints(function.prefix);
    text += function.head.text.empty()
                ? LineDirective(target.first, file.name) +
                      lines.substr(0, target.item->body_begin) + "{\n"
                : FromHints(function.head) + "{\n";
    for (const Piece& body : function.bodies) {
      text += "{\n" + FromHints(body) + "}\n";
    }
    text += "}\n";
    if (!function.is_outside) {
      return AddEdit(target.file, target.first, target.last, text,
                     function.bodies.front());
    }
    const std::string declaration = lines.substr(0, target.item->head_end);
    AddEdit(target.file, target.first, target.last,
            std::string(TrimSpace(declaration)) + ";\n",
            function.bodies.front());
    AddEdit(target.file, target.outer_last + 1, target.outer_last, text,
            function.bodies.front());
  }

  void AddEdit(std::size_t file, int first, int last, std::string text,
               const Piece& piece) {
    edits_[file].push_back({first, last, std::move(text), piece});
  }

  void Apply(std::size_t index) {
    SourceFile& file = files_[index];
    std::vector<EditConflict> conflicts;
    file.text =
        WithEdits(file.name, file.text, std::move(edits_[index]), conflicts);
    for (const EditConflict& conflict : conflicts) {
      Refuse(conflict.line,
             "replaces what line " + std::to_string(conflict.before) +
                 " replaces with something else",
             "show the same lines, or statements behind `// in NAME`");
    }
  }

  std::vector<SourceFile> files_;
  std::string hints_;
  std::vector<SourceItems> items_;
  const ReferenceIndex* index_ = nullptr;
  std::map<const PlacedItem*, NewFunction> functions_;
  std::vector<std::vector<SourceEdit>> edits_;
  std::vector<Problem> problems_;
};

}  // namespace

PlacedCode PlaceCode(std::vector<SourceFile> files,
                     const std::vector<HintCode>& code,
                     const std::string& hints) {
  return Placer(std::move(files), hints).Place(code);
}

}  // namespace workbook
