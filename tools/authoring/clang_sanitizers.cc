#include "tools/authoring/clang_sanitizers.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {

bool ClangSanitizes() {
  const ProcessResult asked = RunProcess({"clang++", "-print-runtime-dir"});
  if (!asked.ExitedWith(0)) return false;
  std::error_code none;
  const std::filesystem::directory_iterator files(
      std::string(TrimSpace(asked.output)), none);
  return std::any_of(begin(files), end(files), [](const auto& file) {
    return file.path().filename().string().starts_with("libclang_rt.asan_cxx");
  });
}

}  // namespace workbook
