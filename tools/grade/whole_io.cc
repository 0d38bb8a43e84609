// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/whole_io.h"

#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "tools/text/text_file.h"

namespace workbook::grade {

void ThrowErrno(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string ReadAt(int file, std::size_t length, off_t start,
                   const std::string& what) {
  std::string text(length, '\0');
  std::size_t done = 0;
  while (done < length) {
    const ssize_t count = pread(file, text.data() + done, length - done,
                                start + static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = EIO;
    if (count <= 0) ThrowErrno(what + " could not be read");
    done += static_cast<std::size_t>(count);
  }
  return text;
}

void WriteAt(int file, std::string_view text, off_t start,
             const std::string& what) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = pwrite(file, text.data() + done, text.size() - done,
                                 start + static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) ThrowErrno(what + " could not be written");
    done += static_cast<std::size_t>(count);
  }
}

void WriteFile(const std::filesystem::path& path, std::string_view text) {
  if (const std::error_code error = ReplaceTextFile(path, text)) {
    throw std::system_error(error, path.string());
  }
}

std::string JsonText(const nlohmann::json& value, int indent) {
  return value.dump(indent, ' ', /*ensure_ascii=*/true,
                    nlohmann::json::error_handler_t::replace);
}

}  // namespace workbook::grade
