// SPDX-License-Identifier: Apache-2.0

// File descriptors that close themselves, and what FilePool asks the kernel.
#ifndef WORKBOOK_EXERCISES_03_04_GIVEN_FILE_DESCRIPTOR_H_
#define WORKBOOK_EXERCISES_03_04_GIVEN_FILE_DESCRIPTOR_H_

#include <sys/types.h>

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace workbook {

// The owner of an open file; the file is closed when its owner dies.
class FileDescriptor {
 public:
  // Owns nothing.
  FileDescriptor() = default;
  // Owns `number`, or nothing where it is negative, and looks which file it is:
  // while it is open, no other file gets its device and inode.
  explicit FileDescriptor(int number);
  FileDescriptor(FileDescriptor&& other) noexcept
      : number_(std::exchange(other.number_, -1)),
        device_(other.device_),
        inode_(other.inode_) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    FileDescriptor(std::move(other)).Swap(*this);
    return *this;
  }
  ~FileDescriptor();

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  dev_t device() const { return device_; }
  ino_t inode() const { return inode_; }

 private:
  void Swap(FileDescriptor& other) noexcept {
    std::swap(number_, other.number_);
    std::swap(device_, other.device_);
    std::swap(inode_, other.inode_);
  }

  int number_ = -1;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

// Opens the file at `path` to append, and makes one if there is none.
// On failure: no open descriptor, and the reason in `error`.
FileDescriptor OpenToAppend(const std::string& path, std::error_code& error);

// Returns whether `path` names the file that `file` has open: the same inode of
// the same device. False where it names no file any more.
// Cost: one system call.
bool NamesOpenFile(const std::string& path, const FileDescriptor& file);

// Writes all of `text`.
// On failure: the reason; a part may have been written.
std::error_code WriteAll(const FileDescriptor& file, std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_04_GIVEN_FILE_DESCRIPTOR_H_
