// SPDX-License-Identifier: Apache-2.0

// Many tasks on few threads, all of which end.
#ifndef WORKBOOK_03_05_WORKER_GROUP_H_
#define WORKBOOK_03_05_WORKER_GROUP_H_

#include <cstddef>
#include <functional>
#include <stop_token>

#include "03_05/channel.h"
#include "03_05/task_scope.h"

namespace workbook {

// Calls `job` once for each index below `count`, each call with the stop token
// of the group, on at most `max_workers` threads, and returns when all calls
// have ended and all threads are joined. The index of a call is less than that
// of each call that begins later on the same thread.
// A stop requested of `stop`, and the first error of a job, stop the group: an
// index that a worker receives after that is dropped, so no further call
// begins. Only a worker that has looked for a stop just before may still begin
// its call.
// Returns how many calls ended without an error.
// REQUIRES: `max_workers` >= 1.
// Cost: min(count, max_workers) threads; memory for O(max_workers) indices,
// whatever the count is.
// Thread safety: any thread; `job` is called by several at a time.
// On failure: the first error of a job, once all have ended; std::system_error
// or std::bad_alloc if a thread could not be started, and then as well no call
// runs any more.
std::size_t ForEachIndex(
    std::size_t count, std::size_t max_workers,
    const std::function<void(std::size_t, std::stop_token)>& job,
    std::stop_token stop = {});

}  // namespace workbook

#endif  // WORKBOOK_03_05_WORKER_GROUP_H_
