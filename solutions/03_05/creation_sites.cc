// SPDX-License-Identifier: Apache-2.0

#include "03_05/creation_sites.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace workbook {

CreationSites::Id CreationSites::Add(const Site& site, std::int64_t bytes) {
  const MutexLock lock(mutex_);
  alive_.emplace_hint(alive_.end(), last_ + 1, Object{site, bytes});
  return ++last_;
}

void CreationSites::Remove(Id id) {
  const MutexLock lock(mutex_);
  alive_.erase(id);
}

CreationSites::Id CreationSites::Mark() const {
  const MutexLock lock(mutex_);
  return last_;
}

std::vector<SiteTotal> CreationSites::AliveSince(Id mark) const {
  std::map<std::pair<std::string_view, int>, SiteTotal> by_site;
  {
    const MutexLock lock(mutex_);
    for (auto it = alive_.upper_bound(mark); it != alive_.end(); ++it) {
      const Object& object = it->second;
      SiteTotal& total = by_site[{object.site.file, object.site.line}];
      total.site = object.site;
      total.objects += 1;
      total.bytes += object.bytes;
    }
  }
  std::vector<SiteTotal> totals;
  for (const auto& [place, total] : by_site) totals.push_back(total);
  std::stable_sort(
      totals.begin(), totals.end(), [](const SiteTotal& a, const SiteTotal& b) {
        return std::tie(a.bytes, a.objects) > std::tie(b.bytes, b.objects);
      });
  return totals;
}

}  // namespace workbook
