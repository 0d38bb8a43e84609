#include "tools/grade/whole_io.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace workbook::grade {

void Fail(const std::string& what) {
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
    if (count <= 0) Fail(what + " could not be read");
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
    if (count <= 0) Fail(what + " could not be written");
    done += static_cast<std::size_t>(count);
  }
}

}  // namespace workbook::grade
