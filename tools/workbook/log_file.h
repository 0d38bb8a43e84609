// SPDX-License-Identifier: Apache-2.0

// A test's log, which may be as long as the disk is large.
#ifndef WORKBOOK_TOOLS_WORKBOOK_LOG_FILE_H_
#define WORKBOOK_TOOLS_WORKBOOK_LOG_FILE_H_

#include <cstdint>
#include <filesystem>
#include <string>

namespace workbook::cli {

struct LogFile {
  std::string text;               // its first part, a line end, its last part
  std::uintmax_t size_bytes = 0;  // of the file
};

// Cost: reads at most two pieces of 1 MiB, however long the file is: a program
// that prints in an endless loop fills gigabytes within its time.
// On failure: empty.
LogFile ReadLog(const std::filesystem::path& path);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_LOG_FILE_H_
