// SPDX-License-Identifier: Apache-2.0

// A C++ source as the items that stand in it: functions, classes, namespaces.
//
// No parser of C++: it matches braces and relies on the layout that
// clang-format (Google) gives every file of the course.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_SOURCE_ITEMS_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_SOURCE_ITEMS_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// What an author says of an item, in comment lines directly above it:
//
//   // [given]               stays in the stub as it is
//   // [given initializers]  its constructor's initializers stay, its body goes
//   // [yours]               an inline body that would stay becomes a Todo
//   // [reference]           is no part of the stub
//   // [note] TEXT           TEXT stands where the body or the item was
//   // [task 3]              is written in task 3, not in the file's first task
//
// `// [region NAME]` and `// [end]` bound what a page includes. They are no
// part of the stub, and say nothing of an item.
//
// Behind an access specifier, ` private:  // [given]`, it speaks of all up to
// the next one.
struct StubMarkers {
  bool given = false;
  bool given_initializers = false;
  bool yours = false;
  bool reference = false;
  std::vector<std::string> notes;
  int task = 0;  // 0: that of the file
};

struct SourceItem {
  enum class Kind {
    kBlank,      // one empty line
    kComment,    // a comment with an empty line behind it
    kDirective,  // #include, #if ...
    kAccess,     // public:, private:, protected:
    kNamespace,  // also extern "C" {
    kClass,      // class, struct, union with a body over several lines
    kFunction,   // a definition with a body
    kOther,      // a declaration, a variable, an enum, an alias ...
  };
  Kind kind = Kind::kOther;
  int line = 0;  // of the first line of the comment above it, from 1
  StubMarkers markers;
  std::vector<std::string> comment;  // directly above it, without markers
  // Of a namespace or class: up to its `{`. Else all lines.
  std::vector<std::string> lines;
  std::vector<SourceItem> children;
  std::vector<std::string> closing;  // of a namespace or class: its last line

  // As declared, without template arguments: "FixedSizePool::Grow", "State";
  // "private" of an access specifier; empty where there is none.
  std::string name;
  // Of a function, within JoinLines(lines): its body's braces, and the end of
  // its head without initializers.
  std::size_t body_begin = 0;
  std::size_t body_end = 0;
  std::size_t head_end = 0;

  // Code lines with their comments and markers, as in the source.
  std::vector<std::string> source;
};

struct SourceItems {
  std::vector<SourceItem> items;
  int error_line = 0;  // 0: none
  std::string error;   // what is wrong there, and how to fix it
};

// Splits `text` into items; those of namespaces and classes are their children.
// Cost: O(text).
// Thread safety: any thread, for all functions here.
// On failure: `error` for a brace that is not closed and for markers that are
// unknown or stand above nothing.
SourceItems ReadSourceItems(std::string_view text);

// Whether the line is one of the markers that StubMarkers lists.
bool IsStubMarker(std::string_view line);

// Removes a marker that stands behind an access specifier.
std::string WithoutTrailingMarker(const std::string& line);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_SOURCE_ITEMS_H_
