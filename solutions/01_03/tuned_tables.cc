// SPDX-License-Identifier: Apache-2.0

#include "01_03/tuned_tables.h"

#include <algorithm>

#include "exercises/01_03/given/spans.h"

namespace workbook {

namespace {

// What a request of so many bytes gets.
std::uint64_t ServedBytes(std::span<const std::size_t> classes,
                          std::uint64_t request_bytes) {
  const std::uint64_t bytes = std::max<std::uint64_t>(request_bytes, 1);
  const auto found = std::lower_bound(classes.begin(), classes.end(), bytes);
  if (found != classes.end()) return *found;
  return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

}  // namespace

std::uint64_t PeakBytes(const Trace& trace,
                        std::span<const std::size_t> classes) {
  std::vector<std::uint64_t> slots(trace.slots);
  std::uint64_t live_bytes = 0;
  std::uint64_t peak_bytes = 0;
  for (const TraceEvent& event : trace.events) {
    if (event.op == TraceOp::kThread) continue;
    live_bytes -= slots[event.slot];
    slots[event.slot] =
        event.op == TraceOp::kFree ? 0 : ServedBytes(classes, event.bytes);
    live_bytes += slots[event.slot];
    peak_bytes = std::max(peak_bytes, live_bytes);
  }
  return peak_bytes;
}

std::vector<std::size_t> WithFallback(std::span<const std::size_t> tuned,
                                      std::span<const std::size_t> fallback,
                                      double max_ratio) {
  std::vector<std::size_t> classes;
  classes.reserve(tuned.size() + fallback.size());
  std::size_t previous = 0;
  auto next = fallback.begin();
  for (const std::size_t tuned_bytes : tuned) {
    const bool is_far = static_cast<double>(tuned_bytes) >
                        max_ratio * static_cast<double>(previous);
    for (; next != fallback.end() && *next <= tuned_bytes; ++next) {
      if (is_far && *next != tuned_bytes) classes.push_back(*next);
    }
    classes.push_back(tuned_bytes);
    previous = tuned_bytes;
  }
  classes.insert(classes.end(), next, fallback.end());
  return classes;
}

}  // namespace workbook
