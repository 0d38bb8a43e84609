// SPDX-License-Identifier: Apache-2.0

// What an author writes once for a stateful type, and what the search makes of
// it. README.md shows an example.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_DESCRIPTION_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_DESCRIPTION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "tools/support/history/arena.h"
#include "tools/support/history/child.h"
#include "tools/support/history/subject.h"

namespace workbook::history {

// One kind of call with `arguments` variants, 0 the simplest. `run` returns
// false, and has done nothing, where the call is not allowed. Histories are
// tried by the sum of their costs: what is harder to read than two plain calls
// costs more than they do.
template <class S>
struct CallKind {
  int arguments;
  bool (S::*run)(int argument);
  int cost = 1;
};

// A description without its type.
struct Machine {
  // Runs a history from its beginning. `drop` leaves out what is not allowed;
  // without it the run ends there. Returns the index of the call that was not
  // allowed; kNotStarted if the configuration is not; else kAllAllowed.
  int (*run)(const History& history, bool drop);
  int configs;
  std::uint64_t histories;              // that a search enumerates
  std::array<std::uint8_t, 256> costs;  // of each letter; 0 behind the last
  std::array<bool, 256> has_simpler;    // the letter before is the same call
  const char* header;                   // of the subject: "01_02/pool.h"
  const char* preamble;                 // of a test, behind its includes
};
inline constexpr int kAllAllowed = 1000;
inline constexpr int kNotStarted = -1;

// How the engine follows a run.
void BeginHistory(const History& history);
void BeginCall(std::uint8_t letter, bool is_last);
void DropCall();  // it was not allowed, and not made
void BeginEnd();
void AfterCall(const Subject& subject);
void AfterEnd(const Subject& subject);
void SetSubject(const Subject* subject);

// A description is a class derived from Subject with
//   kConfigs     the number of configurations
//   kCalls       a table of CallKind
//   Start(i)     makes the subject of configuration i
//   Check()      what holds after each call
//   CanEnd()     whether the subject may be destroyed now
//   End()        destroys it; the heap must then be empty
// and, where a history takes long, with
//   kHistories   how many are enumerated; else 40,000
template <class S>
int Run(const History& history, bool drop) {
  BeginHistory(history);
  S subject;
  SetSubject(&subject);
  const auto check = [&subject] {
    State().in_check = true;
    try {
      subject.Check();
    } catch (NotWritten) {
    }
    State().in_check = false;
    AfterCall(subject);
  };
  int refused = kAllAllowed;
  try {
    refused = kNotStarted;
    subject.Start(history.config);
    check();
    for (std::size_t i = 0; i != history.calls.size(); ++i) {
      const std::uint8_t letter = history.calls[i];
      int argument = letter;
      const CallKind<S>* kind = std::begin(S::kCalls);
      while (argument >= kind->arguments) argument -= (kind++)->arguments;
      refused = static_cast<int>(i);
      BeginCall(letter, i + 1 == history.calls.size());
      if ((subject.*kind->run)(argument)) {
        check();
      } else if (drop) {
        DropCall();
      } else {
        SetSubject(nullptr);
        return refused;
      }
    }
    refused = kAllAllowed;
    if (subject.CanEnd()) {
      BeginEnd();
      subject.End();
      AfterEnd(subject);
    }
  } catch (NotWritten) {
  }
  SetSubject(nullptr);
  return refused;
}

template <class S>
constexpr Machine MachineOf(const char* header, const char* preamble) {
  Machine machine{&Run<S>, S::kConfigs, 40'000, {}, {}, header, preamble};
  if constexpr (requires { S::kHistories; }) machine.histories = S::kHistories;
  std::size_t letter = 0;
  for (const CallKind<S>& kind : S::kCalls) {
    for (int i = 0; i != kind.arguments; ++i, ++letter) {
      machine.costs[letter] = static_cast<std::uint8_t>(kind.cost);
      machine.has_simpler[letter] = i != 0;
    }
  }
  return machine;
}

// The description that the program holds.
const Machine& TheMachine();

}  // namespace workbook::history

// Makes `Description` that of the program. `header` is what a test of the
// subject includes; `preamble` is what it includes besides, and what it defines
// before its body, in namespace workbook.
#define WORKBOOK_CASE(Description, header, preamble)                  \
  const workbook::history::Machine& workbook::history::TheMachine() { \
    static constexpr auto machine =                                   \
        workbook::history::MachineOf<Description>(header, preamble);  \
    return machine;                                                   \
  }

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_DESCRIPTION_H_
