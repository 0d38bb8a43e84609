// SPDX-License-Identifier: Apache-2.0

// For tests: a lender of blocks with any one fault, and its description.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_SAMPLE_LENDER_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_SAMPLE_LENDER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "tools/support/history/description.h"

namespace workbook::history {

enum class Fault {
  kNone,
  kForgetsSecond,  // does not count it
  kSeventhIsNull,  // nullptr where seven are lent
  kReadsNull,      // and all below: at the second Take
  kSpins,
  kWaits,
  kCallsItself,
  kAborts,
  kCountReadsNull,  // where two are lent
  kCountSpins,
  kOverruns,
  kWritesFreed,  // at a Give
  kFreesTwice,   // at a Give
  kLeaks,        // at a Give
  kMisaligns,
  kLendsAgain,        // a block that is lent
  kScribbles,         // on a block that is lent
  kSwallowsRefusal,   // nullptr where it should throw std::bad_alloc
  kGiveIsNotWritten,  // a Todo
  kForgetsAndGiveIsNotWritten,
  kEndsInTodo,  // a Todo in a function that may not throw
  kFailsLater,  // by a static variable: not when it runs alone
};

// Lends blocks of 16 bytes from the heap.
class Lender {
 public:
  // kNone: the one whose number $WORKBOOK_SAMPLE_FAULT is, if any.
  explicit Lender(Fault fault);
  void* Take();
  void Give(void* block);
  std::size_t Count() const;

 private:
  bool Has(Fault fault) const { return fault_ == fault; }
  void Misbehave();
  void NotWrittenYet() const noexcept;

  const Fault fault_;
  std::size_t count_ = 0;
  void* newest_ = nullptr;
};

template <Fault kFault>
class LenderCase : public Subject {
 public:
  static constexpr int kConfigs = 1;

  void Start(int) {
    Say("Lender lender(fault);");
    In([](auto& lender) { lender.Make(kFault); }, lender_);
    Draw("lender", lender_);
  }
  bool Take(int) {
    const std::string name = NewName();
    Say("void* ", name, " = lender.Take();");
    void* block = nullptr;
    In(
        &block, [](auto& lender) { return lender->Take(); }, lender_);
    Lend(name, block, 16, kFault == Fault::kMisaligns ? 32 : 16);
    return true;
  }
  bool Give(int k) {
    const auto kth = static_cast<std::size_t>(k);
    if (kth >= LentCount()) return false;
    const Block block = Newest(kth);
    Say("lender.Give(", block.name, ");");
    Return(kth);
    In([](auto& lender, std::byte* given) { lender->Give(given); }, lender_,
       block.begin);
    return true;
  }
  bool TakeWithoutMemory(int) {
    // One fault at a time.
    if (kFault != Fault::kNone && kFault != Fault::kSwallowsRefusal) {
      return false;
    }
    Say("// the system has no memory now");
    RefuseAllocations(1);
    const Thrown thrown = In([](auto& lender) { lender->Take(); }, lender_);
    Expect(thrown == Thrown::kBadAlloc, "", "it must throw std::bad_alloc");
    return true;
  }
  void Check() {
    ExpectEqual("lender.Count()",
                Ask([](auto& lender) { return lender->Count(); }, lender_),
                LentCount());
  }
  bool CanEnd() const { return LentCount() == 0; }
  void End() {
    In([](auto& lender) { lender.End(); }, lender_);
  }

  static constexpr CallKind<LenderCase> kCalls[] = {
      {1, &LenderCase::Take},
      {2, &LenderCase::Give},
      {1, &LenderCase::TakeWithoutMemory, 2}};

 private:
  Object<Lender> lender_;
};

template <Fault kFault>
constexpr Machine LenderMachine() {
  return MachineOf<LenderCase<kFault>>(
      "tools/support/history/sample_lender.h",
      "constexpr auto fault = history::Fault::kNone;\n\n");
}

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_SAMPLE_LENDER_H_
