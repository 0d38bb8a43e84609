// The time that a test may give to what it runs.
#ifndef WORKBOOK_TOOLS_AUTHORING_TIME_LIMIT_H_
#define WORKBOOK_TOOLS_AUTHORING_TIME_LIMIT_H_

#include <chrono>
#include <cstdlib>

namespace workbook {

// Four fifths of Bazel's own limit (TEST_TIMEOUT, in seconds), divided among
// `runs`, so that a hang is told in words before Bazel kills the teller; 48 s
// outside Bazel, as for its size "small".
inline std::chrono::milliseconds TimeLimit(std::size_t runs = 1) {
  const char* text = std::getenv("TEST_TIMEOUT");
  const long seconds = text != nullptr ? std::strtol(text, nullptr, 10) : 0;
  const long milliseconds = (seconds > 0 ? seconds : 60) * 800;
  return std::chrono::milliseconds(milliseconds /
                                   static_cast<long>(runs > 0 ? runs : 1));
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TIME_LIMIT_H_
