// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <string_view>

#include "tools/authoring/page/source.h"
#include "tools/text/text_file.h"

namespace workbook {

SourceText ReadOutput(const std::filesystem::path& root,
                      std::string_view source) {
  const std::string file(source);
  if (!file.starts_with("chapters/") || !file.ends_with(".txt") ||
      file.find("..") != file.npos) {
    return {false,
            {},
            "includes `" + file + "`, which no command wrote",
            "write `chapters/tools/NAME.txt`"};
  }
  const auto text = ReadTextFile(root / file);
  if (!text) {
    return {false,
            {},
            file + " can't be read",
            "chapters/tools/record.sh chapters/tools, or correct the path"};
  }
  return {true, *text, {}, {}};
}

}  // namespace workbook
