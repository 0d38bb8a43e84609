// SPDX-License-Identifier: Apache-2.0

#include "exercises/03_04/given/file_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace workbook {
namespace {

std::error_code LastError() { return {errno, std::generic_category()}; }

}  // namespace

FileDescriptor::FileDescriptor(int number) : number_(number) {
  struct stat opened {};
  if (number < 0 || fstat(number, &opened) != 0) return;
  device_ = opened.st_dev;
  inode_ = opened.st_ino;
}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) close(number_);
}

FileDescriptor OpenToAppend(const std::string& path, std::error_code& error) {
  const int number =
      open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  error = number >= 0 ? std::error_code() : LastError();
  return FileDescriptor(number);
}

bool NamesOpenFile(const std::string& path, const FileDescriptor& file) {
  struct stat named {};
  return stat(path.c_str(), &named) == 0 && named.st_dev == file.device() &&
         named.st_ino == file.inode();
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
