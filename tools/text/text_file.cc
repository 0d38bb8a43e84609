// SPDX-License-Identifier: Apache-2.0

#include "tools/text/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <utility>

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunkBytes = 1 << 16;

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// The rename is only durable once the folder is.
void SyncFolder(const fs::path& folder) {
  const char* name = folder.empty() ? "." : folder.c_str();
  const int descriptor = ::open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

std::optional<std::string> ReadTextFile(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  // Not by the size: it is 0 for files of /proc, and a log grows meanwhile.
  std::string text;
  while (stream) {
    const std::size_t end = text.size();
    text.resize(end + kChunkBytes);
    stream.read(text.data() + end, kChunkBytes);
    text.resize(end + static_cast<std::size_t>(stream.gcount()));
  }
  return text;
}

std::error_code ReplaceTextFile(const fs::path& path, std::string_view text) {
  std::string temporary = path.string() + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return {errno, std::generic_category()};
  bool written = WriteAll(descriptor, text) &&
                 ::fchmod(descriptor, 0644) == 0 && ::fsync(descriptor) == 0;
  int cause = errno;
  if (::close(descriptor) != 0 && written) {
    cause = errno;
    written = false;
  }
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
    cause = errno;
    written = false;
  }
  if (!written) {
    ::unlink(temporary.c_str());
    return {cause, std::generic_category()};
  }
  SyncFolder(path.parent_path());
  return {};
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<std::string> PiecesEndedBy(char end, std::string_view text) {
  std::vector<std::string> pieces;
  for (std::size_t at = text.find(end); at != std::string_view::npos;
       at = text.find(end)) {
    pieces.emplace_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  return pieces;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower;
}

std::string_view TrimSpace(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

int LineThatStartsWith(std::string_view text, std::string_view start) {
  int number = 0;
  for (const std::string_view line : SplitLines(text)) {
    ++number;
    if (line.starts_with(start)) return number;
  }
  return 0;
}

std::vector<std::string> FileNames(const fs::path& folder,
                                   std::string_view ending) {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && name.ends_with(ending)) {
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace workbook
