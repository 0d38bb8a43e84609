// SPDX-License-Identifier: Apache-2.0

// Waits for a save, a key or a signal, whichever is first.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FILE_WATCH_H_
#define WORKBOOK_TOOLS_WORKBOOK_FILE_WATCH_H_

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace workbook::cli {

// The files of one folder (not of folders in it). Uses inotify; where that is
// not to be had (a network file system, no watch left) compares times and
// sizes at each wait's end.
class FileWatch {
 public:
  // `use_inotify` of false polls: for tests, and for --poll.
  explicit FileWatch(std::filesystem::path folder, bool use_inotify = true);
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;
  ~FileWatch();

  bool polls() const { return descriptor_ < 0; }

  // -1 where it polls; else readable once something in the folder changed.
  int descriptor() const { return descriptor_; }

  // The names whose content changed since the last call, sorted. An editor's
  // temporary files (a leading dot, a trailing ~, .swp, names of digits) are
  // not among them.
  std::vector<std::string> Changed();

 private:
  struct Stamp {
    std::filesystem::file_time_type time;
    std::uintmax_t size_bytes = 0;
    bool operator==(const Stamp&) const = default;
  };
  std::map<std::string, Stamp> Look() const;

  std::filesystem::path folder_;
  int descriptor_ = -1;
  std::map<std::string, Stamp> seen_;
};

// What ended a wait.
struct Waited {
  bool file = false;   // ask FileWatch::Changed()
  char key = 0;        // 0 is none
  bool ended = false;  // stdin is at its end
};

// Waits for `watch`, for a byte on `input` (-1 is no keyboard), or for a byte
// on `stop` (a signal's pipe, -1 is none: it counts as the end), at most
// `limit`.
Waited Wait(const FileWatch& watch, int input, int stop,
            std::chrono::milliseconds limit);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FILE_WATCH_H_
