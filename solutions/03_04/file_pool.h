// SPDX-License-Identifier: Apache-2.0

// A pool of objects that hold a resource of the system: open files.
#ifndef WORKBOOK_03_04_FILE_POOL_H_
#define WORKBOOK_03_04_FILE_POOL_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "exercises/03_04/given/file_descriptor.h"

namespace workbook {

struct FilePoolLimits {
  std::size_t max_open = 16;
  // A file that was not used for so long, or longer, is closed by CloseIdle.
  std::chrono::nanoseconds idle_timeout = std::chrono::seconds(60);
};

struct FilePoolStatistics {
  std::uint64_t opened = 0;   // files opened
  std::uint64_t reused = 0;   // appends that found their file open
  std::uint64_t stale = 0;    // closed, because the path names another file
  std::uint64_t broken = 0;   // closed, because a write failed
  std::uint64_t evicted = 0;  // closed to make room for another one
  std::uint64_t expired = 0;  // closed by CloseIdle
  std::size_t open = 0;       // now
};

// Keeps files open between appends to them.
//
// Invariants:
// 1. No path has two files, and no more than max_open files are open.
// 2. A file whose last write failed is not kept.
// Thread safety: one thread; 01_02's ConnectionPool has many, and waits.
class FilePool {
 public:
  // Returns the time since any fixed moment; it never goes back.
  using Clock = std::function<std::chrono::nanoseconds()>;

  // Opens nothing yet. Given.
  // REQUIRES: `limits.max_open` > 0; `clock` is callable.
  FilePool(const FilePoolLimits& limits, Clock clock)
      : limits_(limits), clock_(std::move(clock)) {}

  // Appends `text` to the file that `path` names now, and makes one if there is
  // none. Uses the file that is open for this path, unless the path has come to
  // name another file, or none: then that file is closed and the path opened
  // anew. Before it opens a file while max_open are open, it closes the one
  // whose last append is the longest ago. Afterwards the file stays open, used
  // at the time of `clock` now.
  // Cost: O(max_open); one look at the path and one write; one open if needed.
  // On failure: why the file could not be opened or written; then no file is
  // open for this path, and of the text a part may have been written.
  std::error_code Append(const std::string& path, std::string_view text);

  // Closes the files that were not used for limits.idle_timeout or longer, and
  // returns how many. The owner calls it from a timer.
  // Cost: O(max_open); one look at the clock.
  std::size_t CloseIdle();

  // Returns what happened so far. Given.
  // Cost: O(1).
  FilePoolStatistics Statistics() const {
    FilePoolStatistics statistics = statistics_;
    statistics.open = files_.size();
    return statistics;
  }

 private:  // [given]
  struct OpenFile {
    std::string path;
    FileDescriptor file;
    std::chrono::nanoseconds used_at;
  };

  FilePoolLimits limits_;
  Clock clock_;
  std::vector<OpenFile> files_;  // the one used last is the last
  FilePoolStatistics statistics_;
};

}  // namespace workbook

#endif  // WORKBOOK_03_04_FILE_POOL_H_
