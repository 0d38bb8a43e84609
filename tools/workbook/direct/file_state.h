// SPDX-License-Identifier: Apache-2.0

// Whether a file is still the one that was seen, without reading it.
#ifndef WORKBOOK_TOOLS_WORKBOOK_DIRECT_FILE_STATE_H_
#define WORKBOOK_TOOLS_WORKBOOK_DIRECT_FILE_STATE_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::direct {

// What stat says of a file, links followed. The change time is among it: no
// program can set that, so an older file that is put back (cp -p, git checkout,
// tar) is seen as well as an edit.
struct FileState {
  std::string path;
  std::uint64_t size_bytes = 0;
  std::uint64_t inode = 0;
  std::int64_t modified_ns = 0;  // since the epoch, as the file system has it
  std::int64_t changed_ns = 0;

  bool operator==(const FileState&) const = default;
};

// nullopt: there is no such file. Thread safety: any thread, for all here.
std::optional<FileState> Look(const std::string& path);

// The same, with a state of its own for a file that is not there: it counts as
// changed once it is.
FileState LookOrAbsent(const std::string& path);

bool IsUnchanged(const FileState& state);

// The names of the files below `folder`, sorted, without those that editors
// leave there for a moment: ".x.swp", "x~", "#x#", vim's "4913".
std::vector<std::string> NamesBelow(const std::filesystem::path& folder);

// The time that a file changed now would have, by the clock that stamps files
// in `folder`, once that is later than `changed_ns`: it ticks every few
// milliseconds, and a file that is changed twice in one looks the same.
// Cost: a file made and removed; a tick at most.
// On failure: 0, before everything.
std::int64_t FileClockAfter(std::int64_t changed_ns,
                            const std::filesystem::path& folder);

// What a compiler's -MD file names: the source and all that it includes.
std::vector<std::string> ReadDependencies(std::string_view depfile);

}  // namespace workbook::direct

#endif  // WORKBOOK_TOOLS_WORKBOOK_DIRECT_FILE_STATE_H_
