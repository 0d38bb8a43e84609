// SPDX-License-Identifier: Apache-2.0

// The disk cache that the gate gives to Bazel; disk_cache.sh decides on it.
#ifndef WORKBOOK_TOOLS_AUTHORING_DISK_CACHE_H_
#define WORKBOOK_TOOLS_AUTHORING_DISK_CACHE_H_

#include <filesystem>
#include <string>
#include <vector>

namespace workbook {

struct DiskCache {
  std::string folder;                 // for --disk_cache; empty: none
  std::vector<std::string> warnings;  // why there is none, and the fix
};

// Asks for the folder of this machine's compilers and packages, and makes it.
// Cost: 0.2 s. Thread safety: any thread.
// On failure: no folder, and a warning.
DiskCache FindDiskCache(const std::filesystem::path& root);

// Removes what was unused for longest, down to the bound.
// Cost: a look at each file. On failure: nothing, the next time has more to do.
void PruneDiskCache(const std::filesystem::path& root);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_DISK_CACHE_H_
