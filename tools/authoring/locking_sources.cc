#include "tools/authoring/locking_sources.h"

#include <algorithm>
#include <string_view>
#include <system_error>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

bool SaysWhatLocksGuard(const fs::path& file) {
  constexpr std::string_view kInclude =
      "\n#include \"tools/exercise/thread_annotations.h\"\n";
  const auto text = ReadTextFile(file);
  return text && text->find(kInclude) != text->npos;
}

// What tests read is no source of any target.
bool IsTestdata(const fs::path& file) {
  return std::find(file.begin(), file.end(), "testdata") != file.end();
}

}  // namespace

std::vector<std::string> LockingSources(const fs::path& root) {
  std::vector<std::string> sources;
  std::error_code error;
  fs::recursive_directory_iterator entry(root / "tools", error);
  for (; !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    const fs::path& file = entry->path();
    const fs::path name = file.lexically_relative(root);
    if (name.extension() != ".cc" || IsTestdata(name)) continue;
    if (SaysWhatLocksGuard(file) ||
        SaysWhatLocksGuard(fs::path(file).replace_extension(".h"))) {
      sources.push_back(name.string());
    }
  }
  std::sort(sources.begin(), sources.end());
  return sources;
}

}  // namespace workbook
