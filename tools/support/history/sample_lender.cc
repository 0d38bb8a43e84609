// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/sample_lender.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <thread>

#include "tools/exercise/todo.h"

namespace workbook::history {
namespace {

// The compiler sees none of what these do wrong.
volatile std::size_t sixteen = 16;
int* volatile null = nullptr;
volatile bool forever = true;

// For programs that cannot be compiled with a fault each.
Fault OfTheEnvironment() {
  const char* const number = std::getenv("WORKBOOK_SAMPLE_FAULT");
  return number == nullptr ? Fault::kNone
                           : static_cast<Fault>(std::atoi(number));
}

int CallItself(int depth) {
  volatile char frame[256] = {};
  frame[0] = static_cast<char>(depth);
  return forever ? CallItself(depth + 1) + frame[0] : depth;
}

}  // namespace

Lender::Lender(Fault fault)
    : fault_(fault == Fault::kNone ? OfTheEnvironment() : fault) {}

void Lender::NotWrittenYet() const noexcept {
  if (forever) Todo("01_02 task 1: Lender::Take");
}

void Lender::Misbehave() {
  if (Has(Fault::kReadsNull)) count_ += static_cast<std::size_t>(*null);
  while (Has(Fault::kSpins) && forever) ++count_;
  while (Has(Fault::kWaits) && forever) {
    std::this_thread::sleep_for(std::chrono::seconds(3));
  }
  if (Has(Fault::kCallsItself)) CallItself(0);
  if (Has(Fault::kAborts)) {
    std::fprintf(stderr, "lender.cc:7: the block is not lent\n");
    std::abort();
  }
  if (Has(Fault::kOverruns)) static_cast<char*>(newest_)[sixteen] = 1;
  if (Has(Fault::kScribbles)) static_cast<char*>(newest_)[sixteen - 1] = 1;
  if (Has(Fault::kEndsInTodo)) NotWrittenYet();
}

std::size_t Lender::Count() const {
  if (count_ == 2) {
    if (Has(Fault::kCountReadsNull)) return static_cast<std::size_t>(*null);
    while (Has(Fault::kCountSpins) && forever) {
    }
  }
  return count_;
}

void* Lender::Take() {
  static int taken = 0;
  if (Has(Fault::kFailsLater) && ++taken > 100) return nullptr;
  if (Has(Fault::kSeventhIsNull) && count_ == 6) return nullptr;
  if (Has(Fault::kLendsAgain) && count_ == 1) return newest_;
  if (count_ == 1) Misbehave();
  void* const block = std::malloc(sixteen);
  if (block == nullptr) {
    if (Has(Fault::kSwallowsRefusal)) return nullptr;
    throw std::bad_alloc();
  }
  newest_ = block;
  const bool forgets =
      Has(Fault::kForgetsSecond) || Has(Fault::kForgetsAndGiveIsNotWritten);
  if (!forgets || count_ != 1) ++count_;
  return block;
}

void Lender::Give(void* block) {
  if (Has(Fault::kGiveIsNotWritten) ||
      Has(Fault::kForgetsAndGiveIsNotWritten)) {
    Todo("01_02 task 1: Lender::Give");
  }
  --count_;
  if (Has(Fault::kLeaks)) return;
  auto* const volatile freed = static_cast<char*>(block);
  std::free(block);
  if (Has(Fault::kWritesFreed)) freed[0] = 1;
  if (Has(Fault::kFreesTwice)) std::free(freed);
}

}  // namespace workbook::history
