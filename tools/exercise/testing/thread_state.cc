// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/testing/thread_state.h"

#include <fstream>
#include <string>

namespace workbook {
namespace {

std::ifstream Open(int thread_id, const char* file) {
  return std::ifstream("/proc/self/task/" + std::to_string(thread_id) + file);
}

}  // namespace

bool SleepsNow(int thread_id) {
  std::ifstream file = Open(thread_id, "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(") ");
  return name_end != std::string::npos && line[name_end + 2] == 'S';
}

std::int64_t TimesAsleep(int thread_id) {
  std::ifstream file = Open(thread_id, "/status");
  std::string word;
  while (file >> word) {
    std::int64_t times = 0;
    if (word == "voluntary_ctxt_switches:" && file >> times) return times;
  }
  return 0;
}

}  // namespace workbook
