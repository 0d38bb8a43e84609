// SPDX-License-Identifier: Apache-2.0

// The time that a test may give to what it runs.
#ifndef WORKBOOK_TOOLS_AUTHORING_TIME_LIMIT_H_
#define WORKBOOK_TOOLS_AUTHORING_TIME_LIMIT_H_

#include <chrono>
#include <cstdlib>

namespace workbook {

// Four fifths of Bazel's own limit (TEST_TIMEOUT, in seconds), so that a hang
// is told in words before Bazel kills the teller; 48 s outside Bazel, as for
// its size "small". For all runs together: on a busy machine the first of them
// may take most of it.
inline std::chrono::milliseconds TimeLimit() {
  const char* text = std::getenv("TEST_TIMEOUT");
  const long seconds = text != nullptr ? std::strtol(text, nullptr, 10) : 0;
  return std::chrono::milliseconds((seconds > 0 ? seconds : 60) * 800);
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TIME_LIMIT_H_
