// SPDX-License-Identifier: Apache-2.0

// A description's calls, asked for by a program of ours: of all that the two
// say only its words count. It runs in a jail, too, for what it reads is the
// submission's.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <iterator>
#include <memory>
#include <sstream>
#include <thread>
#include <utility>

#include "tools/grade/jail_time.h"
#include "tools/grade/runner.h"

namespace workbook::grade {
namespace {

// The users of a jail: another one than the submission's, whose processes are
// counted.
constexpr int kSlotsApart = 500;
constexpr std::size_t kShownCharacters = 4000;

struct CaseRun {
  JailResult asked;
  JailResult answered;
  // "passed", "failed", "ended" where the other side was gone too early, or ""
  // where it said nothing.
  std::string word;
  std::string message;

  bool IsOutOfTime() const {
    return asked.timed_out || answered.timed_out || answered.signal == SIGXCPU;
  }
};

void ReadWords(CaseRun& run) {
  if (!run.asked.ExitedWith(0)) return;
  std::istringstream in(run.asked.output);
  std::getline(in, run.word);
  run.word.resize(std::min(run.word.find(' '), run.word.size()));
  run.message.assign(std::istreambuf_iterator<char>(in), {});
  run.message.resize(std::min(run.message.size(), kShownCharacters));
}

CaseRun RunPair(JailCommand asks, JailCommand answers) {
  CaseRun run;
  std::array<int, 2> questions{-1, -1};
  std::array<int, 2> replies{-1, -1};
  if (pipe2(questions.data(), O_CLOEXEC) != 0) {
    run.asked.start_error = "no pipe";
    return run;
  }
  if (pipe2(replies.data(), O_CLOEXEC) != 0) {
    for (const int end : questions) close(end);
    run.asked.start_error = "no pipe";
    return run;
  }
  asks.incoming = replies[0];
  asks.outgoing = questions[1];
  answers.incoming = questions[0];
  answers.outgoing = replies[1];
  asks.together = answers.together = std::make_shared<JailTrees>();
  std::thread asking([&] { run.asked = RunInJail(asks); });
  run.answered = RunInJail(answers);
  asking.join();
  ReadWords(run);
  return run;
}

void Decide(const CaseRun& run, TestVerdict& verdict) {
  const JailResult& answered = run.answered;
  if (!run.asked.start_error.empty() || !answered.start_error.empty()) {
    verdict.state = TestState::kInfrastructure;
    verdict.message = run.asked.start_error + answered.start_error;
  } else if (run.word == "passed") {
    verdict.state = TestState::kPassed;
  } else if (answered.flooded) {
    verdict.state = TestState::kFlooded;
    verdict.message = "wrote more than is allowed";
  } else if (answered.out_of_memory) {
    verdict.state = TestState::kOutOfMemory;
    verdict.message = "its processes held more memory together than is allowed";
  } else if (run.word == "failed") {
    verdict.state = TestState::kFailed;
    verdict.message = run.message;
  } else if (run.IsOutOfTime()) {
    verdict.state = TestState::kTimedOut;
    verdict.message = "did not answer all calls in the time allowed";
  } else if (run.word == "ended") {
    verdict.state = TestState::kFailed;
    verdict.message = "its process ended before it had answered all calls";
  } else {
    verdict.message = "its answers ended, and nothing is known";
  }
}

CaseRun MakeRun(const Plan& plan, const JudgeOptions& options,
                const PlannedCase& planned, JailCommand answers) {
  JailCommand asks;
  asks.limits = answers.limits;
  asks.limits.wall *= 2;  // it hears how the other one's time ends
  asks.slot = (options.slot + kSlotsApart) % 1000;
  asks.read_only = {
      {(plan.trusted / "askers" / planned.name).string(), "/asker"}};
  asks.arguments = {"/asker",
                    "--seed",
                    std::to_string(plan.seed),
                    "--enumerated",
                    std::to_string(planned.enumerated),
                    "--random",
                    std::to_string(planned.random)};
  return RunPair(std::move(asks), std::move(answers));
}

}  // namespace

TestVerdict Runner::Case(const std::filesystem::path& binary,
                         const PlannedCase& planned) const {
  TestVerdict verdict;
  verdict.name = planned.TestName();
  const JailCommand answers = Command(binary);
  const CaseRun run = MakeRun(plan_, options_, planned, answers);
  Decide(run, verdict);
  return verdict;
}

std::optional<std::chrono::nanoseconds> Runner::ProcessorTimeOf(
    const std::filesystem::path& binary, const PlannedCase& planned) const {
  const CaseRun run = MakeRun(plan_, options_, planned, Command(binary));
  if (run.word != "passed") return std::nullopt;
  return run.asked.used + run.answered.used;
}

}  // namespace workbook::grade
