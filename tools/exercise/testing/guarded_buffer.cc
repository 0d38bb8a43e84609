// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/testing/guarded_buffer.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

namespace workbook {
namespace {

constexpr int kFill = 0xA5;

sigjmp_buf back;

void JumpBack(int) { siglongjmp(back, 1); }

}  // namespace

GuardedBuffer::GuardedBuffer(std::size_t most_bytes)
    : page_bytes_(static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) {
  room_bytes_ =
      std::max<std::size_t>(1, (most_bytes + page_bytes_ - 1) / page_bytes_) *
      page_bytes_;
  mapping_bytes_ = room_bytes_ + 2 * page_bytes_;
  void* const mapping = mmap(nullptr, mapping_bytes_, PROT_NONE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) throw std::bad_alloc();
  mapping_ = static_cast<char*>(mapping);
  if (mprotect(mapping_ + page_bytes_, room_bytes_, PROT_READ | PROT_WRITE) !=
      0) {
    munmap(mapping_, mapping_bytes_);
    throw std::bad_alloc();
  }
}

GuardedBuffer::~GuardedBuffer() { munmap(mapping_, mapping_bytes_); }

std::span<char> GuardedBuffer::Last(std::size_t size_bytes) {
  if (size_bytes > room_bytes_) throw std::length_error("GuardedBuffer::Last");
  char* const begin = mapping_ + page_bytes_ + room_bytes_ - size_bytes;
  std::memset(begin, kFill, size_bytes);
  return {begin, size_bytes};
}

std::span<char> GuardedBuffer::First(std::size_t size_bytes) {
  if (size_bytes > room_bytes_) throw std::length_error("GuardedBuffer::First");
  char* const begin = mapping_ + page_bytes_;
  std::memset(begin, kFill, size_bytes);
  return {begin, size_bytes};
}

std::string_view GuardedBuffer::LastCopy(std::string_view text) {
  const std::span<char> copy = Last(text.size());
  std::copy(text.begin(), text.end(), copy.begin());
  return {copy.data(), copy.size()};
}

std::string_view GuardedBuffer::FirstCopy(std::string_view text) {
  const std::span<char> copy = First(text.size());
  std::copy(text.begin(), text.end(), copy.begin());
  return {copy.data(), copy.size()};
}

bool TouchesClosedMemory(const std::function<void()>& call) {
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_handler = JumpBack;
  sigemptyset(&action.sa_mask);
  sigaction(SIGSEGV, &action, &before);
  // Saving the mask opens SIGSEGV again after the jump.
  const bool touched = sigsetjmp(back, 1) != 0;
  if (!touched) call();
  sigaction(SIGSEGV, &before, nullptr);
  return touched;
}

}  // namespace workbook
