// SPDX-License-Identifier: Apache-2.0

// The gate's steps that Bazel does, each told in counts and sentences.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEST_STEPS_H_
#define WORKBOOK_TOOLS_AUTHORING_TEST_STEPS_H_

#include <optional>
#include <string>
#include <vector>

#include "tools/authoring/gate_log.h"
#include "tools/authoring/target_check.h"
#include "tools/bazel_client/bazel.h"

namespace workbook {

// Thread safety: one thread.
class TestSteps {
 public:
  // REQUIRES: both outlive this.
  TestSteps(Bazel& bazel, GateLog& log) : bazel_(bazel), log_(log) {}

  // Every target of exercises/ and solutions/; empty after a failure, which is
  // told.
  KnownTargets AskForTargets();

  // Whether the answer held this label.
  bool Knows(const std::string& label) const {
    return known_.rules.count(label) != 0;
  }

  // Builds `patterns`: one check.
  void Build(const std::vector<std::string>& options,
             const std::vector<std::string>& patterns);

  // Tests `patterns`: one check a test, and one for what does not build.
  void Test(const std::string& config, const std::vector<std::string>& options,
            const std::vector<std::string>& patterns);

  // The names of a benchmark's rows, or nothing after a failure, which is told.
  std::optional<std::vector<std::string>> BenchmarkRows(
      const std::string& label);

  // Every row for a few iterations: one check.
  void SmokeBenchmark(const std::string& label);

 private:
  bool CouldRun(const std::string& command, const BazelRun& run);
  void TellFailedTest(const std::string& config, const std::string& label,
                      const BazelTest& test);
  void TellFailedBuild(const std::string& command, const BazelRun& run);

  Bazel& bazel_;
  GateLog& log_;
  KnownTargets known_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEST_STEPS_H_
