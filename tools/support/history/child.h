// SPDX-License-Identifier: Apache-2.0

// A child process for what may crash or never return, and what it leaves
// behind.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_CHILD_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_CHILD_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace workbook::history {

// A configuration and calls, both by number: a lower number is simpler.
struct History {
  std::uint8_t config = 0;
  std::vector<std::uint8_t> calls{};
};

enum class Verdict : std::uint8_t {
  kPassed,
  kWrong,       // a check of the description
  kCrashed,     // a signal, a sanitizer or abort()
  kHangs,       // a call does not return
  kNotWritten,  // it reached a Todo
  kGone,        // the program that answers has ended: nothing is known
};

// How a history ended.
struct Outcome {
  Verdict verdict = Verdict::kPassed;
  History history;       // what was made of it, up to the call that failed
  bool at_end = false;   // it failed in the destruction behind all calls
  std::string sentence;  // what is wrong
  std::string code;      // the C++ expression that shows it, or ""
  std::string expected;  // its value; "" where it has to be true
  std::string type;      // of the drawn object, or ""
  std::string steps;     // see Record
};

inline constexpr std::size_t kMaxCalls = 64;

// Of a child that answers another program (answering.cc): where it is.
enum class Answers : std::uint8_t {
  kNot,
  kIdle,  // nobody asks, so no time counts
  kBusy,
  kWantsFresh,  // it ended, for another
  kNoMore,
};

// Where a run is. It lies in memory that parent and child share.
struct Shared {
  std::uint64_t histories;  // begun since the child was
  std::uint64_t calls;      // into the subject: none for long is a hang
  Answers answering;
  std::uint8_t config;
  std::size_t given_count;  // the history as it was given
  std::uint8_t given[kMaxCalls];
  std::size_t done_count;  // the calls of it that were made
  std::uint8_t done[kMaxCalls];
  bool at_end;
  bool in_check;  // the last call has returned, and Check asks
  Verdict verdict;
  int complete_cost;  // of the enumeration: no history up to it fails
  char sentence[512];
  char code[256];
  char expected[128];
  char type[256];
  char todo[256];  // the first Todo that was met
  std::size_t steps_bytes;
  char steps[std::size_t{1} << 16];
};

// Returns what the processes share; mapped by the first call.
// Thread safety: the first call on one thread.
Shared& State();

// Ends the child: the history has failed, for this reason. In a process that is
// no child it prints the sentence and aborts, for a debugger.
[[noreturn]] void Fail(const std::string& sentence);

// The same where the C++ expression `code` shows it in a test: it should have
// the value `expected`, or be true where that is "".
[[noreturn]] void FailAt(const std::string& code, const std::string& expected,
                         const std::string& sentence);

// The same with another verdict.
[[noreturn]] void EndAs(Verdict verdict, const std::string& sentence);

// Thrown at a Todo, for the search; nothing else catches it.
struct NotWritten {};

// Called in the child when it has failed, for a last picture.
extern void (*on_failure)();

// Tells the parent which type the drawn object has, by its mangled name.
void NameType(const char* mangled);

// For how long all threads of a child may sleep before that is a hang.
extern std::chrono::milliseconds longest_sleep;

// Appends to the record of the steps while a history is played.
void Record(const std::string& text);
extern bool is_played;

// Whether each check is a line of the program, too, when it is first made.
extern bool lists_checks;

// Runs `body` in a child and says how its last history ended. Children of one
// search share the pipe of stderr: what abort() prints is in the sentence.
// Cost: a fork; 0.3 s of processor time more for a hang, and a second for one
// that sleeps.
// Thread safety: one thread of the process, which has no other.
// On failure: aborts where the system has no process or no memory left.
Outcome RunInChild(const std::function<void()>& body);

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_CHILD_H_
