// SPDX-License-Identifier: Apache-2.0

// What an instructor or a machine can get wrong: a message that says so, and
// nothing lost.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fstream>
#include <string>
#include <system_error>

#include "tools/grade/grading.h"
#include "tools/grade/jail.h"
#include "tools/grade/ledger.h"
#include "tools/process/scratch_folder.h"

namespace {

bool clock_jumps = false;

}  // namespace

// libc's, with a wall clock that somebody sets while we look.
extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static std::time_t jump = 0;
  const long status = syscall(SYS_clock_gettime, clock, time);
  if (clock_jumps && clock == CLOCK_REALTIME) time->tv_sec += jump += 3600;
  return static_cast<int>(status);
}

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class BadInput : public testing::Test {
 protected:
  BadInput() {
    Exercise exercise;
    exercise.id = "09_09";
    course_.exercises = {exercise};
    fs::create_directories(scratch_.path() / "in" / "ada");
    options_.exercise = "09_09";
    options_.submissions = (scratch_.path() / "in").string();
    options_.out = (scratch_.path() / "out").string();
  }
  std::string File(const std::string& name, const std::string& text) {
    const fs::path path = scratch_.path() / name;
    std::ofstream(path) << text;
    return path.string();
  }
  // Refused, with all that a user needs, before anything was written.
  std::string Refusal() {
    const Problem failure = GradeFolder(course_, options_);
    EXPECT_NE(failure.where, "");
    EXPECT_NE(failure.next, "");
    EXPECT_FALSE(fs::exists(options_.out));
    return failure.what;
  }

  ScratchFolder scratch_;
  Course course_;
  GradeOptions options_;
};

TEST_F(BadInput, AnUnknownExerciseIsNamed) {
  options_.exercise = "42_42";
  EXPECT_EQ(Refusal(), "there is no exercise 42_42");
}

TEST_F(BadInput, AWrongFolderIsNamed) {
  options_.submissions = "/nowhere/at/all";
  EXPECT_EQ(Refusal(), "No such file or directory");
}

TEST_F(BadInput, AFolderWithoutSubmissionsIsNoClass) {
  fs::remove(scratch_.path() / "in" / "ada");
  EXPECT_EQ(Refusal(), "no submission in this folder");
}

TEST_F(BadInput, AStudentWhoHandedInTwiceIsNamed) {
  std::ofstream(scratch_.path() / "in" / "ada.zip") << "PK";
  EXPECT_EQ(Refusal(), "two submissions of one student: ada and ada.zip");
}

TEST_F(BadInput, ADamagedRosterStopsBeforeAnythingIsGraded) {
  options_.roster = "/nowhere.csv";
  EXPECT_EQ(Refusal(), "the roster can't be read");
  options_.roster = File("roster.csv", "Student,ID,Section\nada,1\n");
  EXPECT_EQ(Refusal(), "line 2 of the export has 2 cells, not 3");
  options_.roster = File("roster.csv", std::string(100, '\0'));
  EXPECT_NE(Refusal(), "");
}

TEST_F(BadInput, ADamagedConfigurationIsNamedWithItsLine) {
  options_.config = File("grade.toml", "[marks]\ncorrectness = 700\n");
  EXPECT_NE(Refusal().find("grade.toml:2: "), std::string::npos);
}

TEST_F(BadInput, ADueTimeNeedsTimesOfHandingIn) {
  options_.config =
      File("grade.toml", "[late]\ndue = 2026-12-01T23:59:59+01:00\n");
  EXPECT_EQ(Refusal(), "late.due is set, and no times of handing in are given");
  options_.times = File("times.csv", "student,handed_in\nada,soon\n");
  EXPECT_NE(Refusal().find("line 2"), std::string::npos);
}

TEST_F(BadInput, AMachineWithoutBubblewrapIsRefused) {
  const std::string path = getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const std::string what = Refusal();
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(what, "a layer of the jail is missing: bubblewrap");
}

// Runs `body` in a process of its own; its exit code.
template <typename Body>
int InAChild(const Body& body) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool WriteTo(const char* path, const std::string& text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  const bool ok = write(file, text.data(), text.size()) ==
                  static_cast<ssize_t>(text.size());
  close(file);
  return ok;
}

TEST(BadMachine, ForbiddenUserNamespacesAreSaid) {
  const std::string map = "0 " + std::to_string(geteuid()) + " 1";
  const int code = InAChild([&map] {
    // A namespace in which no other may be made.
    if (unshare(CLONE_NEWUSER) != 0 || !WriteTo("/proc/self/uid_map", map) ||
        !WriteTo("/proc/sys/user/max_user_namespaces", "0")) {
      return 2;
    }
    for (const JailLayer& layer : ProbeJail()) {
      if (layer.name != "namespaces") continue;
      const bool said = layer.required && !layer.present &&
                        layer.note.find("sysctl") != std::string::npos;
      return said ? 0 : 1;
    }
    return 3;
  });
  // 2: they are forbidden to this test as well.
  if (code == 2) {
    EXPECT_FALSE(ProbeJail()[1].present);
    return;
  }
  EXPECT_EQ(code, 0);
}

TEST(BadMachine, AFullDiskLosesNothingThatWasGraded) {
  const ScratchFolder scratch;
  const fs::path file = scratch.path() / "events.jsonl";
  Result result;
  result.state = "graded";
  result.key = "first";
  { Ledger(file).Record(result); }
  const auto bytes = fs::file_size(file);
  const int code = InAChild([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes + 20, bytes + 20};
    setrlimit(RLIMIT_FSIZE, &limit);
    Ledger ledger(file);
    result.key = "second";
    try {
      ledger.Record(result);
    } catch (const std::system_error& error) {
      return error.code().value() == EFBIG ? 0 : 1;
    }
    return 2;
  });
  EXPECT_EQ(code, 0);
  EXPECT_EQ(fs::file_size(file), bytes) << "half a line stays";
  Ledger ledger(file);
  EXPECT_TRUE(ledger.Find("first"));
  EXPECT_FALSE(ledger.Find("second"));
  EXPECT_EQ(ledger.damaged_lines(), 0u);
}

TEST(BadMachine, AClockThatJumpsEndsNoTest) {
  if (!ProbeJail()[1].present) return;  // hostile_test says so
  JailCommand command;
  command.arguments = {"/bin/sh", "-c", "sleep 0.1; echo done"};
  clock_jumps = true;
  const JailResult run = RunInJail(command);
  clock_jumps = false;
  EXPECT_FALSE(run.timed_out);
  EXPECT_EQ(run.output, "done\n") << run.start_error;
}

}  // namespace
}  // namespace workbook::grade
