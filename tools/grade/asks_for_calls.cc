// SPDX-License-Identifier: Apache-2.0

// Asks the kernel for what a jail must not give, and prints a line a call: its
// name, and "given" or errno. Arguments are such that the call would succeed
// for a user without privileges, or fail in another way than the filter's.
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

namespace {

void Tell(const char* name, long result) {
  if (result >= 0) {
    std::printf("%s given\n", name);
  } else {
    std::printf("%s %d\n", name, errno);
  }
}

void AskForKeys() {
  Tell("add_key", syscall(SYS_add_key, "user", "name", "value", 5,
                          KEY_SPEC_SESSION_KEYRING));
  Tell("add_key_of_user",
       syscall(SYS_add_key, "user", "name", "value", 5, KEY_SPEC_USER_KEYRING));
  Tell("request_key", syscall(SYS_request_key, "user", "name", nullptr, 0));
  Tell("keyctl",
       syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1));
}

void AskForSockets() {
  constexpr int kVsock = 40;
  constexpr int kAlg = 38;
  Tell("vsock", socket(kVsock, SOCK_STREAM, 0));
  Tell("alg", socket(kAlg, SOCK_SEQPACKET, 0));
  Tell("netlink", socket(AF_NETLINK, SOCK_RAW, 0));
  Tell("unix", socket(AF_UNIX, SOCK_STREAM, 0));
  Tell("packet", socket(AF_PACKET, SOCK_RAW, 0));
  Tell("inet", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

void AskForOthersMemory() {
  const long self = getpid();
  Tell("pidfd_open", syscall(SYS_pidfd_open, 1, 0));
  Tell("pidfd_getfd", syscall(SYS_pidfd_getfd, 0, 0, 0));
  Tell("ptrace", syscall(SYS_ptrace, 0, 0, 0, 0));
  Tell("process_vm_readv",
       syscall(SYS_process_vm_readv, self, nullptr, 0, nullptr, 0, 0));
  Tell("process_vm_writev",
       syscall(SYS_process_vm_writev, self, nullptr, 0, nullptr, 0, 0));
  Tell("kcmp", syscall(SYS_kcmp, self, self, 0, 0, 1));
}

void AskForSharedMemory() {
  Tell("shmget", shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
  Tell("semget", syscall(SYS_semget, IPC_PRIVATE, 1, IPC_CREAT | 0600));
  Tell("msgget", syscall(SYS_msgget, IPC_PRIVATE, IPC_CREAT | 0600));
  Tell("memfd_create", syscall(SYS_memfd_create, "name", 0));
  Tell("memfd_secret", syscall(SYS_memfd_secret, 0));
}

// On a file that every jail has.
void AskForLocks() {
  const int file = open("/usr/bin/env", O_RDONLY | O_CLOEXEC);
  struct flock lock {};
  lock.l_type = F_WRLCK;
  Tell("open", file);
  Tell("flock", flock(file, LOCK_EX | LOCK_NB));
  Tell("getlk", fcntl(file, F_GETLK, &lock));
  Tell("ofd_getlk", fcntl(file, F_OFD_GETLK, &lock));
  lock.l_type = F_RDLCK;
  Tell("ofd_setlk", fcntl(file, F_OFD_SETLK, &lock));
  Tell("lease", fcntl(file, F_SETLEASE, F_RDLCK));
  const int folder = open("/usr/bin", O_RDONLY | O_CLOEXEC);
  Tell("dnotify", fcntl(folder, F_NOTIFY, DN_ACCESS));
  Tell("inotify", syscall(SYS_inotify_init1, 0));
  Tell("fanotify", syscall(SYS_fanotify_init, 0, 0));
}

void AskForTheKernelsParts() {
  std::array<char, 512> parameters{};
  Tell("io_uring_setup", syscall(SYS_io_uring_setup, 1, parameters.data()));
  Tell("io_uring_enter", syscall(SYS_io_uring_enter, -1, 0, 0, 0, 0, 0));
  Tell("io_uring_register", syscall(SYS_io_uring_register, -1, 0, 0, 0));
  Tell("io_setup", syscall(SYS_io_setup, 1, parameters.data() + 256));
  Tell("userfaultfd", syscall(SYS_userfaultfd, 1));
  Tell("bpf", syscall(SYS_bpf, 0, parameters.data(), 64));
  Tell("perf_event_open",
       syscall(SYS_perf_event_open, parameters.data(), 0, -1, -1, 0));
  Tell("seccomp", syscall(SYS_seccomp, 2, 0, parameters.data()));
  Tell("landlock", syscall(SYS_landlock_create_ruleset, nullptr, 0, 1));
}

void AskForNamespaces() {
  Tell("unshare", unshare(CLONE_FILES));
  Tell("unshare_user", unshare(CLONE_NEWUSER));
  Tell("setns", setns(open("/proc/self/ns/uts", O_RDONLY), 0));
  Tell("mount", syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, nullptr));
  Tell("fsopen", syscall(SYS_fsopen, "tmpfs", 0));
  Tell("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/tmp", 0));
  Tell("chroot", chroot("/tmp"));
  std::array<char, 512> handle{};
  int id = 0;
  Tell("name_to_handle_at",
       syscall(SYS_name_to_handle_at, AT_FDCWD, "/tmp", handle.data(), &id, 0));
  Tell("clone3", syscall(SYS_clone3, nullptr, 0));
  const long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  Tell("clone_newuser", child);
}

void AskToRunLast() {
  const sched_param none{};
  Tell("setpriority", syscall(SYS_setpriority, 0, 0, 19));
  Tell("sched_idle", sched_setscheduler(0, SCHED_IDLE, &none));
  std::array<unsigned, 16> attributes{48, SCHED_IDLE};
  Tell("sched_setattr", syscall(SYS_sched_setattr, 0, attributes.data(), 0));
  Tell("ioprio_set", syscall(SYS_ioprio_set, 1, 0, 3 << 13));
  Tell("sched_batch", sched_setscheduler(0, SCHED_BATCH, &none));
  Tell("autogroup", open("/proc/self/autogroup", O_WRONLY));
}

void AskForOtherThings() {
  Tell("personality", personality(ADDR_NO_RANDOMIZE));
  Tell("personality_query", personality(0xffffffff));
  Tell("set_dumpable", prctl(PR_SET_DUMPABLE, 0));
  Tell("set_name", prctl(PR_SET_NAME, "name"));
  void* const page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  Tell("merge_pages", madvise(page, 4096, MADV_MERGEABLE));
  Tell("give_back_pages", madvise(page, 4096, MADV_DONTNEED));
  Tell("sync", syscall(SYS_sync));
  Tell("own_memory", open("/proc/self/mem", O_RDWR));
  Tell("terminal", open("/dev/ptmx", O_RDWR));
  Tell("file_in_dev", open("/dev/file", O_CREAT | O_WRONLY, 0600));
  Tell("keys", open("/proc/keys", O_RDONLY));
  Tell("locks", open("/proc/locks", O_RDONLY));
  Tell("open_files", open("/proc/sys/fs/file-nr", O_RDONLY));
}

// By the gate of 32-bit programs: 20 is getpid there, and 286 add_key.
long Call32(long number) {
  long result = 0;
  asm volatile("int $0x80" : "=a"(result) : "a"(number), "b"(0) : "memory");
  if (result >= 0 || result < -4095) return 0;
  errno = static_cast<int>(-result);
  return -1;
}

void AskAsOtherPrograms() {
  Tell("getpid_32", Call32(20));
  Tell("add_key_32", Call32(286));
  constexpr long kX32Bit = 0x40000000;
  Tell("getpid_x32", syscall(kX32Bit | SYS_getpid));
  Tell("no_such_call", syscall(5000));
}

}  // namespace

int main() {
  AskForKeys();
  AskForSockets();
  AskForOthersMemory();
  AskForSharedMemory();
  AskForLocks();
  AskForTheKernelsParts();
  AskForNamespaces();
  AskToRunLast();
  AskForOtherThings();
  AskAsOtherPrograms();
  return 0;
}
