// SPDX-License-Identifier: Apache-2.0

// The results of a class, on the disk: memory does not grow with the class.
#ifndef WORKBOOK_TOOLS_GRADE_GRADEBOOK_H_
#define WORKBOOK_TOOLS_GRADE_GRADEBOOK_H_

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <vector>

#include "tools/exercise/thread_annotations.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// One result a submission, put in any order, read in the order of submissions.
// Cost: 16 bytes of memory a submission; a result is on the disk, in a file
// without a name, so that a kill leaves nothing behind.
class Gradebook {
 public:
  // `folder` is where the disk space comes from.
  // On failure: throws std::system_error.
  Gradebook(const std::filesystem::path& folder, std::size_t submissions);
  Gradebook(const Gradebook&) = delete;
  Gradebook& operator=(const Gradebook&) = delete;
  ~Gradebook();

  // REQUIRES: index < size(). Thread safety: any thread.
  // On failure: throws std::system_error (a full disk).
  void Put(std::size_t index, const Result& result);

  // REQUIRES: Put(index, ...) has returned. Thread safety: any thread.
  // On failure: throws std::system_error.
  Result At(std::size_t index) const;

  std::size_t size() const { return size_; }

 private:
  struct Place {
    off_t start = 0;
    std::size_t length = 0;
  };

  int file_ = -1;
  const std::size_t size_;
  mutable Mutex mutex_;
  off_t end_ GUARDED_BY(mutex_) = 0;
  std::vector<Place> places_ GUARDED_BY(mutex_);
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_GRADEBOOK_H_
