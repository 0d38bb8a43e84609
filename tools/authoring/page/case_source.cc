// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <string_view>

#include "tools/authoring/page/markdown.h"
#include "tools/authoring/page/source.h"
#include "tools/text/text_file.h"

namespace workbook {

SourceText ReadCase(const std::filesystem::path& root,
                    std::string_view source) {
  const std::size_t hash = source.find('#');
  const std::string file(source.substr(0, hash));
  if (hash == source.npos || !file.starts_with("docs/cases/")) {
    return {false,
            {},
            "includes `" + std::string(source) + "`, which is no case",
            "write `docs/cases/NN_MM.md#MUTANT`"};
  }
  const std::string heading = "## " + std::string(source.substr(hash + 1));
  const auto text = ReadTextFile(root / file);
  if (!text) {
    return {false,
            {},
            file + " can't be read",
            "bazel run //tools/authoring:cases, or correct the path"};
  }
  SourceText found{true, {}, {}, {}};
  bool is_under = false;
  bool is_inside = false;
  for (const std::string_view line : SplitLines(*text)) {
    if (is_inside && ClosesFence(line, 3)) return found;
    if (is_inside) {
      found.text += std::string(line) + "\n";
    } else if (line.starts_with("## ")) {
      is_under = line == heading;
    } else {
      is_inside = is_under && FenceLength(line) != 0;
    }
  }
  return {false,
          {},
          file + " has no case under the heading " + heading.substr(3),
          "write the name of a mutant that becomes one"};
}

}  // namespace workbook
