// SPDX-License-Identifier: Apache-2.0

// Counts the instructions of a benchmark's loop: a count that is the same on a
// busy machine, and needs neither a tool nor a permission.
#ifndef WORKBOOK_EXERCISES_03_06_TESTING_INSTRUCTIONS_H_
#define WORKBOOK_EXERCISES_03_06_TESTING_INSTRUCTIONS_H_

#include <cstdint>

namespace workbook {

// Whether this program's instructions can be counted: on x86-64, and without a
// sanitizer, which adds its own and reads the clock when it allocates.
bool CanCountInstructions();

// More are not counted: an instruction that is takes a microsecond, on a busy
// virtual machine two hundred.
inline constexpr std::int64_t kMaxInstructions = 20'000;

// Counts from the first reading of the clock after construction until Stop(),
// on this thread. So what a benchmark prepares before it reads the clock is not
// counted, and what it times is.
//
// The processor's trap flag makes every instruction raise SIGTRAP, and a signal
// handler counts them. testing defines clock_gettime for the whole program, and
// sets the flag there.
// Thread safety: one counter at a time in the process.
class InstructionCounter {
 public:
  InstructionCounter();
  ~InstructionCounter() { Stop(); }
  InstructionCounter(const InstructionCounter&) = delete;
  InstructionCounter& operator=(const InstructionCounter&) = delete;

  // Returns the instructions, at most kMaxInstructions, with a few of the
  // benchmark library's; -1 where no clock was read.
  std::int64_t Stop();
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_TESTING_INSTRUCTIONS_H_
