#include "tools/workbook/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

namespace workbook::cli {
namespace {

Problem WriteProblem(const std::filesystem::path& path, int error) {
  std::string next = "Make the folder writable, then try again.";
  if (error == ENOSPC || error == EDQUOT) {
    next = "Free some space (df -h shows the disks), then try again.";
  }
  return {.what = std::string("cannot write a file: ") + std::strerror(error),
          .where = path.string(),
          .next = next};
}

bool WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// The rename is only durable once the folder is.
void SyncFolder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

std::optional<std::string> ReadTextFile(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::optional<Problem> WriteTextFile(const std::filesystem::path& path,
                                     std::string_view text) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) return WriteProblem(path.parent_path(), error.value());
  std::string temporary = path.string() + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return WriteProblem(path, errno);
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
    return WriteProblem(path, cause);
  }
  SyncFolder(path.parent_path());
  return std::nullopt;
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string_view TrimSpace(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

}  // namespace workbook::cli
