// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/public_names.h"

#include <algorithm>

#include "tools/authoring/stub/item_names.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Kind = SourceItem::Kind;

bool IsFriend(const SourceItem& item) {
  return item.kind == Kind::kOther &&
         TrimSpace(item.lines.front()).starts_with("friend ");
}

bool HasGiven(const std::vector<SourceItem>& items) {
  return std::any_of(items.begin(), items.end(), [](const SourceItem& item) {
    return item.markers.given || HasGiven(item.children);
  });
}

void AddFunctions(const std::vector<SourceItem>& items, bool begins_private,
                  bool all_given, const std::string& scope,
                  std::set<std::string>& names) {
  const std::vector<bool> vanishing = Vanishing(items, begins_private);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const SourceItem& item = items[i];
    if (vanishing[i] && !all_given) continue;
    const bool given = all_given || item.markers.given;
    if (item.kind == Kind::kNamespace) {
      AddFunctions(item.children, IsInternalNamespace(item), given, scope,
                   names);
    } else if (item.kind == Kind::kClass) {
      AddFunctions(item.children, BeginsPrivate(item), given,
                   scope + item.name + "::", names);
    } else if (item.name.find("::") == item.name.npos) {
      names.insert(scope + item.name);
    }
  }
}

}  // namespace

bool IsInternalNamespace(const SourceItem& item) {
  if (item.kind != Kind::kNamespace ||
      TrimSpace(item.lines.front()).starts_with("extern")) {
    return false;
  }
  return item.name.empty() || item.name.ends_with("internal");
}

std::vector<bool> Vanishing(const std::vector<SourceItem>& items,
                            bool begins_private) {
  std::vector<bool> vanishing;
  bool is_private = begins_private;
  for (const SourceItem& item : items) {
    if (item.kind == Kind::kAccess) {
      is_private = item.name == "private" && !item.markers.given;
    }
    const bool has_code =
        item.kind == Kind::kNamespace || item.kind == Kind::kClass ||
        item.kind == Kind::kFunction || item.kind == Kind::kOther ||
        item.kind == Kind::kComment;
    const bool is_internal =
        IsInternalNamespace(item) && !HasGiven(item.children);
    vanishing.push_back(item.markers.reference ||
                        (has_code && (is_private || is_internal) &&
                         !item.markers.given && !IsFriend(item)));
  }
  return vanishing;
}

bool BeginsPrivate(const SourceItem& class_item) {
  return HeadWithoutTemplate(JoinLines(class_item.lines)).starts_with("class");
}

void AddPublicFunctions(const std::vector<SourceItem>& items,
                        std::set<std::string>& names) {
  AddFunctions(items, false, false, "", names);
}

void AddVanishedNames(const std::vector<SourceItem>& items, bool begins_private,
                      std::set<std::string>& names) {
  const std::vector<bool> vanishing = Vanishing(items, begins_private);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (vanishing[i] && !items[i].name.empty()) names.insert(items[i].name);
  }
}

bool UsesAny(const std::string& text, const std::set<std::string>& names) {
  std::string word;
  for (const char c : BlankLiterals(text) + " ") {
    if (IsWordCharacter(c)) {
      word += c;
    } else if (!word.empty()) {
      if (names.contains(word)) return true;
      word.clear();
    }
  }
  return false;
}

}  // namespace workbook
