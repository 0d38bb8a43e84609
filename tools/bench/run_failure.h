// SPDX-License-Identifier: Apache-2.0

// Whether a run of Google Benchmark's failed, and its message. Release 1.8 gave
// the two fields other names.
#ifndef WORKBOOK_TOOLS_BENCH_RUN_FAILURE_H_
#define WORKBOOK_TOOLS_BENCH_RUN_FAILURE_H_

#include <string>

namespace workbook {

// Returns whether `run` ended with an error. `Run` is
// benchmark::BenchmarkReporter::Run; a template, so that only the fields that
// the installed release has are looked up.
template <typename Run>
bool HasFailed(const Run& run) {
  if constexpr (requires { run.error_occurred; }) {
    return run.error_occurred;
  } else {
    return static_cast<unsigned>(run.skipped) != 0;
  }
}

// Returns the message that `run` was skipped with; empty when it was not.
template <typename Run>
const std::string& FailureOf(const Run& run) {
  if constexpr (requires { run.error_message; }) {
    return run.error_message;
  } else {
    return run.skip_message;
  }
}

// Has `run` reported as failed, with this message.
template <typename Run>
void SetFailure(Run& run, const std::string& message) {
  if constexpr (requires { run.error_occurred; }) {
    run.error_occurred = true;
    run.error_message = message;
  } else {
    // SkippedWithError of an enumeration that is Google Benchmark's own.
    constexpr unsigned kSkippedWithError = 2;
    run.skipped = static_cast<decltype(run.skipped)>(kSkippedWithError);
    run.skip_message = message;
  }
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_RUN_FAILURE_H_
