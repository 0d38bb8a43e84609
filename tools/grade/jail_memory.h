// SPDX-License-Identifier: Apache-2.0

// How much memory the processes of a jail hold together. A limit of the
// kernel's on this would need a cgroup that the caller may write; looking needs
// nothing.
#ifndef WORKBOOK_TOOLS_GRADE_JAIL_MEMORY_H_
#define WORKBOOK_TOOLS_GRADE_JAIL_MEMORY_H_

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace workbook::grade {

// `roots` and all of their descendants that /proc shows. Cost: a small file a
// thread. Thread safety: any thread.
std::vector<pid_t> ProcessesOfTrees(std::vector<pid_t> roots);

// Resident bytes of `root` and of all its descendants that are of no file:
// heap, stacks, shared memory. What two processes share counts twice; a memfd
// or System V segment that nobody has mapped does not count. Cost: two small
// files of /proc a process and one a thread; 25 us a process. Thread safety:
// any thread. A process that has ended, or that /proc does not show, counts as
// 0.
std::uint64_t ResidentBytesOfTree(pid_t root);

// Whether /proc tells a process's children (CONFIG_PROC_CHILDREN). Without them
// only `root` itself is counted.
bool ProcListsChildren();

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JAIL_MEMORY_H_
