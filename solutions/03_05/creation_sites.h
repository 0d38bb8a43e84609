// SPDX-License-Identifier: Apache-2.0

// Where in the source those objects were created that are still alive.
#ifndef WORKBOOK_03_05_CREATION_SITES_H_
#define WORKBOOK_03_05_CREATION_SITES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// A line of the source.
struct Site {
  std::string_view file;  // a literal: it is not copied
  int line = 0;

  // Returns the line of the call. std::source_location, which clang 14 lacks,
  // is made of the same built-ins.
  // Cost: none at run time.
  static Site Here(const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
    return {file, line};
  }

  friend bool operator==(const Site&, const Site&) = default;
};

struct SiteTotal {
  Site site;
  std::int64_t objects = 0;
  std::int64_t bytes = 0;

  friend bool operator==(const SiteTotal&, const SiteTotal&) = default;
};

// Keeps a list of what is alive: threads, sessions, buffers, as their creator
// registers them.
// Thread safety: any thread.
class CreationSites {
 public:
  using Id = std::uint64_t;  // rises from 1; no id is used again

  // Registers an object of `bytes` bytes that was created at `site`.
  // Cost: O(log objects), one allocation.
  // On failure: std::bad_alloc.
  Id Add(const Site& site, std::int64_t bytes);

  // Forgets an object. An id that is not known changes nothing.
  // Cost: O(log objects); frees what Add allocated.
  void Remove(Id id);

  // Returns a mark: what is added from now on is younger.
  // Cost: O(1).
  Id Mark() const;

  // Sums up what is younger than `mark` and alive, by site: most bytes first;
  // of equal bytes most objects first, then by file and line. Equal names are
  // one file, whichever literal they come from.
  // Cost: O(objects log objects) time, O(sites) memory.
  // On failure: std::bad_alloc.
  std::vector<SiteTotal> AliveSince(Id mark) const;

 private:  // [given]
  struct Object {
    Site site;
    std::int64_t bytes;
  };

  mutable Mutex mutex_;
  Id last_ GUARDED_BY(mutex_) = 0;
  std::map<Id, Object> alive_ GUARDED_BY(mutex_);
};

}  // namespace workbook

#endif  // WORKBOOK_03_05_CREATION_SITES_H_
