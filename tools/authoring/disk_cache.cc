// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/disk_cache.h"

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr char kScript[] = "tools/authoring/disk_cache.sh";

ProcessResult RunScript(const std::filesystem::path& root,
                        const std::string& command) {
  return RunProcess({(root / kScript).string(), command});
}

}  // namespace

DiskCache FindDiskCache(const std::filesystem::path& root) {
  DiskCache cache;
  if (!std::filesystem::exists(root / kScript)) return cache;
  const ProcessResult run = RunScript(root, "folder");
  for (const std::string_view line : SplitLines(run.errors)) {
    cache.warnings.emplace_back(line);
  }
  if (run.ExitedWith(0)) {
    cache.folder = TrimSpace(run.output);
  } else {
    cache.warnings.push_back("no disk cache: " + std::string(kScript) + " " +
                             DescribeEnd(run) + ". Fix: run it by hand.");
  }
  return cache;
}

void PruneDiskCache(const std::filesystem::path& root) {
  RunScript(root, "prune");
}

}  // namespace workbook
