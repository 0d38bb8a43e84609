// SPDX-License-Identifier: Apache-2.0

// A library to preload that writes what a program asks of malloc, as RawEvents,
// to $WORKBOOK_TRACE.<pid>: a file for each process. It forwards to glibc.
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "tools/exercise/thread_annotations.h"
#include "tools/probe/spin_lock.h"
#include "tools/trace/trace.h"

extern "C" {
void* __libc_malloc(std::size_t);
void __libc_free(void*);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

namespace {

using workbook::RawEvent;
using workbook::SpinLock;
using workbook::TraceOp;

constexpr std::size_t kBuffered = 1 << 15;

constinit SpinLock lock;
constinit RawEvent buffer[kBuffered] GUARDED_BY(lock) = {};
constinit std::size_t buffered GUARDED_BY(lock) = 0;
constinit int file = -1;  // set once, by Begin
constinit std::atomic<bool> recording{false};
constinit std::atomic<std::uint16_t> threads{0};
constinit thread_local std::uint16_t my_thread
    __attribute__((tls_model("initial-exec"))) = 0;

void Fail() {
  constexpr char kText[] =
      "WORKBOOK_TRACE: the trace can't be written; recording ends here\n";
  [[maybe_unused]] const auto told =
      write(STDERR_FILENO, kText, sizeof(kText) - 1);
  recording = false;
}

void Flush() REQUIRES(lock) {
  const char* from = reinterpret_cast<const char*>(buffer);
  std::size_t left = buffered * sizeof(RawEvent);
  buffered = 0;
  while (left > 0) {
    const ssize_t count = write(file, from, left);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Fail();
    from += count;
    left -= static_cast<std::size_t>(count);
  }
}

void Record(TraceOp op, const void* block, const void* old, std::size_t bytes,
            std::size_t alignment = 1) {
  if (!recording.load(std::memory_order_relaxed)) return;
  const int kept = errno;
  if (my_thread == 0) my_thread = ++threads;
  lock.lock();
  buffer[buffered++] = {reinterpret_cast<std::uintptr_t>(block),
                        reinterpret_cast<std::uintptr_t>(old),
                        static_cast<std::uint32_t>(bytes),
                        static_cast<std::uint16_t>(my_thread - 1),
                        static_cast<std::uint8_t>(op),
                        static_cast<std::uint8_t>(std::countr_zero(alignment))};
  if (buffered == kBuffered) Flush();
  lock.unlock();
  errno = kept;
}

void ChildRecordsNothing() { recording = false; }

__attribute__((constructor)) void Begin() {
  const char* const path = std::getenv("WORKBOOK_TRACE");
  if (path == nullptr) return;
  char name[4096];
  std::snprintf(name, sizeof(name), "%s.%d", path, getpid());
  file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return Fail();
  pthread_atfork(nullptr, nullptr, ChildRecordsNothing);
  recording = true;
}

__attribute__((destructor)) void End() {
  if (!recording.exchange(false)) return;
  lock.lock();
  Flush();
  lock.unlock();
}

void* Recorded(void* block, std::size_t bytes, std::size_t alignment = 1) {
  if (block != nullptr) {
    Record(TraceOp::kAllocate, block, nullptr, bytes, alignment);
  }
  return block;
}

}  // namespace

extern "C" void* malloc(std::size_t bytes) {
  return Recorded(__libc_malloc(bytes), bytes);
}

extern "C" void free(void* block) {
  if (block != nullptr) Record(TraceOp::kFree, block, nullptr, 0);
  __libc_free(block);
}

extern "C" void* calloc(std::size_t count, std::size_t bytes) {
  return Recorded(__libc_calloc(count, bytes), count * bytes);
}

extern "C" void* realloc(void* old, std::size_t bytes) {
  void* const block = __libc_realloc(old, bytes);
  if (block != nullptr) {
    Record(TraceOp::kReallocate, block, old, bytes);
  } else if (bytes == 0 && old != nullptr) {
    Record(TraceOp::kFree, old, nullptr, 0);
  }
  return block;
}

extern "C" void* memalign(std::size_t alignment, std::size_t bytes) {
  return Recorded(__libc_memalign(alignment, bytes), bytes, alignment);
}

extern "C" void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  return memalign(alignment, bytes);
}

extern "C" int posix_memalign(void** block, std::size_t alignment,
                              std::size_t bytes) {
  if (alignment < sizeof(void*) || (alignment & (alignment - 1)) != 0) {
    return EINVAL;
  }
  void* const result = memalign(alignment, bytes);
  if (result == nullptr) return ENOMEM;
  *block = result;
  return 0;
}
