// SPDX-License-Identifier: Apache-2.0

// Where each definition of a reference stands.
#ifndef WORKBOOK_TOOLS_AUTHORING_HINTS_REFERENCE_INDEX_H_
#define WORKBOOK_TOOLS_AUTHORING_HINTS_REFERENCE_INDEX_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tools/authoring/stub/source_items.h"

namespace workbook {

// An item with a name, in one of the files.
struct PlacedItem {
  std::size_t file = 0;
  std::string name;  // "Pool::Lease::Release"; namespaces are left out
  const SourceItem* item = nullptr;
  int first = 0;          // its first line without the comment above, from 1
  int last = 0;           // its last line
  int outer_last = 0;     // of the outermost class around it, or 0
  std::string enclosing;  // the class around it, "Pool::Lease", or ""

  bool InClass() const { return outer_last != 0; }
};

class ReferenceIndex {
 public:
  // REQUIRES: `files` outlives this.
  explicit ReferenceIndex(const std::vector<SourceItems>& files);

  // Returns the function definitions that `name` means: those of that name;
  // where there are none, those in classes whose last part it is.
  // Cost: O(items). Thread safety: any thread, for all functions here.
  std::vector<const PlacedItem*> Functions(const std::string& name) const;

  // The same for classes, and for all that is neither.
  std::vector<const PlacedItem*> Classes(const std::string& name) const;
  std::vector<const PlacedItem*> Others(const std::string& name) const;

  // Returns the names of all functions and classes.
  std::vector<std::string> Names() const;

 private:
  std::vector<const PlacedItem*> OfKind(
      const std::string& name, bool (*fits)(SourceItem::Kind kind)) const;

  std::vector<PlacedItem> items_;
};

// A function or class, as an author names it.
struct NamedPlace {
  std::string name;  // "Pool::Push"
  std::string tail;  // "(T&&value)", or "" where the name says all
};

// Reads "Pool::Push(T&& value), at its end".
NamedPlace ReadPlace(std::string_view text);

// Keeps those whose parameters are `tail`, or else begin so.
void KeepThoseWithTail(const std::string& tail,
                       std::vector<const PlacedItem*>& found);

// Returns the line behind the comments in front of an item, from 1.
int FirstCodeLine(const SourceItem& item);

// Returns what a function's head has behind its name, without white space:
// "(T&&value)const".
std::string TailOf(const SourceItem& function);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_HINTS_REFERENCE_INDEX_H_
