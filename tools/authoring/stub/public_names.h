// SPDX-License-Identifier: Apache-2.0

// Which names of a reference its stub shows, and which vanish from it.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_PUBLIC_NAMES_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_PUBLIC_NAMES_H_

#include <set>
#include <string>
#include <vector>

#include "tools/authoring/stub/source_items.h"

namespace workbook {

// For each of `items`, the direct children of a class or namespace, whether the
// stub lacks it. A class begins in private, a struct in public.
// Cost: O(items). Thread safety: any thread, for all functions here.
std::vector<bool> Vanishing(const std::vector<SourceItem>& items,
                            bool begins_private);

// Whether nobody outside of the file, or of the component, names what is in it:
// `namespace {`, `namespace internal {`, `namespace pool_internal {`. Its items
// vanish, but for those that are given.
bool IsInternalNamespace(const SourceItem& item);

// Whether the items of a class are private until it says otherwise.
bool BeginsPrivate(const SourceItem& class_item);

// Adds the qualified names of all functions that the items of a header show:
// "FixedSizePool::Allocate".
void AddPublicFunctions(const std::vector<SourceItem>& items,
                        std::set<std::string>& names);

// Adds the names of the children that vanish, not of what is inside of them.
void AddVanishedNames(const std::vector<SourceItem>& items, bool begins_private,
                      std::set<std::string>& names);

// Whether one of `names` stands in `text` as a word.
bool UsesAny(const std::string& text, const std::set<std::string>& names);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_PUBLIC_NAMES_H_
