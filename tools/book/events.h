// SPDX-License-Identifier: Apache-2.0

// Events for every page that listens.
#ifndef WORKBOOK_TOOLS_BOOK_EVENTS_H_
#define WORKBOOK_TOOLS_BOOK_EVENTS_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace workbook::book {

// Thread safety: any thread, for all functions here.
class Events {
 public:
  // What a new listener has missed is not his: he begins here.
  std::uint64_t Now() const;

  void Send(std::string event);

  // Wakes all who wait; from then on there is nothing to wait for.
  void Close();

  // The next event behind `seen`, which is moved on; "" where none comes within
  // `limit`, and nothing once closed.
  std::optional<std::string> Next(std::uint64_t& seen,
                                  std::chrono::milliseconds limit);

 private:
  static constexpr std::size_t kKept = 64;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> events_;  // the newest
  std::uint64_t sent_ = 0;
  bool closed_ = false;
};

}  // namespace workbook::book

#endif  // WORKBOOK_TOOLS_BOOK_EVENTS_H_
