// SPDX-License-Identifier: Apache-2.0

// Says that something long is still going on, and how far it is.
#ifndef WORKBOOK_TOOLS_PROCESS_TICKER_H_
#define WORKBOOK_TOOLS_PROCESS_TICKER_H_

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// On a terminal: one line, written anew each second, that is gone at the end.
// Elsewhere: a line after five seconds and then every ten, so that a log shows
// no silence, not even of two short steps in a row.
// Cost: a thread for as long as it lives.
// Thread safety: any thread may call.
class Ticker {
 public:
  // `what` goes on: "Building the benchmark of 01_02". `stream` outlives this;
  // `interval` is that of the lines where it is no terminal; half of it passes
  // before the first.
  explicit Ticker(
      std::string what, std::FILE* stream = stderr,
      std::chrono::milliseconds interval = std::chrono::seconds(10));
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

  // How far it is, from now on: "[12 / 119] Compiling a.cc".
  void SetStep(std::string_view step);

  // Writes a line of its own, at once.
  void Say(std::string_view line);

 private:
  void Run();
  std::string Line(std::size_t columns) const REQUIRES(mutex_);

  const std::string what_;
  std::FILE* const stream_;
  const bool is_screen_;
  const std::chrono::milliseconds interval_;
  const std::chrono::steady_clock::time_point start_;
  Mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ GUARDED_BY(mutex_) = false;
  std::string step_ GUARDED_BY(mutex_);
  std::thread thread_;
};

// The columns of the screen behind a descriptor; 0 where it is none.
std::size_t ColumnsOf(int descriptor);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROCESS_TICKER_H_
