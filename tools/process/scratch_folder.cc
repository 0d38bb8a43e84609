// SPDX-License-Identifier: Apache-2.0

#include "tools/process/scratch_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace workbook {

ScratchFolder::ScratchFolder() {
  const char* folder = getenv("TEST_TMPDIR");
  if (folder == nullptr) folder = getenv("TMPDIR");
  if (folder == nullptr) folder = "/tmp";
  std::string name = std::string(folder) + "/workbook.XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    throw std::filesystem::filesystem_error(
        "no scratch folder", name,
        std::error_code(errno, std::generic_category()));
  }
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace workbook
