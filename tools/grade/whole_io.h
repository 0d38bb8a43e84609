// SPDX-License-Identifier: Apache-2.0

// Reads and writes that end whole or throw, and how JSON is written.
#ifndef WORKBOOK_TOOLS_GRADE_WHOLE_IO_H_
#define WORKBOOK_TOOLS_GRADE_WHOLE_IO_H_

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace workbook::grade {

// Throws std::system_error with errno and `what`.
[[noreturn]] void ThrowErrno(const std::string& what);

// Exactly `length` bytes of `file` from `start` on. Goes on after a signal and
// after a part. On failure: throws std::system_error with `what`, an end of the
// file before that included.
std::string ReadAt(int file, std::size_t length, off_t start,
                   const std::string& what);

// All of `text` at `start`; the same. What was written before a failure stays.
void WriteAt(int file, std::string_view text, off_t start,
             const std::string& what);

// As ReplaceTextFile; on failure: throws std::system_error with the path.
void WriteFile(const std::filesystem::path& path, std::string_view text);

// ASCII, whatever bytes a student wrote: what is no UTF-8 is replaced. With an
// indent, a line a value; without, one line. No line end.
std::string JsonText(const nlohmann::json& value, int indent = -1);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_WHOLE_IO_H_
