// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/bubblewrap.h"

#include "tools/process/process.h"

namespace workbook::grade {

std::vector<std::string> BubblewrapArguments(const JailCommand& command,
                                             int status_fd) {
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
                                     "--dev",
                                     "/dev",
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
  // /dev/shm and the root are tmpfs without a size of their own.
  arguments.insert(arguments.end(),
                   {"--size", "65536", "--tmpfs", "/dev/shm", "--remount-ro",
                    "/", "--chdir", command.working_directory, "--"});
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
