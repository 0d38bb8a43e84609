// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/bubblewrap.h"
#include "tools/grade/jail.h"
#include "tools/grade/jail_memory.h"
#include "tools/process/process.h"

namespace workbook::grade {

std::vector<JailLayer> ProbeJail() {
  std::vector<JailLayer> layers;
  const bool installed = IsInstalled("bwrap");
  layers.push_back(
      {"bubblewrap", installed, true, "apt-get install bubblewrap"});
  JailResult inside;
  if (installed) {
    JailCommand command;
    command.arguments = {"/bin/sh", "-c",
                         "test ! -e /etc/passwd && test ! -e /home && "
                         "test $(ls /sys 2>/dev/null | wc -l) = 0 && "
                         "test $(env | wc -l) -le 6 && echo jailed && "
                         "grep Seccomp: /proc/self/status"};
    inside = RunInJail(command);
  }
  layers.push_back(
      {"namespaces", inside.output.starts_with("jailed\n"), true,
       installed ? "user namespaces are forbidden here, or the jail leaks: " +
                       inside.start_error +
                       "; as root: sysctl -w user.max_user_namespaces=10000 "
                       "(and kernel.unprivileged_userns_clone=1)"
                 : "they come with bubblewrap"});
  layers.push_back({"filter of system calls", inside.output.ends_with("\t2\n"),
                    true,
                    "the kernel was built without CONFIG_SECCOMP_FILTER: take "
                    "another, or grade on another machine"});
  layers.push_back({"no namespaces inside",
                    installed && BubblewrapForbidsUserNamespaces(), false,
                    "this bubblewrap is older than 0.8.0: a submission may "
                    "mount a tmpfs without bounds in a namespace of its own"});
  layers.push_back({"callgrind", IsInstalled("valgrind"), true,
                    "instructions are not counted: apt-get install valgrind"});
  layers.push_back({"sum of memory", ProcListsChildren(), false,
                    "/proc lists no children here (the kernel was built "
                    "without CONFIG_PROC_CHILDREN): memory is bounded for each "
                    "process, and the number of processes, but not their sum"});
  return layers;
}

}  // namespace workbook::grade
