// SPDX-License-Identifier: Apache-2.0

// Looks through a finished copy for anything of solutions/, knowing nothing of
// how the copy was made.
#ifndef WORKBOOK_TOOLS_RELEASE_SCAN_H_
#define WORKBOOK_TOOLS_RELEASE_SCAN_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/release/secrets.h"

namespace workbook::release {

struct Finding {
  std::string file;  // in the copy; "a.zip!b/c" for what is in an archive
  int line = 0;      // 0 where there are no lines
  std::string what;  // what was recognised
  std::string fix;

  std::string Text() const;
};

struct ScanLimits {
  // What an archive may unpack to, with all that is in it; a larger one is a
  // finding, because it was not seen whole.
  std::size_t unpacked_bytes = std::size_t{256} << 20;
  int depth = 6;  // of archives in archives
};

// Findings, by file. Looked at: names; symbolic links; whole files and passages
// of solutions/ in text, in UTF-16, and between the bytes of binaries; code of
// the same shape under other names; names of mutants; compiled objects; git's
// folders, packs, bundles and loose objects; archives (tar, zip, 7-Zip, cpio,
// ar) and compressed files (gzip, bzip2, xz, zstd, lz4, zlib), in each other,
// too. Not seen: what is encoded as text (base64) or encrypted - an encrypted
// archive is a finding - and less than a dozen lines of code whose names were
// changed. Cost: about a second for 10 MB; memory for the largest file,
// unpacked. Thread safety: any thread. On failure: what can't be read is a
// finding.
std::vector<Finding> Scan(const std::filesystem::path& folder,
                          const Secrets& secrets,
                          const ScanLimits& limits = {});

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_SCAN_H_
