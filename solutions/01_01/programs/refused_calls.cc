// SPDX-License-Identifier: Apache-2.0

// System calls that are refused: each in a process of its own. What C promises
// must hold, whoever's malloc it is. It prints what it saw; 0: all of it held.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <vector>

#include "solutions/01_01/programs/every_size.h"

namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;

// From here on `call` fails with `error`, in this process.
bool Forbid(long call, int error) {
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1),
      BPF_STMT(BPF_RET | BPF_K,
               SECCOMP_RET_ERRNO | static_cast<unsigned>(error)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program = {std::size(code), code};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// Bytes of `calloc` that are not zero, in a block of the given size.
std::size_t DirtyBytes(std::size_t bytes) {
  auto* const block = static_cast<unsigned char*>(std::calloc(1, bytes));
  if (block == nullptr) return bytes;
  std::size_t dirty = 0;
  for (std::size_t i = 0; i < bytes; ++i) dirty += block[i] != 0;
  std::free(block);
  return dirty;
}

// Blocks that are filled, freed, and asked for again by calloc: 0 bytes of them
// may hold what was there. `lock_at`: a page of each that is locked.
int DirtyAndZero(std::size_t lock_at) {
  for (const std::size_t bytes :
       {100'000 + lock_at, 16 * kMebibyte, 17 * kMebibyte, 40 * kMebibyte}) {
    auto* const block = static_cast<char*>(std::malloc(bytes));
    if (block == nullptr) return 1;
    std::memset(block, 0xa5, bytes);
    if (lock_at != 0 && mlock(block + lock_at, 4'096) != 0) return 2;
    std::free(block);
    if (DirtyBytes(bytes) != 0) return 3;
    if (DirtyBytes(bytes / 2) != 0) return 4;
  }
  return 0;
}

int WithoutMadvise(int error) {
  if (!Forbid(SYS_madvise, error)) return 1;
  const int wrong = DirtyAndZero(0);
  return wrong != 0 ? 10 + wrong : UseEverySize(50) ? 0 : 2;
}

int WithoutMunmap() {
  if (!Forbid(SYS_munmap, EPERM)) return 1;
  const int wrong = DirtyAndZero(0);
  return wrong != 0 ? 10 + wrong : UseEverySize(50) ? 0 : 2;
}

// No new memory at all: what is there is kept, serves again, and free goes on.
int WithoutMmap() {
  std::vector<unsigned char*> blocks;
  blocks.reserve(200'000);
  for (std::size_t i = 0; i < 100'000; ++i) {
    const std::size_t bytes = 8 + i * 37 % 1'500;
    blocks.push_back(static_cast<unsigned char*>(std::malloc(bytes)));
    std::memset(blocks.back(), static_cast<int>(i % 251), 8);
  }
  if (!Forbid(SYS_mmap, ENOMEM)) return 1;
  errno = 0;  // glibc's has another call for less
  if (std::malloc(kMebibyte << 20) != nullptr || errno != ENOMEM) return 2;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    for (int byte = 0; byte < 8; ++byte) {
      if (blocks[i][byte] != i % 251) return 3;
    }
    errno = EDOM;
    std::free(blocks[i]);
    if (errno != EDOM) return 4;
  }
  for (int i = 0; i < 1'000; ++i) {
    void* const block = std::malloc(100);
    if (block == nullptr) return 5;
    std::free(block);
  }
  return 0;
}

// A lock that nobody else holds needs no call.
int WithoutFutex() {
  if (!Forbid(SYS_futex, ENOSYS)) return 1;
  return UseEverySize(50) ? 0 : 2;
}

// A foreign pointer ends the process, also where nobody can be told.
int ForeignPointerWithoutWrite() {
  const int nowhere = open("/dev/null", O_WRONLY);
  if (dup2(nowhere, STDERR_FILENO) < 0) return 1;
  if (!Forbid(SYS_write, EPERM)) return 2;
  static char foreign[64];
  char* volatile pointer = foreign + 16;
  std::free(pointer);
  return 3;
}

int wrong = 0;

template <typename Work>
void Try(const char* what, Work work, int expected_signal = 0) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(120);
    _exit(work());
  }
  int status = 0;
  const bool fine =
      waitpid(child, &status, 0) == child &&
      (expected_signal == 0
           ? status == 0
           : WIFSIGNALED(status) && WTERMSIG(status) == expected_signal);
  wrong += !fine;
  std::printf("%s: %s\n", what, fine ? "holds" : "FAILED");
  if (!fine) {
    std::printf("  code %d, signal %d\n", WEXITSTATUS(status),
                WIFSIGNALED(status) ? WTERMSIG(status) : 0);
  }
  std::fflush(stdout);
}

}  // namespace

int main() {
  Try("calloc, nothing refused", [] { return DirtyAndZero(0); });
  Try("calloc, a first page locked", [] { return DirtyAndZero(4'096); });
  Try("calloc, a page in the middle locked",
      [] { return DirtyAndZero(65'536); });
  for (const int error : {EINVAL, EPERM, ENOMEM}) {
    Try("no madvise", [=] { return WithoutMadvise(error); });
  }
  Try("no munmap", WithoutMunmap);
  Try("no mmap", WithoutMmap);
  Try("no futex", WithoutFutex);
  Try("no write, a foreign pointer", ForeignPointerWithoutWrite, SIGABRT);
  return wrong == 0 ? 0 : 1;
}
