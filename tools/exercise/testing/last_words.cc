// SPDX-License-Identifier: Apache-2.0

// What a test program adds to the words of GoogleTest and the system, in every
// test: the type of an exception that came out of a test, and whether a crash
// is a stack that ran out. Nothing includes it; it is linked.
#include <cxxabi.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <typeinfo>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WORKBOOK_SANITIZER_TELLS 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WORKBOOK_SANITIZER_TELLS 1
#endif

namespace workbook {
namespace {

std::string Demangled(const char* name) {
  int status = 0;
  char* const text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string demangled = status == 0 ? text : name;
  std::free(text);
  return demangled;
}

// GoogleTest reports an exception from within its handler.
class TellsExceptionType : public testing::EmptyTestEventListener {
  void OnTestPartResult(const testing::TestPartResult& result) override {
    const std::type_info* const type = abi::__cxa_current_exception_type();
    const std::string message = result.message();
    if (type == nullptr || message.find("C++ exception") == std::string::npos) {
      return;
    }
    // `./workbook check` reads it.
    testing::Test::RecordProperty("exception_type", Demangled(type->name()));
  }
};

const bool kTellsExceptionType = [] {
  // The list owns it.
  testing::UnitTest::GetInstance()->listeners().Append(new TellsExceptionType);
  return true;
}();

#ifndef WORKBOOK_SANITIZER_TELLS

std::uintptr_t StackPointer(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RSP]);
#elif defined(__aarch64__)
  return static_cast<std::uintptr_t>(machine.sp);
#else
  (void)machine;
  return 0;
#endif
}

// A frame touches what is close to the stack pointer. Where that faults, there
// is no stack left.
void TellStackOverflow(int, siginfo_t* info, void* context) {
  constexpr std::uintptr_t kNearBytes = std::uintptr_t{64} << 10;
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  const std::uintptr_t pointer = StackPointer(context);
  if (pointer - address + kNearBytes < 2 * kNearBytes) {
    constexpr char kWords[] =
        "the stack ran out: a recursion without an end, or very large local "
        "variables\n";
    // Nothing can be done where even that fails.
    [[maybe_unused]] const auto written =
        write(STDERR_FILENO, kWords, sizeof kWords - 1);
  }
  // The handler is gone: what faulted faults again, and the program ends.
}

// On a stack of its own, since there is no other.
alignas(16) char handler_stack[64 * 1024];

const bool kTellsStackOverflow = [] {
  stack_t stack = {};
  stack.ss_sp = handler_stack;
  stack.ss_size = sizeof handler_stack;
  struct sigaction action = {};
  action.sa_sigaction = TellStackOverflow;
  action.sa_flags = static_cast<int>(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND);
  return sigaltstack(&stack, nullptr) == 0 &&
         sigaction(SIGSEGV, &action, nullptr) == 0;
}();

#endif  // WORKBOOK_SANITIZER_TELLS

}  // namespace
}  // namespace workbook
