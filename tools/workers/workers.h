// SPDX-License-Identifier: Apache-2.0

// Work on many things, a few at a time.
#ifndef WORKBOOK_TOOLS_WORKERS_WORKERS_H_
#define WORKBOOK_TOOLS_WORKERS_WORKERS_H_

#include <cstddef>
#include <functional>

namespace workbook {

// Calls `work(index, slot)` once for each index below `count`, in order of
// starting, `jobs` at a time, slots from 0 to jobs - 1. Slot 0 is the calling
// thread.
// REQUIRES: jobs >= 1; `work` may be called by several threads at once.
// On failure: no further index is begun; once the others have ended, what
// `work` threw first is thrown.
void ForEach(std::size_t count, int jobs,
             const std::function<void(std::size_t index, int slot)>& work);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_WORKERS_WORKERS_H_
