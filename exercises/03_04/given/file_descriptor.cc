#include "exercises/03_04/given/file_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace workbook {
namespace {

std::error_code LastError() { return {errno, std::generic_category()}; }

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) close(number_);
}

FileDescriptor OpenToAppend(const std::string& path, std::error_code& error) {
  FileDescriptor file(
      open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
  error = file.is_open() ? std::error_code() : LastError();
  return file;
}

bool NamesOpenFile(const std::string& path, const FileDescriptor& file) {
  struct stat named {};
  struct stat opened {};
  return stat(path.c_str(), &named) == 0 && fstat(file.get(), &opened) == 0 &&
         named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

std::error_code WriteAll(const FileDescriptor& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return LastError();
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace workbook
