// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "tools/support/history/asking.h"
#include "tools/support/history/description.h"
#include "tools/support/history/picture.h"

namespace workbook::history {
namespace {

const Subject* subject_at_work = nullptr;

}  // namespace

void BeginHistory(const History& history) {
  Shared& state = State();
  ++state.histories;
  state.config = history.config;
  state.given_count = std::min(history.calls.size(), kMaxCalls);
  std::copy_n(history.calls.begin(), state.given_count, state.given);
  state.done_count = 0;
  state.at_end = false;
  state.in_check = false;
  if (is_asking) {
    Asking::BeginHistory();
  } else {
    arena.Reset();
  }
}

void SetSubject(const Subject* subject) {
  if (is_asking) return;  // another process has it
  subject_at_work = subject;
  on_failure = [] {
    if (subject_at_work != nullptr) Record(Picture(*subject_at_work));
  };
}

// Not inlined: a debugger stops here before the call that fails.
[[gnu::noinline]] void BeforeLastCall() { asm volatile(""); }

void BeginCall(std::uint8_t letter, bool is_last) {
  State().done[State().done_count++] = letter;
  if (is_last) BeforeLastCall();
}

void DropCall() { --State().done_count; }

void BeginEnd() {
  State().at_end = true;
  if (is_played) Record("\n> // the end: what is left is destroyed\n");
  BeforeLastCall();
}

void AfterCall(const Subject& subject) {
  if (is_asking) return subject.LookElsewhere();
  arena.CheckGuards();
  subject.CheckContents();
  if (is_played && !lists_checks) Record(Picture(subject));
}

void AfterEnd(const Subject& subject) {
  if (is_asking) {
    subject.LookElsewhere();
  } else {
    arena.CheckGuards();
  }
  if (arena.LiveBytes() != 0) {
    Fail(Text(arena.LiveBytes(), " bytes were never given back to the heap"));
  }
}

}  // namespace workbook::history
