// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/file_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <system_error>
#include <utility>

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

bool IsTemporary(const std::string& name) {
  return name.starts_with('.') || name.starts_with('#') ||
         name.ends_with('~') || name.ends_with(".swp") ||
         name.ends_with(".tmp") ||
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isdigit(c) != 0;  // vim tries whether 4913 can be made
         });
}

// A save is a write that was closed, or a rename into the place.
constexpr unsigned kSaves =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM;

}  // namespace

FileWatch::FileWatch(fs::path folder, bool use_inotify)
    : folder_(std::move(folder)) {
  if (use_inotify) {
    descriptor_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor_ >= 0 &&
        ::inotify_add_watch(descriptor_, folder_.c_str(), kSaves) < 0) {
      ::close(descriptor_);
      descriptor_ = -1;
    }
  }
  seen_ = Look();
}

FileWatch::~FileWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::map<std::string, FileWatch::Stamp> FileWatch::Look() const {
  std::map<std::string, Stamp> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    if (IsTemporary(name) || !entry.is_regular_file(error)) continue;
    Stamp stamp{entry.last_write_time(error), entry.file_size(error)};
    if (!error) found.emplace(name, stamp);
  }
  return found;
}

std::vector<std::string> FileWatch::Changed() {
  if (descriptor_ >= 0) {
    // Only wakes; the times say what changed, so nothing is lost when the
    // kernel's queue overflows.
    std::array<char, 4096> drained;
    while (::read(descriptor_, drained.data(), drained.size()) > 0) {
    }
  }
  std::map<std::string, Stamp> now = Look();
  std::vector<std::string> names;
  for (const auto& [name, stamp] : now) {
    const auto before = seen_.find(name);
    if (before == seen_.end() || before->second != stamp) names.push_back(name);
  }
  for (const auto& [name, stamp] : seen_) {
    if (!now.contains(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  seen_ = std::move(now);
  return names;
}

Waited Wait(const FileWatch& watch, int input, int stop,
            std::chrono::milliseconds limit) {
  std::array<pollfd, 3> polled = {
      {{watch.descriptor(), POLLIN, 0}, {input, POLLIN, 0}, {stop, POLLIN, 0}}};
  Waited waited;
  // A negative descriptor is left out by poll itself.
  const int count =
      ::poll(polled.data(), polled.size(), static_cast<int>(limit.count()));
  if (watch.polls()) waited.file = true;
  if (count <= 0) return waited;
  if (polled[0].revents != 0) waited.file = true;
  if (polled[1].revents != 0) {
    if (::read(input, &waited.key, 1) != 1) waited.ended = true;
  }
  if (polled[2].revents != 0) waited.ended = true;
  return waited;
}

}  // namespace workbook::cli
