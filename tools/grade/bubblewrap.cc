// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/bubblewrap.h"

#include <unistd.h>

#include "tools/process/process.h"

namespace workbook::grade {
namespace {

constexpr char kSmall[] = "65536";  // bytes of a tmpfs

// No terminal, which a compiler would wait for, and nothing to be written but
// in /dev/shm: bubblewrap's own --dev is a tmpfs without bounds.
void AddDevices(std::vector<std::string>& arguments) {
  arguments.insert(arguments.end(), {"--size", kSmall, "--tmpfs", "/dev"});
  for (const char* device : {"null", "zero", "full", "random", "urandom"}) {
    const std::string path = std::string("/dev/") + device;
    arguments.insert(arguments.end(), {"--dev-bind", path, path});
  }
  arguments.insert(arguments.end(),
                   {"--symlink", "/proc/self/fd", "/dev/fd",  //
                    "--size", kSmall, "--tmpfs", "/dev/shm",  //
                    "--remount-ro", "/dev"});
}

// What one jail does would show in another. /proc itself is read-only: a
// program may neither write to its own memory there nor choose to run last
// (autogroup).
void HideCounts(std::vector<std::string>& arguments) {
  arguments.insert(arguments.end(),
                   {"--size", kSmall, "--tmpfs", "/proc/sys/fs"});
  for (const char* file :
       {"/proc/keys", "/proc/key-users", "/proc/locks", "/proc/loadavg",
        "/proc/vmstat", "/proc/zoneinfo", "/proc/buddyinfo", "/proc/stat",
        "/proc/softirqs", "/proc/interrupts", "/proc/diskstats"}) {
    if (access(file, F_OK) != 0) continue;
    arguments.insert(arguments.end(), {"--ro-bind", "/dev/null", file});
  }
  arguments.insert(arguments.end(), {"--remount-ro", "/proc"});
}

}  // namespace

std::vector<std::string> BubblewrapArguments(const JailCommand& command,
                                             int status_fd, int filter_fd) {
  std::vector<std::string> arguments{"bwrap",
                                     "--unshare-user",
                                     "--unshare-ipc",
                                     "--unshare-pid",
                                     "--unshare-net",
                                     "--unshare-uts",
                                     "--unshare-cgroup-try",
                                     "--die-with-parent",
                                     "--new-session",
                                     "--clearenv",
                                     "--cap-drop",
                                     "ALL",
                                     "--hostname",
                                     "jail",
                                     "--setenv",
                                     "PATH",
                                     "/usr/bin:/bin",
                                     "--setenv",
                                     "HOME",
                                     "/tmp",
                                     "--setenv",
                                     "LC_ALL",
                                     "C.UTF-8",
                                     "--json-status-fd",
                                     std::to_string(status_fd),
                                     "--seccomp",
                                     std::to_string(filter_fd),
                                     "--ro-bind",
                                     "/usr",
                                     "/usr",
                                     "--symlink",
                                     "usr/lib",
                                     "/lib",
                                     "--symlink",
                                     "usr/lib64",
                                     "/lib64",
                                     "--symlink",
                                     "usr/bin",
                                     "/bin",
                                     "--proc",
                                     "/proc",
                                     "--size",
                                     std::to_string(command.limits.tmpfs_bytes),
                                     "--tmpfs",
                                     "/tmp"};
  if (BubblewrapForbidsUserNamespaces()) {
    arguments.emplace_back("--disable-userns");
  }
  for (const auto& [host, inside] : command.read_only) {
    arguments.insert(arguments.end(), {"--ro-bind", host, inside});
  }
  for (const auto& [host, inside] : command.writable) {
    arguments.insert(arguments.end(), {"--bind", host, inside});
  }
  AddDevices(arguments);
  HideCounts(arguments);
  // The root is a tmpfs without a size of its own.
  arguments.insert(arguments.end(), {"--remount-ro", "/", "--chdir",
                                     command.working_directory, "--"});
  arguments.insert(arguments.end(), command.arguments.begin(),
                   command.arguments.end());
  return arguments;
}

bool BubblewrapForbidsUserNamespaces() {
  static const bool forbids =
      RunProcess({"bwrap", "--unshare-user", "--disable-userns", "--ro-bind",
                  "/", "/", "/bin/true"})
          .ExitedWith(0);
  return forbids;
}

}  // namespace workbook::grade
