// SPDX-License-Identifier: Apache-2.0

// Where `reset` finds the stubs: the course makes them from its references, a
// copy without references brings them along.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_PRISTINE_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_PRISTINE_H_

#include <filesystem>
#include <optional>
#include <string>

#include "tools/course/exercise.h"

namespace workbook::cli {

struct PristineFile {
  std::filesystem::path source;  // what it is made of
  std::optional<std::string> text;
  std::string message;  // where there is no text: why
};

// `file`, a name out of the exercise's manifest, as it was at the beginning.
// Cost: reads a few files.
// On failure: no text, and the message; nothing is thrown.
PristineFile ReadPristine(const std::filesystem::path& root,
                          const Exercise& exercise, const std::string& file);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_PRISTINE_H_
