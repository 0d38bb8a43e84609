// SPDX-License-Identifier: Apache-2.0

// Compiles what the learner has edited, with Bazel's own command.
#ifndef WORKBOOK_TOOLS_WORKBOOK_DIRECT_COMPILE_H_
#define WORKBOOK_TOOLS_WORKBOOK_DIRECT_COMPILE_H_

#include <filesystem>
#include <set>
#include <string>

#include "tools/workbook/direct/plan.h"

namespace workbook::direct {

// Whether `source` or its object is not what was last compiled.
bool HasChanged(const Source& source);

struct Compiled {
  bool built = false;
  std::filesystem::path errors;  // what the compiler said, where it failed
  // It reads a file of the workspace that it did not read before: whether it
  // may, only Bazel knows.
  bool is_bazels = false;
  std::vector<FileState> new_inputs;  // of the system
};

// Compiles into `scratch` and brings `source` up to date; a source that was
// saved meanwhile is one that has changed.
// Thread safety: any thread, another source each. On failure: not built.
Compiled Compile(const std::string& execution_root,
                 const std::filesystem::path& scratch,
                 const std::set<std::string>& known_inputs, Source& source);

// A program of Bazel's actions: with what they see of the environment.
Words InBazelsEnvironment(const Words& command);

}  // namespace workbook::direct

#endif  // WORKBOOK_TOOLS_WORKBOOK_DIRECT_COMPILE_H_
