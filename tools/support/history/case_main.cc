// SPDX-License-Identifier: Apache-2.0

// The program of a description: NAME_case.
//
//   NAME_case                 finds the shortest case and shows its end
//   NAME_case --raw           the same for programs, with all steps
//   NAME_case --test NAME     the case as a test
//   NAME_case --play HISTORY  shows all of a history, "2:0,3,0"
//   NAME_case --here HISTORY  runs it in this process, for a debugger
//   NAME_case --mutant PATCH  whether the fault becomes a case, as it should
//   NAME_case --stub          whether a Todo is met and no case is found
//   NAME_case --each-call     tests that name all that a case may name
// Before these: --seconds N, --seed N, and how many histories are tried,
// --enumerated N and --random N.
// Exit codes: 0 nothing found, 1 a case, 2 misuse, 3 a Todo was met.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/history/case_text.h"
#include "tools/support/history/description.h"
#include "tools/support/history/legend.h"
#include "tools/support/history/search.h"
#include "tools/support/history/subject.h"

namespace workbook::history {
namespace {

constexpr int kNothing = 0;
constexpr int kCase = 1;
constexpr int kMisuse = 2;
constexpr int kToWrite = 3;
constexpr std::size_t kMostCalls = 8;
constexpr std::size_t kShownSteps = 2;

int Misuse(const std::string& what) {
  std::fprintf(stderr,
               "%s. Fix: give nothing, or --raw, --test NAME, --play HISTORY, "
               "--here HISTORY, --mutant PATCH, --stub or --each-call.\n",
               what.c_str());
  return kMisuse;
}

void Print(const std::string& text) { std::fputs(text.c_str(), stdout); }

// A line of a patch's head: "No case: REASON", "Long case: REASON".
std::string LineOf(const std::string& patch, const std::string& label) {
  std::ifstream lines(patch);
  for (std::string line; std::getline(lines, line) && !line.empty();) {
    if (line.starts_with(label)) return line.substr(label.size());
  }
  return "";
}

// A folder of this machine that `text` names, or "": docs/cases would differ
// from one machine to the next.
std::string FolderOfTheMachine(const std::string& text) {
  const char* const temporary = std::getenv("TEST_TMPDIR");
  for (const std::string& folder :
       {std::filesystem::current_path().string(),
        std::string(temporary == nullptr ? "" : temporary),
        std::string("/tmp/")}) {
    if (folder.size() > 1 && text.find(folder) != std::string::npos) {
      return folder;
    }
  }
  return "";
}

// Prints "row<tab>calls<tab>histories<tab>seconds<tab>sentence" for the table
// of docs/cases.md, and the case.
int ProveMutant(const std::string& patch, const Found& found) {
  const std::size_t calls = found.outcome.history.calls.size();
  const std::string reason = LineOf(patch, "No case: ");
  if (!found.found && !reason.empty()) {
    Print(Text("row\t\t", found.histories, "\t", found.seconds,
               "\tno case: ", reason, "\n"));
    return 0;
  }
  if (!found.found) {
    Print(Text(patch,
               ": no history of calls fails. Fix: let the description "
               "ask for what the mutant breaks, or add the line `No "
               "case: REASON` to the patch.\n"));
    return 1;
  }
  const std::string shown = ShowCase(found.outcome, kShownSteps);
  Print(Text("row\t", calls, "\t", found.histories, "\t", found.seconds, "\t",
             VerdictText(found.outcome), "\n", shown));
  const std::string folder = FolderOfTheMachine(shown);
  if (!folder.empty()) {
    Print(Text(patch, ": the case names ", folder,
               ", a folder of this machine. Fix: let the description give its "
               "subject a path that is relative.\n"));
    return 1;
  }
  if (!reason.empty()) {
    Print(Text(patch, ": it has a case. Fix: remove its line `No case: `.\n"));
    return 1;
  }
  if (calls <= kMostCalls || !LineOf(patch, "Long case: ").empty()) return 0;
  Print(Text(patch, ": ", calls, " calls are more than ", kMostCalls,
             ". Fix: let the description ask sooner, make a call of many, or "
             "add the line "
             "`Long case: REASON` to the patch.\n"));
  return 1;
}

int ShowRaw(const Found& found) {
  if (!found.found) {
    Print(found.todo.empty() ? "none\n" : Text("to write\n", found.todo, "\n"));
    return found.todo.empty() ? kNothing : kToWrite;
  }
  const Outcome& outcome = found.outcome;
  Print(Text("case\n", VerdictText(outcome), "\n", HistoryText(outcome.history),
             "\n", outcome.type, "\n", outcome.steps));
  return kCase;
}

int Show(const Found& found, const Budget& budget) {
  if (found.found) {
    Print(ShowCase(found.outcome, kShownSteps));
    Print(std::string("\nHow to read it:\n    <-- here     where it shows; the "
                      "mistake may be in a call before\n") +
          kLegend);
    return kCase;
  }
  Print(ShowNothing(found, budget));
  if (found.todo.empty()) return kNothing;
  Print(found.todo + "\n");
  return kToWrite;
}

int Replay(std::string_view word, const std::string& text) {
  const Machine& machine = TheMachine();
  const auto history = ReadHistory(text, machine);
  if (!history) return Misuse("\"" + text + "\" is no history");
  if (word == "--here") {
    machine.run(*history, true);
    Print("It passes.\n");
    return kNothing;
  }
  const Outcome outcome = Play(machine, *history);
  Print(ShowCase(outcome, kMaxCalls));
  return outcome.verdict == Verdict::kPassed ? kNothing : kCase;
}

// Takes "--seconds N" and its like out of the front of `words`.
bool TakeBudget(std::vector<std::string>& words, Budget& budget) {
  while (words.size() >= 2) {
    const double value = std::atof(words[1].c_str());
    if (words[0] == "--seconds") {
      budget.seconds = value;
    } else if (words[0] == "--seed") {
      budget.seed = static_cast<std::uint64_t>(value);
    } else if (words[0] == "--enumerated") {
      budget.enumerated = static_cast<std::uint64_t>(value);
    } else if (words[0] == "--random") {
      budget.random = static_cast<std::uint64_t>(value);
    } else {
      return true;
    }
    if (value < 1) return false;
    words.erase(words.begin(), words.begin() + 2);
  }
  return true;
}

int Main(std::vector<std::string> words) {
  try {
    throw 1;  // the first throw of a program allocates what it keeps
  } catch (int) {
  }
  Budget budget;
  if (!TakeBudget(words, budget)) return Misuse("a number is at least 1");
  budget = WithNumbers(TheMachine(), budget);
  if (words.empty()) return Show(Search(TheMachine(), budget), budget);
  const bool takes_one =
      words[0] != "--raw" && words[0] != "--stub" && words[0] != "--each-call";
  if (words.size() != (takes_one ? 2u : 1u)) {
    return Misuse("what \"" + words[0] + "\" needs is not there");
  }
  if (words[0] == "--each-call") {
    Print(ShowEachCall(TheMachine()));
    return kNothing;
  }
  if (words[0] == "--play" || words[0] == "--here") {
    return Replay(words[0], words[1]);
  }
  if (words[0] != "--raw" && words[0] != "--test" && words[0] != "--mutant" &&
      words[0] != "--stub") {
    return Misuse("\"" + words[0] + "\" is no option");
  }
  const Found found = Search(TheMachine(), budget);
  if (words[0] == "--stub") {
    return Show(found, budget) == kToWrite ? 0 : 1;
  }
  if (words[0] == "--mutant") return ProveMutant(words[1], found);
  if (words[0] == "--raw" || !found.found) return ShowRaw(found);
  Print(ShowTest(found.outcome, TheMachine(), "MyCases", words[1]));
  return kCase;
}

}  // namespace
}  // namespace workbook::history

int main(int count, char** arguments) {
  return workbook::history::Main({arguments + 1, arguments + count});
}
