// SPDX-License-Identifier: Apache-2.0

// What a jail answers to a program that asks for everything. In a jail without
// the filter most of these calls are given.
#include "tools/grade/jail_calls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "tools/grade/jail.h"
#include "tools/grade/jail_folder.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr int kGiven = 0;

// errno by the name of the call.
std::map<std::string, int> Ask() {
  // Every user can read a copy; Bazel's folders only ours.
  const JailFolder folder;
  const fs::path program = folder.path() / "asks";
  fs::copy_file("tools/grade/asks_for_calls", program);
  fs::permissions(program, fs::perms(0755));
  JailCommand command;
  command.arguments = {"/asks"};
  command.read_only = {{program.string(), "/asks"}};
  command.slot = 953;
  const JailResult run = RunInJail(command);
  EXPECT_TRUE(run.ExitedWith(0))
      << run.start_error << run.errors << run.signal << ' ' << run.exit_code;
  std::map<std::string, int> answers;
  std::istringstream lines(run.output);
  std::string name;
  std::string answer;
  while (lines >> name >> answer) {
    answers[name] = answer == "given" ? kGiven : std::stoi(answer);
  }
  return answers;
}

// Each of `calls`, by what it was answered: a call that is missing has no line.
void Expect(const std::map<std::string, int>& answers, int answer,
            const std::set<std::string>& calls) {
  for (const std::string& call : calls) {
    const auto found = answers.find(call);
    ASSERT_NE(found, answers.end()) << call << " was not asked for";
    EXPECT_EQ(found->second, answer) << call;
  }
}

TEST(JailCalls, GiveNothingThatOutlivesOrLooksOutOfAJail) {
  const std::map<std::string, int> answers = Ask();
  Expect(answers, EPERM,
         {"add_key",
          "add_key_of_user",
          "request_key",
          "keyctl",
          "pidfd_open",
          "pidfd_getfd",
          "ptrace",
          "process_vm_readv",
          "process_vm_writev",
          "kcmp",
          "userfaultfd",
          "bpf",
          "perf_event_open",
          "seccomp",
          "unshare",
          "unshare_user",
          "setns",
          "mount",
          "fsopen",
          "open_tree",
          "chroot",
          "name_to_handle_at",
          "clone_newuser",
          "setpriority",
          "sched_idle",
          "sched_setattr",
          "ioprio_set",
          "personality",
          "set_dumpable"});
  Expect(answers, ENOSYS,
         {"shmget", "semget", "msgget", "memfd_create", "memfd_secret", "flock",
          "inotify", "fanotify", "io_uring_setup", "io_uring_enter",
          "io_uring_register", "io_setup", "landlock", "clone3", "sync",
          "getpid_32", "add_key_32", "getpid_x32", "no_such_call"});
  Expect(answers, EAFNOSUPPORT, {"vsock", "alg", "netlink", "unix", "packet"});
  Expect(
      answers, EINVAL,
      {"getlk", "ofd_getlk", "ofd_setlk", "lease", "dnotify", "merge_pages"});
  Expect(answers, EROFS, {"autogroup", "own_memory", "file_in_dev"});
  Expect(answers, ENOENT, {"terminal", "open_files"});
  Expect(answers, EACCES, {"keys", "locks"});
  Expect(answers, kGiven,
         {"inet", "open", "sched_batch", "personality_query", "set_name",
          "give_back_pages"});
}

TEST(JailCalls, AreThoseThatGradingWasSeenToMake) {
  const auto text = ReadTextFile("tools/grade/testdata/measured_calls.tsv");
  ASSERT_TRUE(text.has_value());
  std::istringstream lines(*text);
  std::string line;
  int calls = 0;
  while (std::getline(lines, line)) {
    if (line.starts_with('#')) continue;
    const std::string name = line.substr(0, line.find('\t'));
    const CallVerdict verdict = VerdictOn(name);
    ++calls;
    // The C library takes clone where there is no clone3.
    if (name == "clone3") continue;
    EXPECT_TRUE(verdict == CallVerdict::kAllowed ||
                verdict == CallVerdict::kByArgument)
        << name;
  }
  EXPECT_GT(calls, 60);
}

TEST(JailCalls, AreInOneTableEach) {
  std::set<std::uint32_t> numbers;
  for (const Call& call : AllowedCalls()) {
    EXPECT_TRUE(numbers.insert(call.number).second) << call.name;
  }
  for (const Call& call : ForbiddenCalls()) {
    EXPECT_TRUE(numbers.insert(call.number).second) << call.name;
  }
  for (const CallRule& rule : CallRules()) {
    EXPECT_TRUE(numbers.insert(rule.call.number).second) << rule.call.name;
  }
}

}  // namespace
}  // namespace workbook::grade
