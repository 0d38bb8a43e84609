// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/size_table.h"

#include <cstddef>
#include <map>

namespace workbook {
namespace {

// Plays a trace: which slot holds how many bytes.
class Slots {
 public:
  explicit Slots(std::size_t slots) : bytes_(slots) {}

  // Returns whether the event asks for a block.
  bool Play(const TraceEvent& event) {
    if (event.op == TraceOp::kThread) return false;
    live_bytes_ -= bytes_[event.slot];
    const bool asks = event.op != TraceOp::kFree;
    bytes_[event.slot] = asks ? event.bytes : 0;
    live_bytes_ += bytes_[event.slot];
    return asks;
  }

  std::uint64_t live_bytes() const { return live_bytes_; }
  const std::vector<std::uint64_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint64_t> bytes_;
  std::uint64_t live_bytes_ = 0;
};

// The number of events after which most bytes are alive, for the first time.
std::size_t EventsToThePeak(const Trace& trace) {
  Slots slots(trace.slots);
  std::uint64_t most_bytes = 0;
  std::size_t events = 0;
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    slots.Play(trace.events[i]);
    if (slots.live_bytes() > most_bytes) {
      most_bytes = slots.live_bytes();
      events = i + 1;
    }
  }
  return events;
}

}  // namespace

std::vector<SizeRow> SizesOf(const Trace& trace) {
  std::map<std::uint64_t, SizeRow> by_size;
  const std::size_t peak = EventsToThePeak(trace);
  Slots slots(trace.slots);
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const TraceEvent& event = trace.events[i];
    if (slots.Play(event)) ++by_size[event.bytes].allocations;
    if (i + 1 != peak) continue;
    for (const std::uint64_t bytes : slots.bytes()) {
      if (bytes != 0) ++by_size[bytes].at_peak;
    }
  }
  std::vector<SizeRow> rows;
  rows.reserve(by_size.size());
  for (auto& [size_bytes, row] : by_size) {
    row.size_bytes = size_bytes;
    rows.push_back(row);
  }
  return rows;
}

std::string ToCsv(const std::vector<SizeRow>& rows) {
  std::string csv = "size_bytes,allocations,at_peak\n";
  for (const SizeRow& row : rows) {
    csv += std::to_string(row.size_bytes) + ',' +
           std::to_string(row.allocations) + ',' + std::to_string(row.at_peak) +
           '\n';
  }
  return csv;
}

}  // namespace workbook
