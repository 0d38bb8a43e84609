// SPDX-License-Identifier: Apache-2.0

// A log on disk for as long as a benchmark runs. Its name is gone before its
// first byte is written: a benchmark that is killed leaves nothing behind.
#ifndef WORKBOOK_EXERCISES_04_04_LOG_FILE_BENCH_H_
#define WORKBOOK_EXERCISES_04_04_LOG_FILE_BENCH_H_

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "exercises/04_04/testdata/access_log.h"

namespace workbook {

class LogFile {
 public:
  explicit LogFile(std::size_t bytes) {
    const char* const folder = std::getenv("TMPDIR");
    std::string name = std::string(folder == nullptr ? "/tmp" : folder);
    name += "/log-XXXXXX";
    fd_ = mkostemp(name.data(), O_CLOEXEC);
    if (fd_ < 0) {
      throw std::runtime_error("no file in " + name +
                               ": set TMPDIR to a folder that can be written");
    }
    unlink(name.c_str());
    path_ = "/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(fd_);
    AccessLogMaker maker(1);
    std::string text;
    while (size_ < bytes) {
      text.clear();
      for (; text.size() < (64 << 10); ++lines_) maker.AppendLine(text);
      const ssize_t written = write(fd_, text.data(), text.size());
      if (written != static_cast<ssize_t>(text.size())) {
        close(fd_);
        throw std::runtime_error("the disk of " + name + " is full");
      }
      size_ += text.size();
    }
  }
  ~LogFile() { close(fd_); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  // From its beginning again.
  int Rewind() const {
    lseek(fd_, 0, SEEK_SET);
    return fd_;
  }
  // For a reader that opens it anew, in a child process too.
  const std::string& path() const { return path_; }
  std::int64_t lines() const { return lines_; }

 private:
  std::string path_;
  int fd_ = -1;
  std::size_t size_ = 0;
  std::int64_t lines_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_04_LOG_FILE_BENCH_H_
