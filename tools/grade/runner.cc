// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/runner.h"

#include <sys/random.h>

#include <array>
#include <charconv>
#include <csignal>
#include <sstream>

#include "tools/grade/callgrind_dumps.h"
#include "tools/grade/canary_turn.h"
#include "tools/grade/observation.h"

namespace workbook::grade {
namespace {

// The same as in judge_main.cc.
constexpr std::size_t kSecretBytes = 32;
constexpr char kObservedMark[] = "@";

std::string NewSecret() {
  std::array<unsigned char, kSecretBytes / 2> raw;
  if (getrandom(raw.data(), raw.size(), 0) !=
      static_cast<ssize_t>(raw.size())) {
    return "";
  }
  constexpr char kDigits[] = "0123456789abcdef";
  std::string secret;
  for (const unsigned char byte : raw) {
    secret += kDigits[byte >> 4];
    secret += kDigits[byte & 15];
  }
  return secret;
}

// What canary_turn.h reads: drawn digits, which turn nothing, or a drawn salt
// and the mixed number.
std::string NewTurn(std::int64_t canary) {
  std::string digits = NewSecret();
  if (canary == 0 || digits.empty()) return digits;
  digits.resize(kTurnDigits / 2);
  const std::uint64_t salt = std::stoull(digits, nullptr, 16);
  constexpr char kDigits[] = "0123456789abcdef";
  const std::uint64_t mixed = MixTurn(salt, static_cast<std::uint64_t>(canary));
  for (int shift = 60; shift >= 0; shift -= 4) {
    digits += kDigits[mixed >> shift & 15];
  }
  return digits;
}

std::vector<std::string> SplitTabs(const std::string& line) {
  std::vector<std::string> parts;
  std::istringstream in(line);
  std::string part;
  while (std::getline(in, part, '\t')) parts.push_back(part);
  return parts;
}

std::int64_t ToNumber(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// What the test told through the channel, if it stands behind the secret. Two
// results are none.
void ReadChannel(const std::string& channel, const std::string& secret,
                 TestVerdict& verdict) {
  std::istringstream lines(channel);
  std::string line;
  int results = 0;
  while (std::getline(lines, line)) {
    const std::vector<std::string> parts = SplitTabs(line);
    if (secret.empty() || parts.empty() || parts[0] != secret) continue;
    if (parts.size() == 3 && parts[1] == kObservedMark) {
      verdict.observed += parts[2];
      continue;
    }
    if (parts.size() < 7) continue;
    if (parts[1] != verdict.name || ++results > 1) {
      verdict.state = TestState::kNoVerdict;
      verdict.message = "more results than tests";
      return;
    }
    verdict.state = parts[2] == "passed"    ? TestState::kPassed
                    : parts[2] == "skipped" ? TestState::kSkipped
                                            : TestState::kFailed;
    verdict.cost = {ToNumber(parts[3]), ToNumber(parts[4]), ToNumber(parts[5])};
    verdict.threads = ToNumber(parts[6]);
    if (parts.size() > 7) verdict.message = parts[7];
    if (parts.size() < 10) continue;
    verdict.assertions = ToNumber(parts[8]);
    verdict.failures = ToNumber(parts[9]);
  }
}

// Passed is only what has seen what makes it pass.
void HoldAgainst(const ExpectedTest& expected, TestVerdict& verdict) {
  ObservedComparison found = Compare(expected, verdict.observed);
  if (!found.impossible.empty()) {
    verdict.state = TestState::kNoVerdict;
    verdict.message = "passed, and is not believed: " + found.impossible;
    verdict.observation_flags = {"impossible: " + verdict.name +
                                 " passed, but " + found.impossible};
  } else if (!found.differences.empty()) {
    std::string flag =
        "observations differ: " + verdict.name + " at " + found.differences[0];
    if (found.differences.size() > 1) {
      flag +=
          ", and at " + std::to_string(found.differences.size() - 1) + " more";
    }
    verdict.observation_flags = {std::move(flag)};
  }
}

// A result is one only if the program also ended as such a program does.
void Reconcile(const JailResult& run, TestVerdict& verdict) {
  const bool told = verdict.state != TestState::kNoVerdict;
  if (run.timed_out || run.signal == SIGXCPU) {
    verdict.state = TestState::kTimedOut;
    verdict.message = "did not end in the time allowed";
  } else if (run.flooded || run.signal == SIGXFSZ) {
    verdict.state = TestState::kFlooded;
    verdict.message = "wrote more than is allowed";
  } else if (run.out_of_memory) {
    verdict.state = TestState::kOutOfMemory;
    verdict.message = "its processes held more memory together than is allowed";
  } else if (run.signal != 0) {
    verdict.state = TestState::kCrashed;
    verdict.message = "ended by signal " + std::to_string(run.signal);
  } else if (!told) {
    verdict.message = "ended with exit code " + std::to_string(run.exit_code) +
                      " and no result";
  } else if (verdict.state == TestState::kPassed && run.exit_code != 0) {
    verdict.state = TestState::kCrashed;
    verdict.message =
        "passed, then ended with exit code " + std::to_string(run.exit_code);
  }
}

}  // namespace

JailCommand Runner::Command(const std::filesystem::path& binary) const {
  JailCommand command;
  command.limits = plan_.run_limits;
  command.slot = options_.slot;
  command.read_only = {{binary.string(), "/test"},
                       {(plan_.trusted / "run").string(), "/run"}};
  command.working_directory = "/run";
  command.arguments = {"/test"};
  return command;
}

TestVerdict Runner::Test(const std::filesystem::path& binary,
                         const std::string& name, std::int64_t canary) const {
  TestVerdict verdict;
  verdict.name = name;
  JailCommand command = Command(binary);
  const std::string secret = NewSecret();
  command.secret = secret + NewTurn(canary);
  command.arguments.push_back("--gtest_filter=" + name);
  const JailResult run = RunInJail(command);
  if (!run.start_error.empty() || secret.empty()) {
    verdict.state = TestState::kInfrastructure;
    verdict.message = run.start_error;
    return verdict;
  }
  ReadChannel(run.channel, secret, verdict);
  Reconcile(run, verdict);
  const ExpectedTest* const expected = Expected(name);
  if (expected != nullptr && canary == 0 &&
      verdict.state == TestState::kPassed) {
    HoldAgainst(*expected, verdict);
  }
  return verdict;
}

const ExpectedTest* Runner::Expected(const std::string& test) const {
  for (const PlannedTask& task : plan_.tasks) {
    const auto found = task.observations.find(test);
    if (found != task.observations.end()) return &found->second;
  }
  return nullptr;
}

std::vector<std::string> Runner::List(
    const std::filesystem::path& binary) const {
  JailCommand command = Command(binary);
  command.arguments.emplace_back("--gtest_list_tests");
  std::istringstream lines(RunInJail(command).output);
  std::vector<std::string> tests;
  std::string suite;
  std::string line;
  while (std::getline(lines, line)) {
    if (const std::size_t comment = line.find("  #");
        comment != std::string::npos) {
      line.resize(comment);
    }
    if (!line.starts_with(' ')) {
      suite = line;
    } else {
      tests.push_back(suite + line.substr(line.find_first_not_of(' ')));
    }
  }
  return tests;
}

JailCommand Runner::Callgrind(const std::filesystem::path& binary,
                              const std::vector<std::string>& tests,
                              const std::string& out_file) const {
  JailCommand command = Command(binary);
  // 50 times slower, and valgrind has memory of its own.
  command.limits.cpu_seconds *= 6;
  command.limits.wall *= 6;
  command.limits.data_bytes *= 2;
  command.limits.memory_bytes *= 2;
  command.limits.address_space_bytes *= 2;
  std::string filter;
  for (const std::string& test : tests) filter += ':' + test;
  // valgrind tells its count on a descriptor that it takes away from the
  // program first.
  command.arguments = {"/usr/bin/valgrind",
                       "--tool=callgrind",
                       "--log-fd=4",
                       "--callgrind-out-file=" + out_file,
                       "--toggle-collect=*::TestBody()",
                       command.arguments[0],
                       "--gtest_filter=" + filter.substr(1)};
  return command;
}

InstructionCount Runner::Instructions(
    const std::filesystem::path& binary,
    const std::vector<std::string>& tests) const {
  if (tests.empty()) return {};
  const JailCommand command = Callgrind(binary, tests, "/dev/null");
  const JailResult run = RunInJail(command);
  if (!run.start_error.empty()) return {0, true, false};
  const std::size_t found = run.channel.rfind("Collected : ");
  // GoogleTest's exit code; a signal may be the limit's.
  if (run.signal == 0 && !run.ExitedWith(0)) return {0, false, true};
  if (!run.ExitedWith(0) || found == std::string::npos) return {};
  return {ToNumber(run.channel.substr(found + 12, 20)), false, false};
}

std::map<std::string, std::int64_t> Runner::InstructionsOfEach(
    const std::filesystem::path& binary,
    const std::vector<std::string>& tests) const {
  if (tests.empty()) return {};
  const std::filesystem::path folder = options_.scratch / "callgrind";
  std::filesystem::create_directories(folder);
  PrepareWritable(folder.string(), options_.slot);
  const std::filesystem::path dump = folder / "dump";
  RemoveCallgrindDumps(dump);
  JailCommand command = Callgrind(binary, tests, "/callgrind/dump");
  command.writable = {{folder.string(), "/callgrind"}};
  command.arguments.emplace_back("--dump_each_test");
  RunInJail(command);
  return ReadCallgrindDumps(dump);
}

}  // namespace workbook::grade
