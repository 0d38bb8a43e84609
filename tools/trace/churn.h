// SPDX-License-Identifier: Apache-2.0

// Blocks that change threads for a while, and RSS over that time.
#ifndef WORKBOOK_TOOLS_TRACE_CHURN_H_
#define WORKBOOK_TOOLS_TRACE_CHURN_H_

#include <chrono>
#include <cstddef>
#include <functional>

namespace workbook {

// Two threads replace random blocks of 10 to 499 bytes on the malloc of the
// process, and hand their blocks to each other's successor every 20,000
// replacements, as Larson and Krishnan's server does. Calls `on_look` with the
// time since the start and the resident bytes, twelve times. Every block is
// freed at the end.
// REQUIRES: a positive duration. Thread safety: one call at a time.
// Returns how many blocks were replaced. On failure: std::bad_alloc, or
// std::system_error where there is no thread.
std::size_t ChurnBlocks(
    std::chrono::milliseconds duration,
    const std::function<void(std::chrono::milliseconds, std::size_t)>& on_look);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TRACE_CHURN_H_
