// SPDX-License-Identifier: Apache-2.0

#include "tools/course/components.h"

#include "tools/text/text_file.h"

namespace workbook {

std::set<std::string> ComponentsWithThreads(std::string_view components_bzl) {
  constexpr std::string_view kOpening = "\": component(";
  std::set<std::string> stems;
  std::string stem;
  for (std::string_view line : SplitLines(components_bzl)) {
    line = TrimSpace(line);
    const std::size_t quote = line.find(kOpening);
    if (line.starts_with('"') && quote != std::string_view::npos) {
      stem = line.substr(1, quote - 1);
    }
    if (!stem.empty() && !line.starts_with('#') &&
        line.find("threads = True") != std::string_view::npos) {
      stems.insert(stem);
    }
  }
  return stems;
}

std::set<std::string> ComponentsWithThreads(const std::filesystem::path& root,
                                            const Exercise& exercise) {
  const auto text = ReadTextFile(root / exercise.folder / "components.bzl");
  return ComponentsWithThreads(text.value_or(""));
}

}  // namespace workbook
