// SPDX-License-Identifier: Apache-2.0

// Takes in what students hand in: folders and archives, as bytes.
#ifndef WORKBOOK_TOOLS_GRADE_INTAKE_H_
#define WORKBOOK_TOOLS_GRADE_INTAKE_H_

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace workbook::grade {

struct IntakeLimits {
  std::size_t file_bytes = std::size_t{256} << 10;
  std::size_t entries = 1000;  // looked at in an archive or a folder
  std::size_t archive_bytes = std::size_t{16} << 20;
  // Bytes unpacked, entries that are not wanted included.
  std::size_t unpacked_bytes = std::size_t{64} << 20;
};

struct Submission {
  std::string student;                       // StudentOf the path
  std::map<std::string, std::string> files;  // by the names that are wanted
  std::vector<std::string> notes;            // for the student
  std::vector<std::string> flags;            // for a person
  std::string unreadable;                    // why there is nothing to grade
};

// The name of whoever handed `path` in, printable: its own, an archive's
// without its ending (.zip, .tar.gz, ...). A folder keeps its dots:
// "ada.lovelace". Cost: one lstat. Thread safety: any thread.
std::string StudentOf(const std::filesystem::path& path);

// Reads the files named in `wanted` out of a folder or a zip or tar archive,
// at its top or in one of its folders. Nothing is unpacked to the disk. Links,
// devices and pipes are never followed or opened; paths that climb, and two
// entries of one name, are refused.
// Cost: at most limits.unpacked_bytes are read; memory for the wanted files.
// Thread safety: any thread.
// On failure: `unreadable` says why; nothing is thrown.
Submission TakeIn(const std::filesystem::path& path,
                  const std::vector<std::string>& wanted,
                  const IntakeLimits& limits = {});

// `text` with everything that is not printable ASCII as \xNN, at most 200
// characters: fit for a terminal, a file name in a list, a log.
std::string Printable(const std::string& text);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_INTAKE_H_
