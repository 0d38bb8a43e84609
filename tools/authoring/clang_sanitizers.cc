// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/clang_sanitizers.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {

bool ClangSanitizes() {
  const ProcessResult asked = RunProcess({"clang++", "-print-runtime-dir"});
  if (!asked.ExitedWith(0)) return false;
  const std::vector<std::string> files = FileNames(TrimSpace(asked.output), "");
  return std::any_of(files.begin(), files.end(), [](const std::string& name) {
    return name.starts_with("libclang_rt.asan_cxx");
  });
}

}  // namespace workbook
