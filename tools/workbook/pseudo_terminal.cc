// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/pseudo_terminal.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <chrono>
#include <cstdlib>
#include <regex>

namespace workbook::cli {
namespace {

constexpr std::chrono::seconds kPatience{30};

winsize SizeOf(int rows, int columns) {
  winsize size = {};
  size.ws_row = static_cast<unsigned short>(rows);
  size.ws_col = static_cast<unsigned short>(columns);
  return size;
}

}  // namespace

PseudoTerminal::~PseudoTerminal() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  if (master_ >= 0) ::close(master_);
  if (slave_ >= 0) ::close(slave_);
}

void PseudoTerminal::Start(
    std::vector<std::string> arguments,
    const std::vector<std::pair<std::string, std::string>>& environment,
    int columns) {
  const winsize size = SizeOf(24, columns);
  ASSERT_EQ(::openpty(&master_, &slave_, nullptr, nullptr, &size), 0);
  ASSERT_EQ(::tcgetattr(slave_, &before_), 0);
  child_ = ::fork();
  ASSERT_GE(child_, 0);
  if (child_ > 0) return;
  ::close(master_);
  ::login_tty(slave_);
  ::setenv("TERM", "xterm", 1);
  ::unsetenv("NO_COLOR");
  for (const auto& [name, value] : environment) {
    ::setenv(name.c_str(), value.c_str(), 1);
  }
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::execv(words[0], words.data());
  ::_exit(127);
}

bool PseudoTerminal::ReadMore() {
  constexpr int kPatienceMs =
      std::chrono::duration_cast<std::chrono::milliseconds>(kPatience).count();
  pollfd polled = {master_, POLLIN, 0};
  char piece[4096];
  if (::poll(&polled, 1, kPatienceMs) <= 0) return false;
  const ssize_t size = ::read(master_, piece, sizeof piece);
  if (size <= 0) return false;
  screen_.append(piece, static_cast<std::size_t>(size));
  return true;
}

testing::AssertionResult PseudoTerminal::Shows(const std::string& text) {
  const auto limit = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    if (const std::size_t at = screen_.find(text, read_to_);
        at != std::string::npos) {
      read_to_ = at + text.size();
      return testing::AssertionSuccess();
    }
    if (std::chrono::steady_clock::now() > limit || !ReadMore()) {
      return testing::AssertionFailure()
             << '"' << text << "\" is not in: " << screen_.substr(read_to_);
    }
  }
}

std::string PseudoTerminal::ReadToEnd() {
  // The program's own end is the last one, so that the end can be read.
  ::close(slave_);
  slave_ = -1;
  while (ReadMore()) {
  }
  return screen_;
}

void PseudoTerminal::Press(char key) {
  ASSERT_EQ(::write(master_, &key, 1), 1);
}

void PseudoTerminal::Type(const std::string& keys) {
  for (const char key : keys) Press(key);
}

void PseudoTerminal::Resize(int rows, int columns) {
  const winsize size = SizeOf(rows, columns);
  ASSERT_EQ(::ioctl(master_, TIOCSWINSZ, &size), 0);
}

void PseudoTerminal::Signal(int signal) {
  ASSERT_EQ(::kill(child_, signal), 0);
}

int PseudoTerminal::WaitForEnd() {
  constexpr std::chrono::milliseconds kStep{20};
  int status = 0;
  for (auto left = kPatience / kStep; left > 0; --left) {
    if (::waitpid(child_, &status, WNOHANG) == child_) {
      child_ = -1;
      return status;
    }
    pollfd polled = {master_, POLLIN, 0};
    char piece[4096];
    if (::poll(&polled, 1, static_cast<int>(kStep.count())) > 0) {
      const ssize_t size = ::read(master_, piece, sizeof piece);
      if (size > 0) screen_.append(piece, static_cast<std::size_t>(size));
    }
  }
  ADD_FAILURE() << "the program did not end; so far: " << screen_;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, &status, 0);
  child_ = -1;
  return status;
}

testing::AssertionResult PseudoTerminal::IsAsBefore() const {
  termios now;
  ::tcgetattr(slave_, &now);
  if (now.c_lflag == before_.c_lflag && now.c_iflag == before_.c_iflag) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << "the terminal's modes have changed";
}

std::string WithoutEscapes(const std::string& text) {
  static const std::regex kOrders("\x1b\\[[0-9;?]*[A-Za-z]");
  static const std::regex kLineStarts("\r\n?|\n");
  return std::regex_replace(std::regex_replace(text, kOrders, ""), kLineStarts,
                            "\n");
}

}  // namespace workbook::cli
