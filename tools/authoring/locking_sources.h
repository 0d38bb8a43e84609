// Which sources of tools/ lock, and so are worth a second compiler's time.
#ifndef WORKBOOK_TOOLS_AUTHORING_LOCKING_SOURCES_H_
#define WORKBOOK_TOOLS_AUTHORING_LOCKING_SOURCES_H_

#include <filesystem>
#include <string>
#include <vector>

namespace workbook {

// Lists the .cc files below tools/ that include thread_annotations.h, or whose
// header of the same stem does: "tools/grade/ledger.cc", in order.
// Cost: reads the sources of tools/, once each.
// Thread safety: any thread.
// On failure: a file that can't be read is left out; nothing is thrown.
std::vector<std::string> LockingSources(const std::filesystem::path& root);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_LOCKING_SOURCES_H_
