// Counts the instructions that a piece of code executes: a count that is the
// same on a busy machine, and needs neither a tool nor a permission.
#ifndef WORKBOOK_EXERCISES_03_06_TESTING_INSTRUCTIONS_H_
#define WORKBOOK_EXERCISES_03_06_TESTING_INSTRUCTIONS_H_

#include <cstdint>

namespace workbook {

// Whether this processor can be counted on: x86-64.
bool CanCountInstructions();

// Counts from construction until Stop(), on this thread.
//
// The processor's trap flag makes every instruction raise SIGTRAP, and a signal
// handler counts them. So an instruction costs a microsecond or twenty: count
// thousands, not millions.
// Thread safety: one counter at a time in the process.
class InstructionCounter {
 public:
  InstructionCounter();
  ~InstructionCounter() { Stop(); }
  InstructionCounter(const InstructionCounter&) = delete;
  InstructionCounter& operator=(const InstructionCounter&) = delete;

  // Returns the instructions since construction, with a few of its own.
  std::int64_t Stop();
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_TESTING_INSTRUCTIONS_H_
