// SPDX-License-Identifier: Apache-2.0

// Counts what the gate finds and tells it as it comes.
#ifndef WORKBOOK_TOOLS_AUTHORING_GATE_LOG_H_
#define WORKBOOK_TOOLS_AUTHORING_GATE_LOG_H_

#include <chrono>
#include <string>
#include <vector>

#include "tools/authoring/check.h"
#include "tools/authoring/gate.h"
#include "tools/process/process.h"
#include "tools/process/ticker.h"

namespace workbook {

// Thread safety: one thread.
class GateLog {
 public:
  explicit GateLog(const VerifyOptions& options) : options_(options) {}

  // Opens a step: "[2/7] build ...". The one before is closed by its result.
  void Step(const std::string& name);

  // Says on stderr, for as long as it lives, that `what` goes on. Nothing is
  // printed meanwhile: on a terminal it would stand in the ticker's line.
  Ticker Watch(const std::string& what) const;

  // Runs a program of a step below a ticker: "shellcheck (2 of 3)".
  ProcessResult Run(const std::string& what,
                    const std::vector<std::string>& command,
                    const ProcessOptions& options) const;

  void Pass() { ++report_.passed; }
  void Fail(const std::string& message);
  void Gap(const std::string& message);
  void Note(const std::string& message);
  void Add(const Check& check);

  // A line that counts nothing.
  void Say(const std::string& line) { Print(line); }

  // Closes the last step, tells the sum and the time of each step, and gives
  // the report.
  VerifyReport Finish();

 private:
  void Print(const std::string& line);
  void CloseStep();
  void PrintTimes();

  struct StepTime {
    std::string name;
    double seconds = 0;
  };

  const VerifyOptions& options_;
  VerifyReport report_;
  std::vector<StepTime> steps_;
  int passed_before_ = 0;
  int failed_before_ = 0;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_GATE_LOG_H_
