// SPDX-License-Identifier: Apache-2.0

#include "04_04/record_splitter.h"

#include <algorithm>
#include <utility>

namespace workbook {

// [given]
RecordSplitter::RecordSplitter(RecordSink& sink, std::size_t max_record_bytes,
                               char separator)
    : sink_(sink),
      max_record_bytes_(max_record_bytes),
      separator_(separator),
      carry_(new char[max_record_bytes]) {}

std::size_t RecordSplitter::Process(std::string_view chunk) {
  std::size_t begin = 0;
  while (begin < chunk.size()) {
    const std::size_t end = chunk.find(separator_, begin);
    const std::string_view part = chunk.substr(begin, end - begin);
    if (end == std::string_view::npos) {
      Carry(part);
      break;
    }
    begin = end + 1;
    if (!Deliver(part, offset_ + part.size() + 1)) return begin;
  }
  return chunk.size();
}

void RecordSplitter::Flush() {
  if (carried_bytes_ > 0) Deliver({}, 0);
  offset_ = 0;
}

// The state is that of the next record before the sink is called: it may throw.
bool RecordSplitter::Deliver(std::string_view tail, std::uint64_t next_offset) {
  const std::uint64_t carried = std::exchange(carried_bytes_, 0);
  const std::uint64_t start = std::exchange(offset_, next_offset) - carried;
  const std::uint64_t bytes = carried + tail.size();
  if (bytes > max_record_bytes_) return sink_.OnTooLong({start, bytes});
  if (carried == 0) return sink_.OnRecord(tail, start);
  std::copy(tail.begin(), tail.end(), carry_.get() + carried);
  return sink_.OnRecord({carry_.get(), static_cast<std::size_t>(bytes)}, start);
}

void RecordSplitter::Carry(std::string_view tail) {
  if (carried_bytes_ < max_record_bytes_) {
    const auto carried = static_cast<std::size_t>(carried_bytes_);
    const std::size_t room = max_record_bytes_ - carried;
    const std::string_view fits = tail.substr(0, room);
    std::copy(fits.begin(), fits.end(), carry_.get() + carried);
  }
  carried_bytes_ += tail.size();
  offset_ += tail.size();
}

}  // namespace workbook
