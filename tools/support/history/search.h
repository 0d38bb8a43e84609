// SPDX-License-Identifier: Apache-2.0

// Finds the shortest history of calls that fails.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_SEARCH_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_SEARCH_H_

#include <cstdint>
#include <functional>
#include <string>

#include "tools/support/history/child.h"
#include "tools/support/history/description.h"

namespace workbook::history {

// Counts, so that a search finds the same on every machine; the seconds are
// only there to end one that a slow subject makes long.
struct Budget {
  std::uint64_t enumerated = 0;  // histories, the cheapest first; 0: the
                                 // machine's number
  std::uint64_t random = 0;      // of kRandomCalls; 0: a sixteenth of these,
                                 // at least 600
  std::uint64_t seed = 1;
  double seconds = 10;
  // Goes on behind a failure that is not repeated; else random ones end there.
  bool skips_unrepeated = false;
};
inline constexpr std::size_t kRandomCalls = 40;

// Returns `budget` with the machine's numbers for those that are 0.
Budget WithNumbers(const Machine& machine, Budget budget);

struct Found {
  bool found = false;
  bool complete = false;        // all were run, but for those behind a failure
  bool gone = false;            // the program that answers ended before that
  Outcome outcome;              // with steps, if found
  std::string todo;             // the first Todo that was met, or ""
  std::uint64_t histories = 0;  // that were run
  std::uint64_t children = 0;
  double seconds = 0;
  int complete_cost = -1;  // no history that costs so much or less fails
};

// Random histories of kRandomCalls calls, allowed or not.
class RandomCalls {
 public:
  RandomCalls(const Machine& machine, std::uint64_t seed)
      : machine_(machine), state_(seed) {}
  History Next();

 private:
  std::uint8_t Below(std::uint64_t bound);

  const Machine& machine_;
  std::uint64_t state_;
};

// Tries all histories by rising cost; then random ones, of which the first that
// fails is shortened. Each failure is repeated in a child of its own: it then
// does not depend on what ran before it.
// Cost: the budget; two children for a failure that enumeration finds, some
// twenty more for one that is shortened.
// On failure: out of time, it returns the shortest that it has.
Found Search(const Machine& machine, const Budget& budget);

// Runs one history, and records its steps.
Outcome Play(const Machine& machine, const History& history);

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_SEARCH_H_
