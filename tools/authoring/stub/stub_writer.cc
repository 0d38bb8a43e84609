// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/authoring/stub/plain_locks.h"
#include "tools/authoring/stub/public_names.h"
#include "tools/authoring/stub/source_items.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/authoring/stub/stub.h"
#include "tools/authoring/stub/stub_layout.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Kind = SourceItem::Kind;
using Names = std::set<std::string>;

constexpr std::size_t kColumns = 80;

std::string LastWord(const std::string& name) {
  const std::size_t colon = name.rfind("::");
  return colon == name.npos ? name : name.substr(colon + 2);
}

// Where an item stands.
struct Scope {
  std::string name;  // "ConnectionPool::Lease::", empty in a namespace
  bool is_class = false;
  bool begins_private = false;
  Names vanished;  // of this scope and of those around it
};

class StubWriter {
 public:
  explicit StubWriter(const StubInput& input) : input_(input) {}

  StubResult Write() {
    const SourceItems source = ReadSourceItems(input_.text);
    if (source.error_line != 0) Fail(source.error_line, source.error);
    for (const std::string& header : input_.headers) {
      AddPublicFunctions(ReadSourceItems(header).items, public_functions_);
    }
    Scope scope;
    AddVanishedNames(source.items, false, scope.vanished);
    std::vector<std::string> lines;
    WriteItems(source.items, scope, lines);
    if (!error_.empty()) return {false, {}, error_};
    std::string text = JoinLines(lines);
    if (HasAnnotatedLocks()) text = WithPlainLocks(text);
    return {true, LayOutStub(text), {}};
  }

 private:
  using Lines = std::vector<std::string>;

  // A source uses what its header includes.
  bool HasAnnotatedLocks() const {
    return IncludesThreadAnnotations(input_.text) ||
           std::any_of(input_.headers.begin(), input_.headers.end(),
                       IncludesThreadAnnotations);
  }

  void Fail(int line, const std::string& message) {
    if (error_.empty()) error_ = std::to_string(line) + ": " + message;
  }

  void WriteItems(const std::vector<SourceItem>& items, const Scope& scope,
                  Lines& out) {
    const std::vector<bool> vanishing = Vanishing(items, scope.begins_private);
    // Of the private section at hand: where its first gap is.
    bool has_gap = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const SourceItem& item = items[i];
      if (item.kind == Kind::kAccess) has_gap = false;
      if (!vanishing[i]) {
        WriteItem(item, scope, out);
        continue;
      }
      const std::string indent(scope.is_class ? IndentOf(item) : 0, ' ');
      for (const std::string& note : item.markers.notes) {
        out.push_back(indent + "// " + note);
        has_gap = true;
      }
      // Members vanish as a whole; their comment stands once.
      if (scope.is_class && item.kind != Kind::kComment &&
          !item.markers.reference && !has_gap && !AnyNote(items, i)) {
        out.push_back(indent + "// Your data members.");
        has_gap = true;
      }
    }
  }

  // Whether a note follows in the same section: it then speaks for all.
  static bool AnyNote(const std::vector<SourceItem>& items, std::size_t from) {
    for (std::size_t i = from; i < items.size(); ++i) {
      if (items[i].kind == Kind::kAccess) return false;
      if (!items[i].markers.notes.empty() && !items[i].markers.given) {
        return true;
      }
    }
    return false;
  }

  static std::size_t IndentOf(const SourceItem& item) {
    const std::size_t first = item.lines.front().find_first_not_of(' ');
    return first == std::string::npos ? 0 : first;
  }

  static void Append(const Lines& lines, Lines& out) {
    out.insert(out.end(), lines.begin(), lines.end());
  }

  static void AppendWithoutMarkers(const Lines& lines, Lines& out) {
    for (const std::string& line : lines) {
      if (!IsStubMarker(line)) out.push_back(WithoutTrailingMarker(line));
    }
  }

  void WriteItem(const SourceItem& item, const Scope& scope, Lines& out) {
    if (item.markers.given && item.kind != Kind::kAccess) {
      return AppendWithoutMarkers(item.source, out);
    }
    switch (item.kind) {
      case Kind::kNamespace:
        return WriteNamespace(item, scope, out);
      case Kind::kClass:
        return WriteClass(item, scope, out);
      case Kind::kFunction:
        return WriteFunction(item, scope, out);
      default:
        Append(item.comment, out);
        Append(item.lines, out);
    }
  }

  void WriteNamespace(const SourceItem& item, const Scope& scope, Lines& out) {
    Scope inner = scope;
    inner.begins_private = IsInternalNamespace(item);
    AddVanishedNames(item.children, inner.begins_private, inner.vanished);
    Lines children;
    WriteItems(item.children, inner, children);
    const bool is_empty = std::all_of(
        children.begin(), children.end(),
        [](const std::string& line) { return TrimSpace(line).empty(); });
    if (is_empty) {
      if (item.name != "workbook") return;
      children = {"", "// Yours: what the tests ask for needs nothing here.",
                  ""};
    }
    Append(item.comment, out);
    Append(item.lines, out);
    Append(children, out);
    Append(item.closing, out);
  }

  void WriteClass(const SourceItem& item, const Scope& scope, Lines& out) {
    Scope inner = scope;
    inner.name += item.name + "::";
    inner.is_class = true;
    inner.begins_private = BeginsPrivate(item);
    AddVanishedNames(item.children, inner.begins_private, inner.vanished);
    Append(item.comment, out);
    Append(item.lines, out);
    WriteItems(item.children, inner, out);
    Append(item.closing, out);
  }

  void WriteFunction(const SourceItem& item, const Scope& scope, Lines& out) {
    const std::string code = JoinLines(item.lines);
    const std::string body =
        code.substr(item.body_begin + 1, item.body_end - item.body_begin - 1);
    if (scope.is_class) {
      const bool is_given =
          !item.markers.yours && item.markers.notes.empty() &&
          !UsesAny(code.substr(item.head_end), scope.vanished);
      if (is_given) return AppendWithoutMarkers(item.source, out);
    } else if (!IsPublic(item)) {
      for (const std::string& note : item.markers.notes) {
        out.push_back("// " + note);
      }
      return;
    }
    Append(item.comment, out);
    const std::size_t head_end =
        item.markers.given_initializers ? item.body_begin : item.head_end;
    const std::string head(TrimEnd(std::string_view(code).substr(0, head_end)));
    const std::string opened = head + " {";
    for (const std::string_view line : SplitLines(opened)) {
      out.emplace_back(line);
    }
    const std::string indent(IndentOf(item), ' ');
    for (const std::string& line : StubBody(item, scope, head, body)) {
      out.push_back(indent + "  " + line);
    }
    out.push_back(indent + "}");
  }

  bool IsPublic(const SourceItem& item) const {
    if (input_.is_header && item.name.find("::") == item.name.npos) return true;
    return public_functions_.contains(item.name);
  }

  static std::string_view TrimEnd(std::string_view text) {
    return text.substr(0, text.find_last_not_of(" \n") + 1);
  }

  Lines StubBody(const SourceItem& item, const Scope& scope,
                 const std::string& head, const std::string& body) {
    Lines lines;
    for (const std::string& note : item.markers.notes) {
      lines.push_back("// " + note);
    }
    const std::string name = scope.name + item.name;
    const bool is_destructor = LastWord(name).starts_with('~');
    const bool is_noexcept =
        BlankLiterals(head).find("noexcept") != std::string::npos;
    if (is_destructor || is_noexcept) {
      lines.push_back(std::string("// Yours. No Todo: it may not leave a ") +
                      (is_destructor ? "destructor." : "noexcept function."));
      AddReturn(item, body, lines);
      return lines;
    }
    const int task = item.markers.task != 0 ? item.markers.task : input_.task;
    const std::string text = "\"" + input_.exercise_id + " task " +
                             std::to_string(task) + ": " + name + "\"";
    const std::string todo = "Todo(" + text + ");";
    if (IndentOf(item) + 2 + todo.size() <= kColumns) {
      lines.push_back(todo);
    } else {
      lines.push_back("Todo(");
      lines.push_back("    " + text + ");");
    }
    return lines;
  }

  // A function that may not throw still has to return.
  void AddReturn(const SourceItem& item, const std::string& body,
                 Lines& lines) {
    const std::string code = BlankLiterals(body);
    if (TrimEnd(code).ends_with("return *this;")) {
      lines.push_back("return *this;");
      return;
    }
    for (std::size_t at = code.find("return"); at != code.npos;
         at = code.find("return", at + 1)) {
      const bool is_word = !IsWordCharacter(code[at + 6]) &&
                           (at == 0 || !IsWordCharacter(code[at - 1]));
      if (is_word && code[at + 6] != ';') {
        Fail(item.line, item.name +
                            " is noexcept and returns a value, so its stub "
                            "can neither throw nor return. Fix: remove "
                            "noexcept, or put // [given] above it");
      }
    }
  }

  const StubInput& input_;
  Names public_functions_;
  std::string error_;
};

}  // namespace

StubResult GenerateStub(const StubInput& input) {
  return StubWriter(input).Write();
}

}  // namespace workbook
