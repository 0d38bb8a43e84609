// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/key_mode.h"

#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace workbook::cli {
namespace {

// What a signal handler needs lives outside of any object.
int g_input = -1;
bool g_is_terminal = false;
termios g_before;
termios g_keys;
std::array<int, 2> g_pipe = {-1, -1};

void Set(const termios& mode) {
  if (g_is_terminal) ::tcsetattr(g_input, TCSANOW, &mode);
}

void WantEnd(int) {
  const int saved = errno;
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(g_pipe[1], &byte, 1);
  errno = saved;
}

void Crash(int signal) {
  Set(g_before);
  // SA_RESETHAND put the default back: the program ends by the same signal.
  ::raise(signal);
}

void Stopped(int) {
  Set(g_before);
  ::raise(SIGSTOP);
}

void Continued(int) { Set(g_keys); }

void Handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

constexpr std::array kEnds = {SIGINT, SIGTERM, SIGHUP};
constexpr std::array kCrashes = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};

}  // namespace

KeyMode::KeyMode(int input) {
  g_input = input;
  g_is_terminal = ::tcgetattr(input, &g_before) == 0;
  g_keys = g_before;
  // Ctrl-C stays a signal: it must work while a build blocks this program.
  g_keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  g_keys.c_cc[VMIN] = 1;
  g_keys.c_cc[VTIME] = 0;
  if (::pipe2(g_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) g_pipe = {-1, -1};
  for (const int signal : kEnds) Handle(signal, WantEnd, 0);
  for (const int signal : kCrashes) Handle(signal, Crash, SA_RESETHAND);
  Handle(SIGTSTP, Stopped, SA_RESTART);
  Handle(SIGCONT, Continued, SA_RESTART);
  Set(g_keys);
}

KeyMode::~KeyMode() {
  Set(g_before);
  for (const int signal : kEnds) Handle(signal, SIG_DFL, 0);
  for (const int signal : kCrashes) Handle(signal, SIG_DFL, 0);
  Handle(SIGTSTP, SIG_DFL, 0);
  Handle(SIGCONT, SIG_DFL, 0);
  for (int& end : g_pipe) {
    if (end >= 0) ::close(end);
    end = -1;
  }
}

int KeyMode::stop() const { return g_pipe[0]; }

void KeyMode::Suspend() { Set(g_before); }

void KeyMode::Resume() { Set(g_keys); }

}  // namespace workbook::cli
