// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/gate_log.h"

#include <fmt/format.h>

namespace workbook {
namespace {

constexpr std::size_t kSteps = 8;

using Clock = std::chrono::steady_clock;

}  // namespace

std::string VerifyReport::LastLine() const {
  return fmt::format("{} passed, {} failed", passed, failed);
}

void GateLog::Print(const std::string& line) {
  if (options_.print) options_.print(line);
}

void GateLog::CloseStep() {
  if (steps_.empty()) return;
  const double seconds =
      std::chrono::duration<double>(Clock::now() - start_).count();
  steps_.back().seconds = seconds;
  const int failed = report_.failed - failed_before_;
  Print(fmt::format(
      "      {} passed{}, {:.1f} s", report_.passed - passed_before_,
      failed > 0 ? fmt::format(", {} FAILED", failed) : "", seconds));
}

void GateLog::Step(const std::string& name) {
  CloseStep();
  steps_.push_back({name});
  passed_before_ = report_.passed;
  failed_before_ = report_.failed;
  start_ = Clock::now();
  Print(fmt::format("[{}/{}] {}", steps_.size(), kSteps, name));
}

Ticker GateLog::Watch(const std::string& what) const {
  return Ticker("      " + what, stderr, options_.tick);
}

ProcessResult GateLog::Run(const std::string& what,
                           const std::vector<std::string>& command,
                           const ProcessOptions& options) const {
  const Ticker ticker = Watch(what);
  return RunProcess(command, options);
}

void GateLog::PrintTimes() {
  double sum = 0;
  Print("");
  Print("Time of each step:");
  for (const StepTime& step : steps_) {
    Print(fmt::format("{:9.1f} s  {}", step.seconds, step.name));
    sum += step.seconds;
  }
  Print(fmt::format("{:9.1f} s  all", sum));
}

void GateLog::Fail(const std::string& message) {
  ++report_.failed;
  report_.failures.push_back(message);
  // In whole at the end, where nobody has to scroll for it.
  const std::size_t end = message.find('\n');
  Print("  FAILED  " + message.substr(0, end) +
        (end != std::string::npos ? " ..." : ""));
}

void GateLog::Gap(const std::string& message) {
  report_.gaps.push_back(message);
  Print("  gap     " + message);
}

void GateLog::Note(const std::string& message) {
  report_.notes.push_back(message);
  Print("  note    " + message);
}

void GateLog::Add(const Check& check) {
  for (const std::string& note : check.notes) Note(note);
  if (check.Passed()) {
    Pass();
    return;
  }
  // One check is one failure, however many lines it takes to tell.
  std::string message;
  for (const Problem& problem : check.problems) {
    message += (message.empty() ? "" : "\n          ") + problem.Text();
  }
  Fail(message);
}

VerifyReport GateLog::Finish() {
  CloseStep();
  if (!report_.failures.empty()) {
    Print("");
    Print("What failed:");
    for (const std::string& failure : report_.failures) {
      Print("- " + failure);
    }
  }
  for (const std::string& gap : report_.gaps) {
    Print("Not checked here: " + gap);
  }
  PrintTimes();
  Print(report_.LastLine());
  return report_;
}

}  // namespace workbook
