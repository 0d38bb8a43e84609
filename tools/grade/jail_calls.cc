// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail_calls.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace workbook::grade {
namespace {

#if !defined(__x86_64__)
#error "The numbers of system calls, and judge_main.cc, are those of x86-64."
#endif

// Of clone(); CLONE_NEWTIME exists only for calls that are refused.
constexpr std::uint32_t kNamespaces =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
    CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

#define CALL(name) \
  Call { #name, SYS_##name }

constexpr std::array kAllowed{
    // Memory of its own.
    CALL(brk), CALL(mmap), CALL(munmap), CALL(mremap), CALL(mprotect),
    CALL(msync), CALL(mincore), CALL(mlock), CALL(mlock2), CALL(munlock),
    CALL(mlockall), CALL(munlockall), CALL(membarrier), CALL(get_mempolicy),
    CALL(set_mempolicy), CALL(mbind), CALL(pkey_alloc), CALL(pkey_free),
    CALL(pkey_mprotect),
    // Files: what there is of them is read-only, or in its own tmpfs.
    CALL(read), CALL(write), CALL(readv), CALL(writev), CALL(pread64),
    CALL(pwrite64), CALL(preadv), CALL(pwritev), CALL(preadv2), CALL(pwritev2),
    CALL(open), CALL(openat), CALL(openat2), CALL(creat), CALL(close),
    CALL(close_range), CALL(lseek), CALL(dup), CALL(dup2), CALL(dup3),
    CALL(pipe), CALL(pipe2), CALL(stat), CALL(fstat), CALL(lstat),
    CALL(newfstatat), CALL(statx), CALL(statfs), CALL(fstatfs), CALL(access),
    CALL(faccessat), CALL(faccessat2), CALL(readlink), CALL(readlinkat),
    CALL(getdents), CALL(getdents64), CALL(getcwd), CALL(chdir), CALL(fchdir),
    CALL(truncate), CALL(ftruncate), CALL(fallocate), CALL(fadvise64),
    CALL(fsync), CALL(fdatasync), CALL(sync_file_range), CALL(sendfile),
    CALL(copy_file_range), CALL(mkdir), CALL(mkdirat), CALL(rmdir),
    CALL(unlink), CALL(unlinkat), CALL(rename), CALL(renameat), CALL(renameat2),
    CALL(link), CALL(linkat), CALL(symlink), CALL(symlinkat), CALL(chmod),
    CALL(fchmod), CALL(fchmodat), CALL(chown), CALL(fchown), CALL(lchown),
    CALL(fchownat), CALL(utime), CALL(utimes), CALL(utimensat), CALL(futimesat),
    CALL(umask), CALL(getxattr), CALL(lgetxattr), CALL(fgetxattr),
    // valgrind makes pipes with names for a debugger.
    CALL(mknod), CALL(mknodat),
    // Waiting, and descriptors that wake somebody up.
    CALL(poll), CALL(ppoll), CALL(select), CALL(pselect6), CALL(epoll_create),
    CALL(epoll_create1), CALL(epoll_ctl), CALL(epoll_wait), CALL(epoll_pwait),
    CALL(epoll_pwait2), CALL(eventfd), CALL(eventfd2), CALL(signalfd4),
    CALL(timerfd_create), CALL(timerfd_settime), CALL(timerfd_gettime),
    // Sockets, once there is one.
    CALL(bind), CALL(listen), CALL(accept), CALL(accept4), CALL(connect),
    CALL(shutdown), CALL(getsockname), CALL(getpeername), CALL(setsockopt),
    CALL(getsockopt), CALL(sendto), CALL(recvfrom), CALL(sendmsg),
    CALL(recvmsg), CALL(sendmmsg), CALL(recvmmsg),
    // Processes and threads: all in its pid namespace.
    CALL(fork), CALL(vfork), CALL(execve), CALL(execveat), CALL(exit),
    CALL(exit_group), CALL(wait4), CALL(waitid), CALL(futex), CALL(futex_waitv),
    CALL(set_robust_list), CALL(get_robust_list), CALL(set_tid_address),
    CALL(rseq), CALL(restart_syscall), CALL(arch_prctl), CALL(kill),
    CALL(tkill), CALL(tgkill), CALL(sched_yield), CALL(sched_getaffinity),
    CALL(sched_setaffinity), CALL(sched_getscheduler), CALL(sched_getparam),
    CALL(sched_get_priority_max), CALL(sched_get_priority_min),
    CALL(sched_rr_get_interval), CALL(getpriority), CALL(getcpu), CALL(getpid),
    CALL(getppid), CALL(gettid), CALL(getuid), CALL(geteuid), CALL(getgid),
    CALL(getegid), CALL(getresuid), CALL(getresgid), CALL(getgroups),
    CALL(getpgrp), CALL(getpgid), CALL(setpgid), CALL(getsid), CALL(setsid),
    CALL(capget), CALL(getrlimit), CALL(setrlimit), CALL(prlimit64),
    CALL(getrusage), CALL(times), CALL(uname), CALL(sysinfo),
    // Signals.
    CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn),
    CALL(rt_sigpending), CALL(rt_sigsuspend), CALL(rt_sigtimedwait),
    CALL(rt_sigqueueinfo), CALL(rt_tgsigqueueinfo), CALL(sigaltstack),
    CALL(pause),
    // Time.
    CALL(time), CALL(gettimeofday), CALL(clock_gettime), CALL(clock_getres),
    CALL(nanosleep), CALL(clock_nanosleep), CALL(alarm), CALL(getitimer),
    CALL(setitimer), CALL(timer_create), CALL(timer_settime),
    CALL(timer_gettime), CALL(timer_getoverrun), CALL(timer_delete),
    CALL(getrandom)};

// Refused by name, because a program that is told "there is no such call" would
// wonder, or try another way.
constexpr std::array kForbidden{
    // Keys outlive a jail.
    CALL(add_key), CALL(request_key), CALL(keyctl),
    // Other processes' memory and descriptors.
    CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev), CALL(kcmp),
    CALL(pidfd_open), CALL(pidfd_getfd), CALL(pidfd_send_signal),
    CALL(process_madvise),
    // A way around other limits.
    CALL(mount), CALL(umount2), CALL(pivot_root), CALL(chroot), CALL(open_tree),
    CALL(move_mount), CALL(fsopen), CALL(fsconfig), CALL(fsmount), CALL(fspick),
    CALL(mount_setattr), CALL(unshare), CALL(setns), CALL(name_to_handle_at),
    CALL(open_by_handle_at), CALL(setuid), CALL(setgid), CALL(setreuid),
    CALL(setregid), CALL(setresuid), CALL(setresgid), CALL(setgroups),
    CALL(capset),
    // A program that chose to run last could say that it had no processor.
    CALL(setpriority), CALL(ioprio_set), CALL(sched_setattr),
    CALL(sched_setparam),
    // Parts of the kernel with a record of their own.
    CALL(bpf), CALL(perf_event_open), CALL(userfaultfd), CALL(seccomp)};

bool Has(std::span<const Call> calls, std::string_view name) {
  return std::any_of(calls.begin(), calls.end(),
                     [name](const Call& call) { return call.name == name; });
}

}  // namespace

std::span<const Call> AllowedCalls() { return kAllowed; }

std::span<const Call> ForbiddenCalls() { return kForbidden; }

std::span<const CallRule> CallRules() {
  static const std::vector<CallRule> rules{
      // Any of the flags; clone3, whose flags no filter can read, is unknown,
      // and the C library then takes clone.
      {CALL(clone), 0, kNamespaces, CallRule::kOnly, EPERM, {0}},
      // Loopback servers of 01_02, in a network of their own; pairs.
      {CALL(socket), 0, ~0U, CallRule::kOnly, EAFNOSUPPORT, {AF_INET}},
      {CALL(socketpair), 0, ~0U, CallRule::kOnly, EAFNOSUPPORT, {AF_UNIX}},
      // No lease, no notice of a folder's changes, no question who has locked a
      // file of the machine (F_GETLK): a lock in one jail would be seen in the
      // next. Setting one is for files that can be written.
      {CALL(fcntl),
       1,
       ~0U,
       CallRule::kOnly,
       EINVAL,
       {F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_SETLK, F_SETLKW,
        F_DUPFD_CLOEXEC, F_SETPIPE_SZ, F_GETPIPE_SZ}},
      {CALL(ioctl),
       1,
       ~0U,
       CallRule::kOnly,
       ENOTTY,
       {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX}},
      {CALL(prctl),
       0,
       ~0U,
       CallRule::kOnly,
       EPERM,
       {PR_SET_PDEATHSIG, PR_GET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_NAME,
        PR_GET_NAME, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP,
        PR_SET_THP_DISABLE, PR_GET_THP_DISABLE, PR_SET_TIMERSLACK,
        PR_GET_TIMERSLACK, PR_CAPBSET_READ, PR_SET_VMA}},
      // Pages that the kernel merges are seen by whoever has the same.
      {CALL(madvise), 2, ~0U, CallRule::kUnless, EINVAL, {MADV_MERGEABLE}},
      // 04_03's tests ask for SCHED_BATCH.
      {CALL(sched_setscheduler),
       1,
       ~0U,
       CallRule::kOnly,
       EPERM,
       {SCHED_OTHER, SCHED_BATCH}},
      // What is asked for by this value is what it is.
      {CALL(personality), 0, ~0U, CallRule::kOnly, EPERM, {0xffffffff}}};
  return rules;
}

CallVerdict VerdictOn(std::string_view name) {
  if (Has(kAllowed, name)) return CallVerdict::kAllowed;
  if (Has(kForbidden, name)) return CallVerdict::kForbidden;
  for (const CallRule& rule : CallRules()) {
    if (rule.call.name == name) return CallVerdict::kByArgument;
  }
  return CallVerdict::kUnknown;
}

}  // namespace workbook::grade
