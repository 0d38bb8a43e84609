// SPDX-License-Identifier: Apache-2.0

// Counts what the gate finds and tells it as it comes.
#ifndef WORKBOOK_TOOLS_AUTHORING_GATE_LOG_H_
#define WORKBOOK_TOOLS_AUTHORING_GATE_LOG_H_

#include <chrono>
#include <string>

#include "tools/authoring/check.h"
#include "tools/authoring/gate.h"

namespace workbook {

// Thread safety: one thread.
class GateLog {
 public:
  explicit GateLog(const VerifyOptions& options) : options_(options) {}

  // Opens a step: "[2/6] build ...". The one before is closed by its result.
  void Step(const std::string& name);

  void Pass() { ++report_.passed; }
  void Fail(const std::string& message);
  void Gap(const std::string& message);
  void Note(const std::string& message);
  void Add(const Check& check);

  // Closes the last step, tells the sum, and gives the report.
  VerifyReport Finish();

 private:
  void Print(const std::string& line);
  void CloseStep();

  const VerifyOptions& options_;
  VerifyReport report_;
  int step_ = 0;
  int passed_before_ = 0;
  int failed_before_ = 0;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_GATE_LOG_H_
