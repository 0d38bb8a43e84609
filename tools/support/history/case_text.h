// SPDX-License-Identifier: Apache-2.0

// A case as people read it, as a test, and as a row of a table.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_CASE_TEXT_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_CASE_TEXT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/history/child.h"
#include "tools/support/history/description.h"
#include "tools/support/history/search.h"

namespace workbook::history {

// A line of the program, and the picture after it.
struct Step {
  std::string line;
  std::string picture;  // lines, each with its break
};

// Reads what Record kept.
std::vector<Step> StepsOf(const Outcome& outcome);

// Returns "WRONG: a is nullptr".
std::string VerdictText(const Outcome& outcome);

// Returns the program, the sentence and the pictures of the last `steps` steps.
std::string ShowCase(const Outcome& outcome, std::size_t steps);

// Returns what was searched in vain.
std::string ShowNothing(const Found& found, const Budget& budget);

// Returns a source with one GoogleTest test, `suite`.`name`: the program, and
// the check that fails where it is an expression.
std::string ShowTest(const Outcome& outcome, const Machine& machine,
                     std::string_view suite, std::string_view name);

// Returns a source of tests that make each call of the description, and each of
// its checks, in random histories: what they name has to compile.
std::string ShowEachCall(const Machine& machine);

// A history as an argument: "2:0,3,0". ReadHistory returns nothing where `text`
// is none, or names what `machine` does not have.
std::string HistoryText(const History& history);
std::optional<History> ReadHistory(std::string_view text,
                                   const Machine& machine);

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_CASE_TEXT_H_
