// Locks as a learner writes them: the standard library's, without annotations.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_PLAIN_LOCKS_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_PLAIN_LOCKS_H_

#include <string>

namespace workbook {

// Removes the annotations of tools/exercise/thread_annotations.h, puts
// std::mutex and std::lock_guard in the place of Mutex and MutexLock, and
// <mutex> in the place of that header. Returns a text without the header as it
// is.
// REQUIRES: a text with the header has a block of system includes.
// Cost: O(text). Thread safety: any thread.
std::string WithPlainLocks(const std::string& text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_PLAIN_LOCKS_H_
