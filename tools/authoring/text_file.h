// Whole files as text, and lists of the files in a folder.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEXT_FILE_H_
#define WORKBOOK_TOOLS_AUTHORING_TEXT_FILE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace workbook {

// The bytes of the file, or nothing where it can't be read.
std::optional<std::string> ReadTextFile(const std::filesystem::path& path);

// Puts `text` in the place of the file in one step: a reader, or a crash, sees
// the old text or the new, never a part.
// On failure: returns what went wrong, and the old file is there; "" if none.
std::string ReplaceTextFile(const std::filesystem::path& path,
                            const std::string& text);

// The names of the regular files in `folder` that end with `ending`, sorted.
std::vector<std::string> FileNames(const std::filesystem::path& folder,
                                   const std::string& ending);

// The 1-based number of the first line that begins with `start`, or 0.
int LineThatStartsWith(const std::string& text, const std::string& start);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEXT_FILE_H_
