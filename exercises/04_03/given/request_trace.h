// SPDX-License-Identifier: Apache-2.0

// What real programs asked for, buffer by buffer: the CSV files of testdata,
// written by `trace requests` of tools/trace.
#ifndef WORKBOOK_EXERCISES_04_03_GIVEN_REQUEST_TRACE_H_
#define WORKBOOK_EXERCISES_04_03_GIVEN_REQUEST_TRACE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// A line of such a file: a buffer is requested, or comes back.
struct BufferEvent {
  std::uint32_t buffer = 0;      // its number, used again after it came back
  std::uint32_t size_bytes = 0;  // 0: it comes back

  bool IsRequest() const { return size_bytes != 0; }
};

// Events in their order. Each buffer comes back at most once for each request.
struct RequestTrace {
  std::vector<BufferEvent> events;
  std::uint32_t buffers = 0;  // all numbers are smaller
};

// Returns the programs that were recorded: gcc, git, python3, sqlite3.
// Thread safety: any thread, for all functions here.
std::vector<std::string> TracedPrograms();

// Returns the requests of one of these programs, from inside of this program.
// Cost: O(events).
// On failure: std::invalid_argument for another name; std::bad_alloc.
RequestTrace RecordedRequests(const std::string& program);

// Reads such a file from its text; `name` is what an error names.
// Cost: O(events).
// On failure: std::runtime_error that names the line and the fix.
RequestTrace ParseRequests(std::string_view csv, const std::string& name);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_GIVEN_REQUEST_TRACE_H_
