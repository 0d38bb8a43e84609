// Whole text files, read and replaced in one step.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TEXT_FILE_H_
#define WORKBOOK_TOOLS_WORKBOOK_TEXT_FILE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/workbook/problem.h"

namespace workbook::cli {

// The bytes of `path`, or nullopt when it cannot be read.
std::optional<std::string> ReadTextFile(const std::filesystem::path& path);

// Makes `path` hold `text`: writes a temporary file next to it, syncs it to the
// disk and renames it, so that a reader, or a machine that loses power, sees
// the old text or the new one and never a part. Makes missing folders.
// On failure: the old file is untouched and the temporary one removed.
std::optional<Problem> WriteTextFile(const std::filesystem::path& path,
                                     std::string_view text);

// `text` without line ends; the last line may lack one.
std::vector<std::string_view> SplitLines(std::string_view text);

std::string_view TrimSpace(std::string_view text);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TEXT_FILE_H_
