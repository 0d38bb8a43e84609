#include "tools/grade/jail_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace workbook::grade {

namespace fs = std::filesystem;

// Under /tmp, where the jail's users can come.
JailFolder::JailFolder() {
  std::string name = "/tmp/workbook_grade_XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), name);
  }
  path_ = name;
  fs::permissions(path_, fs::perms(0711));
  for (const char* folder : {"trusted", "objects"}) {
    fs::create_directory(path_ / folder);
  }
}

JailFolder::~JailFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace workbook::grade
