// SPDX-License-Identifier: Apache-2.0

// Runs one command that is not trusted, in namespaces and limits of its own.
//
// The jail is bubblewrap: own user, mount, pid, net, ipc, uts and cgroup
// namespaces; /usr read-only; a tmpfs of bounded size; an empty environment; no
// capability, and no user namespace inside where bubblewrap can forbid that;
// only the system calls of jail_calls.h; a session keyring of its own; rlimits.
// Where the caller is root, the command runs as an unprivileged user
// of its slot, so that limits on processes bind.
#ifndef WORKBOOK_TOOLS_GRADE_JAIL_H_
#define WORKBOOK_TOOLS_GRADE_JAIL_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace workbook::grade {

class JailTrees;

struct JailLimits {
  // Of the jail's own time: the clock stands while other programs have the
  // machine (jail_time.h), for four times as long at most.
  std::chrono::milliseconds wall{20'000};
  int cpu_seconds = 10;
  // What can be written: heaps, stacks. Reserved address space is not in it:
  // glibc reserves 64 MiB a thread that it never touches.
  std::uint64_t data_bytes = std::uint64_t{2} << 30;
  std::uint64_t address_space_bytes = std::uint64_t{16} << 30;
  // What all its processes hold together: looked at ten times a second, so that
  // much can be passed for so long. Not in it: memfds and System V segments
  // that nobody has mapped.
  std::uint64_t memory_bytes = std::uint64_t{3} << 30;
  std::uint64_t file_bytes = std::uint64_t{64} << 20;
  std::uint64_t tmpfs_bytes = std::uint64_t{64} << 20;
  std::size_t output_bytes = std::size_t{64} << 10;  // kept of each stream
  // Past this much of one stream the command is ended.
  std::size_t flood_bytes = std::size_t{8} << 20;
  int processes = 128;  // threads count; a test of 70 threads is in the course
  int open_files = 128;
};

struct JailCommand {
  std::vector<std::string> arguments;
  // Host path to path inside. Nothing else of the host is there but /usr.
  std::vector<std::pair<std::string, std::string>> read_only;
  std::vector<std::pair<std::string, std::string>> writable;
  std::string working_directory = "/tmp";
  // What the command can read at descriptor 3: a nonce. What it writes to
  // descriptor 4 comes back as `channel`.
  std::string secret;
  // What is at descriptors 3 and 4 in their place, where both are given: pipes
  // to another command. The jail takes them and closes them.
  int incoming = -1;
  int outgoing = -1;
  // The same of both commands, where they wait for each other: the clock of one
  // stands, too, while the other one is kept from running (jail_time.h).
  std::shared_ptr<JailTrees> together;
  JailLimits limits;
  // It is ended when nothing in it has used a processor for so long; 0: never.
  std::chrono::milliseconds idle{0};
  int slot = 0;  // which unprivileged user, 0 to 999
};

struct JailResult {
  // Not empty where the jail itself failed, or other programs had the machine:
  // no verdict about the command.
  std::string start_error;
  int exit_code = -1;
  int signal = 0;
  bool timed_out = false;  // through no fault of the machine's
  bool flooded = false;
  bool out_of_memory = false;  // past memory_bytes, and ended for that
  // Of a processor, by all of its processes, and for starting the jail.
  std::chrono::nanoseconds used{0};
  std::string output;
  std::string errors;
  std::string channel;

  // By the jail, for passing a limit that is not the kernel's.
  bool WasEnded() const { return timed_out || flooded || out_of_memory; }
  bool ExitedWith(int code) const {
    return start_error.empty() && !WasEnded() && signal == 0 &&
           exit_code == code;
  }
};

// Runs the command to its end; what it left running dies with its pid
// namespace, and is gone on return. The calling process adopts its orphans
// (PR_SET_CHILD_SUBREAPER) from the first call on. REQUIRES: the host paths can
// be read by every user; a writable one may be given to the slot's user
// (PrepareWritable). Cost: a fork and about 10 ms. Thread safety: any thread,
// each with a slot of its own. On failure: start_error; nothing is thrown.
JailResult RunInJail(const JailCommand& command);

// Gives the folder to the user of `slot`, where that is another than ours.
void PrepareWritable(const std::string& folder, int slot);

struct JailLayer {
  std::string name;
  bool present = false;
  bool required = true;
  std::string note;  // what is lost, and how to fix it
};

// Tries each layer with a harmless command. Cost: about ten processes.
std::vector<JailLayer> ProbeJail();

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JAIL_H_
