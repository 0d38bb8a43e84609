// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/request_list.h"

#include <functional>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace workbook {
namespace {

using Number = std::optional<std::uint32_t>;

// Writes the lines, and gives each buffer its number.
class RequestLines {
 public:
  std::uint32_t Request(std::uint64_t bytes) {
    std::uint32_t number = numbers_;
    if (free_.empty()) {
      ++numbers_;
    } else {
      number = free_.top();
      free_.pop();
    }
    Line(number, bytes);
    return number;
  }
  void Return(std::uint32_t number) {
    free_.push(number);
    Line(number, 0);
  }
  const std::string& csv() const { return csv_; }

 private:
  void Line(std::uint32_t number, std::uint64_t bytes) {
    csv_ += std::to_string(number) + ',' + std::to_string(bytes) + '\n';
  }

  std::string csv_ = "buffer,size_bytes\n";
  std::uint32_t numbers_ = 0;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>>
      free_;
};

}  // namespace

std::string RequestsCsv(const Trace& trace, std::uint64_t min_bytes) {
  RequestLines lines;
  std::vector<Number> of_slot(trace.slots);
  for (const TraceEvent& event : trace.events) {
    if (event.op == TraceOp::kThread) continue;
    const Number old = std::exchange(of_slot[event.slot], std::nullopt);
    if (event.op != TraceOp::kFree && event.bytes >= min_bytes) {
      of_slot[event.slot] = lines.Request(event.bytes);
    }
    if (old) lines.Return(*old);
  }
  return lines.csv();
}

}  // namespace workbook
