// SPDX-License-Identifier: Apache-2.0

// Whole files as text, the lines of a text, and the files of a folder.
#ifndef WORKBOOK_TOOLS_TEXT_TEXT_FILE_H_
#define WORKBOOK_TOOLS_TEXT_TEXT_FILE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace workbook {

// The bytes of the file, or nothing where it can't be read or is no file.
std::optional<std::string> ReadTextFile(const std::filesystem::path& path);

// Puts `text` in the place of the file in one step: writes a temporary file
// next to it, syncs that to the disk and renames it, so that a reader, or a
// machine that loses power, sees the old text or the new, never a part.
// REQUIRES: the folder is there.
// Cost: two syncs of the disk.
// On failure: returns why; the old file is untouched, the temporary one gone.
[[nodiscard]] std::error_code ReplaceTextFile(const std::filesystem::path& path,
                                              std::string_view text);

// `text` without line ends; the last line may lack one. The views are of
// `text`.
std::vector<std::string_view> SplitLines(std::string_view text);

// The pieces of `text` that each end with `end`, which is left out; what is
// behind the last one is no piece.
std::vector<std::string> PiecesEndedBy(char end, std::string_view text);

// `text` without the blanks and line ends around it.
std::string_view TrimSpace(std::string_view text);

// `text` with its ASCII letters in lower case.
std::string Lower(std::string_view text);

// The 1-based number of the first line that begins with `start`, or 0.
int LineThatStartsWith(std::string_view text, std::string_view start);

// The names of the regular files in `folder` that end with `ending`, sorted.
std::vector<std::string> FileNames(const std::filesystem::path& folder,
                                   std::string_view ending);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TEXT_TEXT_FILE_H_
