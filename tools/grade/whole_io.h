// Reads and writes that end whole or throw.
#ifndef WORKBOOK_TOOLS_GRADE_WHOLE_IO_H_
#define WORKBOOK_TOOLS_GRADE_WHOLE_IO_H_

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace workbook::grade {

// Throws std::system_error with errno and `what`.
[[noreturn]] void Fail(const std::string& what);

// Exactly `length` bytes of `file` from `start` on. Goes on after a signal and
// after a part. On failure: throws std::system_error with `what`, an end of the
// file before that included.
std::string ReadAt(int file, std::size_t length, off_t start,
                   const std::string& what);

// All of `text` at `start`; the same. What was written before a failure stays.
void WriteAt(int file, std::string_view text, off_t start,
             const std::string& what);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_WHOLE_IO_H_
