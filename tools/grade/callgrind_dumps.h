// SPDX-License-Identifier: Apache-2.0

// What callgrind wrote of each test of one run.
#ifndef WORKBOOK_TOOLS_GRADE_CALLGRIND_DUMPS_H_
#define WORKBOOK_TOOLS_GRADE_CALLGRIND_DUMPS_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace workbook::grade {

// The instructions of each test for which judge_main.cc asked for a dump, by
// "Suite.Test". `dump` is what --callgrind-out-file was: dumps have its name
// and a number behind it. A dump that was cut off, and one that nobody asked
// for, is left out; so is a test with two dumps.
// Cost: reads the dumps, some 20 KB each. Thread safety: any thread.
// On failure: what could be read.
std::map<std::string, std::int64_t> ReadCallgrindDumps(
    const std::filesystem::path& dump);

// So that a run's dumps are its own. On failure: they stay.
void RemoveCallgrindDumps(const std::filesystem::path& dump);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CALLGRIND_DUMPS_H_
