// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail_memory.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

fs::path FolderOf(pid_t process) {
  return fs::path("/proc") / std::to_string(process);
}

// The lines are "RssAnon:	    1234 kB"; a zombie has none.
std::uint64_t ResidentBytes(pid_t process) {
  std::ifstream status(FolderOf(process) / "status");
  std::uint64_t kib = 0;
  for (std::string word; status >> word;) {
    if (word != "RssAnon:" && word != "RssShmem:") continue;
    std::uint64_t value = 0;
    if (status >> value) kib += value;
    if (word == "RssShmem:") break;
  }
  return kib * 1024;
}

// Children are listed with the thread that started them.
void AppendChildren(pid_t process, std::vector<pid_t>& processes) {
  std::error_code ended;
  for (fs::directory_iterator thread(FolderOf(process) / "task", ended), last;
       !ended && thread != last; thread.increment(ended)) {
    std::ifstream children(thread->path() / "children");
    for (pid_t child = 0; children >> child;) processes.push_back(child);
  }
}

}  // namespace

std::vector<pid_t> ProcessesOfTrees(std::vector<pid_t> roots) {
  std::vector<pid_t> processes = std::move(roots);
  for (std::size_t i = 0; i < processes.size(); ++i) {
    AppendChildren(processes[i], processes);
  }
  return processes;
}

std::uint64_t ResidentBytesOfTree(pid_t root) {
  std::uint64_t bytes = 0;
  for (const pid_t process : ProcessesOfTrees({root})) {
    bytes += ResidentBytes(process);
  }
  return bytes;
}

bool ProcListsChildren() {
  return fs::exists(FolderOf(getpid()) / "task" / std::to_string(getpid()) /
                    "children");
}

}  // namespace workbook::grade
