// A log on disk for as long as a benchmark runs.
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
    path_ = std::string(folder == nullptr ? "/tmp" : folder) + "/log-XXXXXX";
    fd_ = mkostemp(path_.data(), O_CLOEXEC);
    if (fd_ < 0) {
      throw std::runtime_error("no file in " + path_ +
                               ": set TMPDIR to a folder that can be written");
    }
    AccessLogMaker maker(1);
    std::string text;
    while (size_ < bytes) {
      text.clear();
      for (; text.size() < (64 << 10); ++lines_) maker.AppendLine(text);
      const ssize_t written = write(fd_, text.data(), text.size());
      if (written != static_cast<ssize_t>(text.size())) {
        unlink(path_.c_str());
        throw std::runtime_error("the disk of " + path_ + " is full");
      }
      size_ += text.size();
    }
  }
  ~LogFile() {
    close(fd_);
    unlink(path_.c_str());
  }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  // From its beginning again.
  int Rewind() const {
    lseek(fd_, 0, SEEK_SET);
    return fd_;
  }
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
