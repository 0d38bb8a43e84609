// SPDX-License-Identifier: Apache-2.0

#include "tools/book/events.h"

#include <algorithm>
#include <utility>

namespace workbook::book {

std::uint64_t Events::Now() const {
  const std::lock_guard lock(mutex_);
  return sent_;
}

void Events::Send(std::string event) {
  {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
    if (events_.size() > kKept) events_.pop_front();
    ++sent_;
  }
  changed_.notify_all();
}

void Events::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

std::optional<std::string> Events::Next(std::uint64_t& seen,
                                        std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [&] { return closed_ || sent_ > seen; });
  if (closed_) return std::nullopt;
  if (sent_ == seen) return "";
  // A listener that slept for long has lost the oldest.
  seen = std::max(seen, sent_ - events_.size());
  return events_[events_.size() - (sent_ - seen++)];
}

}  // namespace workbook::book
