// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/child.h"

#include <cxxabi.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/support/history/arena.h"

extern "C" __attribute__((weak)) void* __interceptor_malloc(std::size_t);

namespace workbook::history {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool is_child = false;

// Sanitizers make code ten times slower, and its stack frames larger.
bool IsSanitized() { return __interceptor_malloc != nullptr; }

template <std::size_t kBytes>
void Keep(char (&field)[kBytes], const std::string& text) {
  const std::size_t bytes = std::min(text.size(), kBytes - 1);
  std::memcpy(field, text.data(), bytes);
  field[bytes] = '\0';
}

[[noreturn]] void EndChild(Verdict verdict) {
  arena.on = false;
  if (!is_child) {
    std::fprintf(stderr, "%s\n", State().sentence);
    std::abort();
  }
  State().verdict = verdict;
  if (is_played && on_failure != nullptr) on_failure();
  _exit(0);
}

void OnCrash(int signal, siginfo_t* info, void* context) {
  const auto* const user = static_cast<const ucontext_t*>(context);
  const auto stack =
      static_cast<std::uintptr_t>(user->uc_mcontext.gregs[REG_RSP]);
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  const char* what = strsignal(signal);
  if (signal == SIGABRT) what = "abort()";
  if (signal == SIGFPE) what = "a division by 0, or one that overflows";
  if (signal == SIGSEGV || signal == SIGBUS) {
    what = "it used an address where there is no memory";
    // 0xCDCD...CD and 0xDDDD...DD are no addresses that the processor names.
    if (address == 0) {
      what =
          "it used nullptr, or an address read from memory that was never "
          "written or is given back";
    }
    if (address - stack + 65536 < 131072) what = "it calls itself without end";
  }
  Keep(State().sentence, what);
  if (IsSanitized()) is_played = false;  // refuses allocations in a handler
  EndChild(Verdict::kCrashed);
}

void PrepareChild() {
  is_child = true;
  alignas(64) static std::array<std::byte, 65536> signal_stack;
  const stack_t stack = {.ss_sp = signal_stack.data(),
                         .ss_flags = 0,
                         .ss_size = signal_stack.size()};
  sigaltstack(&stack, nullptr);
  struct sigaction action = {};
  action.sa_flags = SA_ONSTACK | SA_SIGINFO;
  action.sa_sigaction = &OnCrash;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    sigaction(signal, &action, nullptr);
  }
  const rlim_t stack_bytes = IsSanitized() ? 8 << 20 : 1 << 20;
  const rlimit stack_limit = {stack_bytes, stack_bytes};
  setrlimit(RLIMIT_STACK, &stack_limit);
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
}

milliseconds ProcessorTime(clockid_t clock) {
  timespec used = {};
  clock_gettime(clock, &used);
  return std::chrono::duration_cast<milliseconds>(
      std::chrono::seconds(used.tv_sec) +
      std::chrono::nanoseconds(used.tv_nsec));
}

// Whether each thread of the process waits for something. One that is merely
// not run, on a busy machine, does not.
bool IsAsleep(pid_t process) {
  std::error_code error;
  const auto tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
    std::ifstream stat(task.path() / "stat");
    std::string text;
    std::getline(stat, text);
    const std::size_t state = text.rfind(") ") + 2;
    if (state >= text.size() || text[state] != 'S') return false;
  }
  return !error;
}

// Whether no call into the subject has ended for long: by the child's own
// processor time, so that a busy machine changes nothing; or, for code that
// waits, by the time for which all its threads have slept.
class Watchdog {
 public:
  explicit Watchdog(pid_t child) : child_(child) {
    if (clock_getcpuclockid(child, &clock_) != 0) clock_ = CLOCK_MONOTONIC;
  }
  bool SeesHang() {
    const milliseconds used = ProcessorTime(clock_);
    const auto now = steady_clock::now();
    const bool goes_on =
        std::exchange(calls_, State().calls) != State().calls ||
        State().answering == Answers::kIdle;
    if (goes_on) used_ = used;
    if (goes_on || !IsAsleep(child_)) awake_ = now;
    return used - used_ > milliseconds(IsSanitized() ? 2000 : 300) ||
           now - awake_ > longest_sleep;
  }

 private:
  const pid_t child_;
  clockid_t clock_{};
  std::uint64_t calls_ = State().calls;
  milliseconds used_{0};
  steady_clock::time_point awake_ = steady_clock::now();
};

// Reads what the child prints until it ends; kills one that hangs. What it
// prints beyond 16 KiB is dropped.
bool WaitFor(pid_t child, int errors, std::string& printed) {
  Watchdog watchdog(child);
  std::array<char, 4096> buffer;
  bool hangs = false;
  for (;;) {
    pollfd waiting = {.fd = errors, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, 20) > 0) {
      const ssize_t bytes = read(errors, buffer.data(), buffer.size());
      if (bytes < 0 && errno == EINTR) continue;
      if (bytes <= 0) return hangs;
      if (printed.size() < 16384) {
        printed.append(buffer.data(), static_cast<std::size_t>(bytes));
      }
    }
    if (!hangs && watchdog.SeesHang()) {
      hangs = true;
      kill(child, SIGKILL);
    }
  }
}

// Of all that was printed the line that says most: a sanitizer's or the last.
std::string TellingLine(std::string_view printed) {
  for (const std::string_view mark :
       {"ERROR: AddressSanitizer: ", "WARNING: ThreadSanitizer: ",
        "runtime error: "}) {
    const std::size_t at = printed.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = printed.substr(at + mark.size());
    return std::string(rest.substr(0, rest.find('\n')));
  }
  while (!printed.empty() && printed.back() == '\n') printed.remove_suffix(1);
  return std::string(printed.substr(printed.rfind('\n') + 1));
}

Outcome WhatItLeft(int status, bool hangs, const std::string& printed) {
  const Shared& state = State();
  Outcome outcome{.verdict = state.verdict,
                  .history = {.config = state.config},
                  .at_end = state.at_end,
                  .sentence = state.sentence,
                  .code = state.code,
                  .expected = state.expected,
                  .type = state.type,
                  .steps = std::string(state.steps, state.steps_bytes)};
  outcome.history.calls.assign(state.done, state.done + state.done_count);
  const bool ended_well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (hangs) {
    outcome.verdict = Verdict::kHangs;
    outcome.sentence = state.in_check
                           ? "the call returns; a question behind it does not"
                           : "the call does not return";
  } else if (!ended_well && outcome.verdict == Verdict::kPassed) {
    outcome.verdict = Verdict::kCrashed;
    outcome.sentence = WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "";
  }
  if (outcome.verdict == Verdict::kCrashed && state.in_check) {
    outcome.sentence =
        "the call returns; a question behind it crashes: " + outcome.sentence;
  }
  const std::string line = TellingLine(printed);
  if (outcome.verdict == Verdict::kCrashed && !line.empty()) {
    outcome.sentence += (outcome.sentence.empty() ? "" : ": ") + line;
  }
  constexpr std::string_view kTodo = "is yours to write";
  if (outcome.verdict == Verdict::kCrashed &&
      printed.find(kTodo) != std::string::npos) {
    outcome.verdict = Verdict::kNotWritten;  // thrown where none may pass
  }
  return outcome;
}

}  // namespace

void (*on_failure)() = nullptr;
bool is_played = false;
bool lists_checks = false;
std::chrono::milliseconds longest_sleep{1000};

Shared& State() {
  static Shared* const state = [] {
    void* const memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    return static_cast<Shared*>(memory);
  }();
  return *state;
}

void Fail(const std::string& sentence) {
  Keep(State().sentence, sentence);
  EndChild(Verdict::kWrong);
}

void EndAs(Verdict verdict, const std::string& sentence) {
  Keep(State().sentence, sentence);
  EndChild(verdict);
}

void FailAt(const std::string& code, const std::string& expected,
            const std::string& sentence) {
  Keep(State().code, code);
  Keep(State().expected, expected);
  Fail(sentence);
}

void NameType(const char* mangled) {
  int status = 0;
  char* const name = abi::__cxa_demangle(mangled, nullptr, nullptr, &status);
  if (name != nullptr) Keep(State().type, name);
  std::free(name);
}

void Record(const std::string& text) {
  Shared& state = State();
  const std::size_t bytes =
      std::min(text.size(), sizeof(state.steps) - state.steps_bytes);
  std::memcpy(state.steps + state.steps_bytes, text.data(), bytes);
  state.steps_bytes += bytes;
}

Outcome RunInChild(const std::function<void()>& body) {
  State() = Shared{};
  std::array<int, 2> errors;
  if (pipe(errors.data()) != 0) std::abort();
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) std::abort();
  if (child == 0) {
    dup2(errors[1], STDERR_FILENO);
    close(errors[0]);
    close(errors[1]);
    PrepareChild();
    body();
    _exit(0);
  }
  close(errors[1]);
  std::string printed;
  const bool hangs = WaitFor(child, errors[0], printed);
  close(errors[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WhatItLeft(status, hangs, printed);
}

}  // namespace workbook::history
