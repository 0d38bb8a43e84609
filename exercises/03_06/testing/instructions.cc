#include "exercises/03_06/testing/instructions.h"

#include <csignal>

namespace workbook {
namespace {

volatile std::int64_t instructions = 0;

void CountOne(int) { instructions = instructions + 1; }

// Bit 8 of the flags is the trap flag; all others stay as they are. The stack
// below the pointer belongs to the compiler's red zone, hence the lea.
#if defined(__x86_64__)
void SetTrapFlag() {
  asm volatile(
      "lea -128(%%rsp), %%rsp\n\tpushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\t"
      "lea 128(%%rsp), %%rsp"
      :
      :
      : "cc", "memory");
}
void ClearTrapFlag() {
  asm volatile(
      "lea -128(%%rsp), %%rsp\n\tpushfq\n\tandl $~0x100, (%%rsp)\n\tpopfq\n\t"
      "lea 128(%%rsp), %%rsp"
      :
      :
      : "cc", "memory");
}
#else
void SetTrapFlag() {}
void ClearTrapFlag() {}
#endif

}  // namespace

bool CanCountInstructions() {
#if defined(__x86_64__)
  return true;
#else
  return false;
#endif
}

InstructionCounter::InstructionCounter() {
  struct sigaction action = {};
  action.sa_handler = CountOne;
  sigaction(SIGTRAP, &action, nullptr);
  instructions = 0;
  SetTrapFlag();
}

std::int64_t InstructionCounter::Stop() {
  ClearTrapFlag();
  return instructions;
}

}  // namespace workbook
