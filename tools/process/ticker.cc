// SPDX-License-Identifier: Apache-2.0

#include "tools/process/ticker.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <utility>

namespace workbook {
namespace {

constexpr char kEraseLine[] = "\r\x1b[K";

}  // namespace

Ticker::Ticker(std::string what, std::FILE* stream,
               std::chrono::milliseconds interval)
    : what_(std::move(what)),
      stream_(stream),
      is_screen_(::isatty(::fileno(stream)) != 0),
      // The first second is silent on a screen, too: most edits are judged in a
      // few.
      interval_(is_screen_ ? std::chrono::seconds(1) : interval),
      start_(std::chrono::steady_clock::now()),
      thread_([this] { Run(); }) {}

Ticker::~Ticker() {
  {
    const MutexLock lock(mutex_);
    done_ = true;
  }
  done_changed_.notify_one();
  thread_.join();
}

void Ticker::SetStep(std::string_view step) {
  const MutexLock lock(mutex_);
  step_ = step;
}

void Ticker::Say(std::string_view line) {
  const MutexLock lock(mutex_);
  std::fprintf(stream_, "%s%.*s\n", is_screen_ ? kEraseLine : "",
               static_cast<int>(line.size()), line.data());
  std::fflush(stream_);
}

// A line that wraps could not be written over.
std::string Ticker::Line(std::size_t columns) const {
  const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(
      std::chrono::steady_clock::now() - start_);
  const std::string end = " ... " + std::to_string(elapsed.count()) + " s";
  const std::size_t room =
      columns > end.size() ? columns - end.size() - 1 : what_.size();
  std::string line = what_.substr(0, room) + end;
  if (!step_.empty()) line += "  " + step_;
  return columns > end.size() ? line.substr(0, columns - 1) : line;
}

void Ticker::Run() {
  UniqueLock lock(mutex_);
  bool shown = false;
  auto pause = is_screen_ ? interval_ : interval_ / 2;
  while (!done_changed_.wait_for(lock.native(), pause,
                                 [this]() REQUIRES(mutex_) { return done_; })) {
    pause = interval_;
    const std::string line =
        Line(is_screen_ ? ColumnsOf(::fileno(stream_)) : 0);
    std::fprintf(stream_, is_screen_ ? "\r%s\x1b[K" : "%s\n", line.c_str());
    std::fflush(stream_);
    shown = true;
  }
  if (!shown || !is_screen_) return;
  std::fputs(kEraseLine, stream_);
  std::fflush(stream_);
}

std::size_t ColumnsOf(int descriptor) {
  winsize size = {};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace workbook
