// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/hints/reference_index.h"

#include <algorithm>

#include "tools/authoring/hints/source_edits.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Kind = SourceItem::Kind;

bool IsFunction(Kind kind) { return kind == Kind::kFunction; }
bool IsClass(Kind kind) { return kind == Kind::kClass; }
bool IsOther(Kind kind) { return kind == Kind::kOther; }

// Adds the items of a namespace or class and of those in it. `around` has the
// file, and of a class its name and the outermost class's last line.
void AddItems(const std::vector<SourceItem>& items, const PlacedItem& around,
              std::vector<PlacedItem>& found) {
  for (const SourceItem& item : items) {
    if (item.kind == Kind::kNamespace) {
      AddItems(item.children, around, found);
      continue;
    }
    if (item.name.empty() || item.kind == Kind::kAccess) continue;
    PlacedItem placed = around;
    placed.item = &item;
    placed.name = around.enclosing.empty()
                      ? item.name
                      : around.enclosing + "::" + item.name;
    placed.first = FirstCodeLine(item);
    placed.last = item.line + static_cast<int>(item.source.size()) - 1;
    found.push_back(placed);
    if (item.kind != Kind::kClass) continue;
    PlacedItem inner = around;
    inner.enclosing = placed.name;
    if (inner.outer_last == 0) inner.outer_last = placed.last;
    AddItems(item.children, inner, found);
  }
}

}  // namespace

ReferenceIndex::ReferenceIndex(const std::vector<SourceItems>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    PlacedItem around;
    around.file = i;
    AddItems(files[i].items, around, items_);
  }
}

std::vector<const PlacedItem*> ReferenceIndex::OfKind(
    const std::string& name, bool (*fits)(Kind kind)) const {
  std::vector<const PlacedItem*> exact;
  std::vector<const PlacedItem*> by_last_part;
  for (const PlacedItem& item : items_) {
    if (!fits(item.item->kind)) continue;
    if (item.name == name) {
      exact.push_back(&item);
    } else if (item.InClass() && item.name.ends_with("::" + name)) {
      by_last_part.push_back(&item);
    }
  }
  return exact.empty() ? by_last_part : exact;
}

std::vector<const PlacedItem*> ReferenceIndex::Functions(
    const std::string& name) const {
  return OfKind(name, IsFunction);
}

std::vector<const PlacedItem*> ReferenceIndex::Classes(
    const std::string& name) const {
  return OfKind(name, IsClass);
}

std::vector<const PlacedItem*> ReferenceIndex::Others(
    const std::string& name) const {
  return OfKind(name, IsOther);
}

std::vector<std::string> ReferenceIndex::Names() const {
  std::vector<std::string> names;
  for (const PlacedItem& item : items_) {
    if (!IsOther(item.item->kind)) names.push_back(item.name);
  }
  return names;
}

NamedPlace ReadPlace(std::string_view line) {
  const std::string text = WithoutTemplateArguments(line);
  std::size_t end = text.find_first_of("(, ");
  end = std::min(end, text.size());
  if (text.substr(0, end).ends_with("operator") &&
      text.substr(end).starts_with("()")) {
    end += 2;
  }
  NamedPlace place{text.substr(0, end), {}};
  while (place.name.ends_with('.') || place.name.ends_with(':')) {
    place.name.pop_back();
  }
  const std::size_t close = text.rfind(')');
  if (end < text.size() && text[end] == '(' && close != text.npos) {
    place.tail = Squeezed(text.substr(end, close - end + 1));
  }
  return place;
}

void KeepThoseWithTail(const std::string& tail,
                       std::vector<const PlacedItem*>& found) {
  const auto is_same = [&](const PlacedItem* item) {
    return TailOf(*item->item) == tail;
  };
  const bool any = std::any_of(found.begin(), found.end(), is_same);
  std::erase_if(found, [&](const PlacedItem* item) {
    return any ? !is_same(item) : !TailOf(*item->item).starts_with(tail);
  });
}

int FirstCodeLine(const SourceItem& item) {
  int line = item.line;
  for (const std::string& text : item.source) {
    if (!TrimSpace(text).starts_with("//")) break;
    ++line;
  }
  return line;
}

std::string TailOf(const SourceItem& function) {
  const std::string head =
      JoinLines(function.lines).substr(0, function.head_end);
  const std::size_t colon = function.name.rfind("::");
  const std::string last = colon == function.name.npos
                               ? function.name
                               : function.name.substr(colon + 2);
  const std::size_t at = head.find(last + "(");
  std::string tail =
      at == head.npos ? ""
                      : WithoutTemplateArguments(head.substr(at + last.size()));
  return Squeezed(tail);
}

}  // namespace workbook
