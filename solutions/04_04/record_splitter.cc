// SPDX-License-Identifier: Apache-2.0

#include "04_04/record_splitter.h"

#include <algorithm>
#include <cstring>

namespace workbook {

// [given]
RecordSplitter::RecordSplitter(RecordSink& sink, std::size_t max_record_bytes,
                               char separator)
    : sink_(sink),
      max_record_bytes_(max_record_bytes),
      separator_(separator),
      carry_(new char[max_record_bytes]) {}

std::size_t RecordSplitter::Process(std::string_view chunk) {
  const char* const begin = chunk.data();
  const char* const end = begin + chunk.size();
  const char* place = begin;
  while (place != end) {
    const char* const separator = static_cast<const char*>(
        std::memchr(place, separator_, static_cast<std::size_t>(end - place)));
    if (separator == nullptr) {
      Carry({place, static_cast<std::size_t>(end - place)});
      break;
    }
    const std::string_view tail(place,
                                static_cast<std::size_t>(separator - place));
    place = separator + 1;
    if (!Deliver(tail)) return static_cast<std::size_t>(place - begin);
  }
  return chunk.size();
}

void RecordSplitter::Flush() {
  try {
    if (carried_bytes_ > 0) Deliver({});
  } catch (...) {
    offset_ = 0;
    throw;
  }
  offset_ = 0;
}

// The state is that of the next record before the sink is called: it may throw.
bool RecordSplitter::Deliver(std::string_view record_or_tail) {
  const std::uint64_t bytes = carried_bytes_ + record_or_tail.size();
  const std::uint64_t start = offset_ - carried_bytes_;
  offset_ += record_or_tail.size() + 1;
  if (bytes > max_record_bytes_) {
    carried_bytes_ = 0;
    return sink_.OnTooLong({start, bytes});
  }
  if (carried_bytes_ == 0) return sink_.OnRecord(record_or_tail, start);
  if (!record_or_tail.empty()) {
    std::memcpy(carry_.get() + carried_bytes_, record_or_tail.data(),
                record_or_tail.size());
  }
  carried_bytes_ = 0;
  return sink_.OnRecord({carry_.get(), static_cast<std::size_t>(bytes)}, start);
}

void RecordSplitter::Carry(std::string_view tail) {
  if (carried_bytes_ < max_record_bytes_) {
    const std::size_t room =
        max_record_bytes_ - static_cast<std::size_t>(carried_bytes_);
    std::memcpy(carry_.get() + carried_bytes_, tail.data(),
                std::min(room, tail.size()));
  }
  carried_bytes_ += tail.size();
  offset_ += tail.size();
}

}  // namespace workbook
