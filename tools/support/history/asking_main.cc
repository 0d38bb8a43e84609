// SPDX-License-Identifier: Apache-2.0

// The program that asks: NAME_asker. It has the description of NAME compiled
// over the reference's headers, and talks with a program that answers.
//
//   NAME_asker [--seed N] [--enumerated N] [--random N]
//
// Reads answers from descriptor 3 and writes questions to 4. Prints one line,
// "passed HISTORIES SECONDS", "failed HISTORIES SECONDS" or, where nothing
// answers any more, "ended HISTORIES SECONDS"; behind "failed" what fails.
// Exit codes: 0 it has a result, 2 misuse.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/history/asking.h"
#include "tools/support/history/case_text.h"
#include "tools/support/history/child.h"
#include "tools/support/history/description.h"
#include "tools/support/history/search.h"
#include "tools/support/history/subject.h"

namespace workbook::history {
namespace {

// Of a machine that does much else; whoever asks is bounded by the jail.
constexpr std::chrono::milliseconds kLongestSilence{10'000};

bool ReadBudget(const std::vector<std::string_view>& words, Budget& budget) {
  if (words.size() % 2 != 0) return false;
  for (std::size_t i = 0; i != words.size(); i += 2) {
    const auto value = static_cast<std::uint64_t>(
        std::strtoull(std::string(words[i + 1]).c_str(), nullptr, 10));
    if (value == 0) return false;
    if (words[i] == "--seed") {
      budget.seed = value;
    } else if (words[i] == "--enumerated") {
      budget.enumerated = value;
    } else if (words[i] == "--random") {
      budget.random = value;
    } else {
      return false;
    }
  }
  return true;
}

std::string WhyFailed(const Found& found) {
  if (found.found) return ShowCase(found.outcome, 0);
  if (!found.todo.empty()) return found.todo + "\n";
  if (!found.complete) {
    return "It fails in histories that pass when nothing ran before them: it "
           "keeps state outside of its object.\n";
  }
  return "";
}

int Main(const std::vector<std::string_view>& words) {
  Budget budget{.seconds = 1e6, .skips_unrepeated = true};
  if (!ReadBudget(words, budget)) {
    std::fputs("Fix: NAME_asker [--seed N] [--enumerated N] [--random N].\n",
               stderr);
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  is_asking = true;
  longest_sleep = kLongestSilence;
  const Found found = Search(TheMachine(), budget);
  const bool ended = found.gone && !found.found && found.todo.empty();
  const std::string why = ended ? "" : WhyFailed(found);
  std::printf("%s %llu %.3f\n%s",
              ended         ? "ended"
              : why.empty() ? "passed"
                            : "failed",
              static_cast<unsigned long long>(found.histories), found.seconds,
              why.c_str());
  return 0;
}

}  // namespace
}  // namespace workbook::history

int main(int count, char** arguments) {
  return workbook::history::Main({arguments + 1, arguments + count});
}
