// SPDX-License-Identifier: Apache-2.0

#include "03_05/creation_sites.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

CreationSites::Id CreationSites::Add(const Site& site, std::int64_t bytes) {
  Todo("03_05 task 6: CreationSites::Add");
}

void CreationSites::Remove(Id id) {
  Todo("03_05 task 6: CreationSites::Remove");
}

CreationSites::Id CreationSites::Mark() const {
  Todo("03_05 task 6: CreationSites::Mark");
}

std::vector<SiteTotal> CreationSites::AliveSince(Id mark) const {
  Todo("03_05 task 6: CreationSites::AliveSince");
}

}  // namespace workbook
