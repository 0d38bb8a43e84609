// SPDX-License-Identifier: Apache-2.0

// Locks as a learner writes them: the standard library's, without annotations.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_PLAIN_LOCKS_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_PLAIN_LOCKS_H_

#include <string>

namespace workbook {

// Whether the text includes tools/exercise/thread_annotations.h.
// Cost: O(text). Thread safety: any thread, for all functions here.
bool IncludesThreadAnnotations(const std::string& text);

// Removes the annotations of that header, puts std::mutex and std::lock_guard
// in the place of Mutex and MutexLock, and <mutex> in the place of the header.
// REQUIRES: a text with the header has a block of system includes.
// Cost: O(text).
std::string WithPlainLocks(const std::string& text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_PLAIN_LOCKS_H_
