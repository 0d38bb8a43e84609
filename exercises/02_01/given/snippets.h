// SPDX-License-Identifier: Apache-2.0

// Pieces of code as they stand in any program: what does each one allocate? The
// sixteen predictions ask, the probe answers.
#ifndef WORKBOOK_EXERCISES_02_01_GIVEN_SNIPPETS_H_
#define WORKBOOK_EXERCISES_02_01_GIVEN_SNIPPETS_H_

#include <span>
#include <string_view>

namespace workbook {

struct Snippet {
  std::string_view name;
  void (*run)();
};

// Returns the sixteen snippets in the order of the predictions, and behind them
// new_and_delete, which no prediction asks for: compilers may remove it whole.
// What they read was allocated before; what they allocate dies in them.
// Cost: none; the snippets are constants.
// Thread safety: any thread.
std::span<const Snippet> Snippets();

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_01_GIVEN_SNIPPETS_H_
