// SPDX-License-Identifier: Apache-2.0

#include "03_04/file_pool.h"

#include <algorithm>
#include <utility>

namespace workbook {

std::error_code FilePool::Append(const std::string& path,
                                 std::string_view text) {
  // The file is out of the pool while it is used, so whatever fails closes it.
  FileDescriptor file;
  const auto found =
      std::find_if(files_.begin(), files_.end(),
                   [&path](const OpenFile& open) { return open.path == path; });
  if (found != files_.end()) {
    if (NamesOpenFile(path, found->file)) {
      file = std::move(found->file);
      ++statistics_.reused;
    } else {
      ++statistics_.stale;
    }
    files_.erase(found);
  }
  if (!file.is_open()) {
    if (files_.size() == limits_.max_open) {
      files_.erase(files_.begin());
      ++statistics_.evicted;
    }
    std::error_code error;
    file = OpenToAppend(path, error);
    if (error) return error;
    ++statistics_.opened;
  }
  if (const std::error_code error = WriteAll(file, text)) {
    ++statistics_.broken;
    return error;
  }
  files_.push_back({path, std::move(file), clock_()});
  return {};
}

std::size_t FilePool::CloseIdle() {
  const std::chrono::nanoseconds now = clock_();
  const std::size_t closed = std::erase_if(files_, [&](const OpenFile& open) {
    return now - open.used_at >= limits_.idle_timeout;
  });
  statistics_.expired += closed;
  return closed;
}

}  // namespace workbook
